import CFieldmark

/// The digest of bytes that are added piece by piece.
///
/// ```swift
/// var digest = Digest.sha256
/// digest.add([0x61, 0x62, 0x63])
/// digest.hexadecimal      // ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
/// ```
package struct Digest: Sendable {
  private var state: fm_digest

  package static var sha256: Digest { Digest(state: fm_digest_sha256()) }
  package static var sha1: Digest { Digest(state: fm_digest_sha1()) }

  /// The digest of several texts. The length of each text is added before it, so that the same
  /// bytes divided in another way give another digest.
  package static func sha256(of texts: [String]) -> Digest {
    var digest = Digest.sha256
    for text in texts {
      let bytes = Array(text.utf8)
      digest.add(Array("\(bytes.count):".utf8) + bytes)
    }
    return digest
  }

  /// The beginning of the digest by which git names a file: the SHA-1 of `blob`, its size and NUL,
  /// to which the caller adds the file's bytes.
  package static func gitBlob(size: Int) -> Digest {
    var digest = Digest.sha1
    digest.add(Array("blob \(size)\0".utf8))
    return digest
  }

  /// The same digest computed by the portable code alone, with which tests compare the fast code.
  package var plain: Digest {
    var copy = self
    copy.state.plain = 1
    return copy
  }

  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    fm_digest_add(&state, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
  }

  package mutating func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { add($0) }
  }

  /// The digest of the bytes that were added so far. More may be added afterward.
  package var bytes: [UInt8] {
    var copy = state
    var bytes = [UInt8](repeating: 0, count: Int(state.size))
    fm_digest_finish(&copy, &bytes)
    return bytes
  }

  package var hexadecimal: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
