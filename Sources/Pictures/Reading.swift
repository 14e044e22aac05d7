import Ground

/// How a picture is read where its file leaves a choice. The standard is what a careful user of
/// Pillow gets, but for 16 bits, which Pillow destroys.
///
///     try Picture("leaf.png", Reading(transparency: .over(.white)))
public struct Reading: Equatable, Sendable {
  /// How 16 bits become 8.
  public enum Depth: Equatable, Sendable {
    /// v / 257, rounded.
    case rounded
    /// Pillow's way: grey is cut off at 255, which turns nearly all of it white; the rest loses
    /// its lower byte.
    case asPillow
  }

  /// What becomes of transparency.
  public enum Transparency: Equatable, Sendable {
    /// The colours that hide under it come out, as in Pillow.
    case dropped
    /// The picture is laid on a colour.
    case over(Color)
  }

  /// Larger pictures are refused before memory is taken for them.
  public var maxPixels = 100_000_000
  /// Whether EXIF's orientation is applied.
  public var upright = true
  public var depth = Depth.rounded
  public var transparency = Transparency.dropped

  public init(
    maxPixels: Int = 100_000_000, upright: Bool = true, depth: Depth = .rounded,
    transparency: Transparency = .dropped
  ) {
    self.maxPixels = maxPixels
    self.upright = upright
    self.depth = depth
    self.transparency = transparency
  }
}

extension Picture {
  /// Larger files are refused: the largest picture that is read has fewer bytes even raw.
  fileprivate static let maxBytes = 1 << 30

  /// Reads a JPEG, PNG or WebP file, known by its content: extensions lie.
  public init(_ path: Path, _ reading: Reading = Reading()) throws {
    try self.init(bytes: path.pictureBytes(), name: path.description, reading)
  }

  /// Reads the bytes of a JPEG, PNG or WebP file; `name` is what messages call them.
  public init(bytes: [UInt8], name: String, _ reading: Reading = Reading()) throws {
    self = try bytes.withUnsafeBufferPointer {
      try Picture.decoded($0, name: name, reading)
    }
  }

  /// The same for bytes that lie anywhere: an untrusted server's, or a fuzzer's.
  package static func decoded(
    _ bytes: UnsafeBufferPointer<UInt8>, name: String, _ reading: Reading
  ) throws -> Picture {
    let file = PictureBytes(bytes: bytes, name: name)
    let stored =
      switch try file.format() {
      case .jpeg: try file.readJPEG(reading)
      case .png: try file.readPNG(reading)
      case .webp: try file.readWebP(reading)
      }
    return stored.settled(reading.transparency).turned(upright: reading.upright)
  }
}

extension Path {
  /// All bytes of a picture's file, as they are.
  public func pictureBytes() throws -> [UInt8] { try read(limit: Picture.maxBytes) }
}
