import Ground

extension Picture {
  /// Larger files are refused, since even raw the largest picture that is read has fewer bytes.
  fileprivate static let maxBytes = 1 << 30

  /// Reads a JPEG, PNG or WebP file. The format is recognized by its content, since extensions can
  /// be wrong.
  public init(_ path: Path, _ reading: Reading = Reading()) throws {
    try self.init(bytes: path.pictureBytes(), name: path.description, reading)
  }

  /// Reads the bytes of a JPEG, PNG or WebP file; `name` is what messages call them.
  public init(bytes: [UInt8], name: String, _ reading: Reading = Reading()) throws {
    self = try bytes.withUnsafeBufferPointer {
      try Picture.decoded($0, name: name, reading)
    }
  }

  /// Does the same for bytes anywhere in memory, such as an untrusted server's or a fuzzer's.
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
  /// Reads all bytes of a picture's file without decoding them.
  public func pictureBytes() throws -> [UInt8] { try read(limit: Picture.maxBytes) }
}
