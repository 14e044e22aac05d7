import Ground

/// Which bytes a picture had when it was looked at.
///
/// ```swift
/// let then = try example.identity()
/// try then.isStill(of: example)      // false once another file has its name
/// ```
public struct PictureIdentity: Equatable, Sendable {
  /// The SHA-256 of its bytes.
  public let digest: [UInt8]
  /// The size and times of its file: where these are the same the bytes need not be read again.
  public let stamp: String

  public init(digest: [UInt8], stamp: String) { (self.digest, self.stamp) = (digest, stamp) }

  /// Whether an example still has these bytes; throws where it cannot be read any more.
  public func isStill(of example: Example) throws -> Bool {
    try example.stamp == stamp || example.identity().digest == digest
  }
}

extension Example {
  /// What tells whether somebody wrote to the picture's file; nil where it is gone.
  public var stamp: String? {
    switch source {
    case .file(let path): path.stamp
    case .member(let archive, let range, _): archive.stamp.map { "\($0) \(range)" }
    }
  }

  /// The stamp is taken before the bytes are read, so that a change in between is not missed later.
  public func identity() throws -> PictureIdentity {
    let stamp = stamp ?? ""
    var digest = Digest.sha256
    digest.add(try bytes())
    return PictureIdentity(digest: digest.bytes, stamp: stamp)
  }
}
