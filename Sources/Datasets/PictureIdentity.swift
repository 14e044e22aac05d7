import Ground

/// Identifies the bytes that a picture had when it was read.
///
/// ```swift
/// let then = try example.identity()
/// try then.isStill(of: example)      // false once another file has its name
/// ```
public struct PictureIdentity: Equatable, Sendable {
  /// The SHA-256 of its bytes.
  public let digest: [UInt8]
  /// The size and times of the picture's file. If they are unchanged, the bytes need not be read
  /// again.
  public let stamp: String

  public init(digest: [UInt8], stamp: String) { (self.digest, self.stamp) = (digest, stamp) }

  /// Whether an example still has these bytes. Throws if it can no longer be read.
  public func isStill(of example: Example) throws -> Bool {
    try example.stamp == stamp || example.identity().digest == digest
  }
}

extension Example {
  /// A text that changes when somebody writes to the picture's file; nil if the file is gone.
  public var stamp: String? {
    switch source {
    case .file(let path): path.stamp
    case .member(let archive, let range, _): archive.stamp.map { "\($0) \(range)" }
    }
  }

  /// Takes the stamp before reading the bytes, so that a change in between is noticed later.
  public func identity() throws -> PictureIdentity {
    let stamp = stamp ?? ""
    var digest = Digest.sha256
    digest.add(try bytes())
    return PictureIdentity(digest: digest.bytes, stamp: stamp)
  }
}
