import Ground
import Pictures

/// An area of a picture that somebody drew. Its file is read when it is asked for.
///
/// ```swift
/// let masks = try dataset.masks(of: bird)
/// let epaulets = try masks.first { $0.name == "red epaulets" }?.read(for: picture)
/// ```
public struct ExampleMask: Sendable {
  /// The kind of thing that the mask shows: "object" for the whole thing that the picture is of,
  /// "trait", "part", or a word of the dataset's own.
  public let kind: String
  public let name: String
  /// The index, from 0, of the dataset's attribute that is visible there.
  public let attribute: Int?
  public let path: Path
  private let load: @Sendable () throws -> Mask

  init(
    _ kind: String, _ name: String, attribute: Int? = nil, _ path: Path,
    load: @escaping @Sendable () throws -> Mask
  ) {
    (self.kind, self.name, self.attribute, self.path) = (kind, name, attribute, path)
    self.load = load
  }

  public func read() throws -> Mask { try load() }

  /// Reads the mask, and throws if its size differs from the picture's.
  public func read(for picture: Picture) throws -> Mask {
    let mask = try load()
    guard mask.width == picture.width, mask.height == picture.height else {
      throw InputError(
        path.description, expected: "\(picture.width) x \(picture.height) pixels, as the picture",
        found: "\(mask.width) x \(mask.height)")
    }
    return mask
  }
}

extension Mask {
  /// The pixels that most annotators drew. CUB-200-2011's segmentations are gray, from 0 where none
  /// of five annotators drew to 255 where all did, so pixels above 127 count. Some of these files
  /// have colors or alpha; that does not matter, since the gray value is in every channel.
  init(grayIn path: Path) throws {
    let picture = try Picture(path)
    let pixels = stride(from: 0, to: picture.pixels.count, by: 3).map { picture.pixels[$0] > 127 }
    self.init(width: picture.width, height: picture.height, pixels)
  }

  /// The pixels with the given number, in a PNG file that has a number for each pixel.
  init(_ number: UInt8, in path: Path) throws {
    let numbers = try NumberedPixels(path)
    self.init(
      width: numbers.width, height: numbers.height, numbers.pixels.map { $0 == number })
  }
}
