import Ground
import Pictures

/// An area of a picture that somebody drew, before its file is read.
///
/// ```swift
/// let masks = try dataset.masks(of: bird)
/// let epaulets = try masks.first { $0.name == "red epaulets" }?.read(for: picture)
/// ```
public struct ExampleMask: Sendable {
  /// What kind of thing it shows: "object" for the whole thing that the picture is of, "trait",
  /// "part", or a word of the dataset's.
  public let kind: String
  public let name: String
  /// Of the dataset's attributes, from 0, the one that is seen there.
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

  /// The same, refused where it has another size than its picture.
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
  /// The pixels that most people drew: in CUB-200-2011's segmentations, gray from 0 for nobody to
  /// 255 for all of five, those above 127. Some of these files have colors or alpha, which does not
  /// matter: the gray is in every channel.
  init(grayIn path: Path) throws {
    let picture = try Picture(path)
    let pixels = stride(from: 0, to: picture.pixels.count, by: 3).map { picture.pixels[$0] > 127 }
    self.init(width: picture.width, height: picture.height, pixels)
  }

  /// The pixels with one number, of a PNG file that has a number for each.
  init(_ number: UInt8, in path: Path) throws {
    let numbers = try NumberedPixels(path)
    self.init(
      width: numbers.width, height: numbers.height, numbers.pixels.map { $0 == number })
  }
}
