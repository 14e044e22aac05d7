import Glibc
import Ground

/// A file of which a part may have been downloaded already. The download goes on with it and does
/// not begin anew.
///
/// ```swift
/// var file = try IncompleteFile("blobs/abc.incomplete", digest: .sha256)
/// file.count      // the bytes that are there already
/// ```
package struct IncompleteFile: ~Copyable {
  package let path: Path
  /// The number of bytes that are there.
  package private(set) var count = 0
  private var digest: Digest
  private let start: Digest
  private let file: Int32

  /// Opens or creates the file, and adds what is there to the digest.
  package init(_ path: Path, digest: Digest) throws {
    self.path = path
    self.digest = digest
    start = digest
    // A link is not followed, since it could lead to any file of the user's.
    file = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666) }
    guard file >= 0 else { throw Self.unwritable(path) }
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let length = read(file, &piece, piece.count)
      if length < 0 && errno == EINTR { continue }
      guard length >= 0 else { throw Self.unwritable(path) }
      if length == 0 { break }
      piece.withUnsafeBytes { self.digest.add(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
      count += length
    }
  }

  deinit { close(file) }

  package var hexadecimal: String { digest.hexadecimal }

  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let length = write(file, rest.baseAddress, rest.count)
      if length < 0 && errno == EINTR { continue }
      guard length > 0 else { throw Self.unwritable(path) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(length))
    }
    digest.add(bytes)
    count += bytes.count
  }

  /// Empties the file and begins anew.
  package mutating func clear() throws {
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else {
      throw Self.unwritable(path)
    }
    digest = start
    count = 0
  }

  /// Renames the file once all of it is on the disk.
  package func move(to name: Path) throws {
    let isMoved =
      fsync(file) == 0
      && path.withCString { from in name.withCString { rename(from, $0) } } == 0
    guard isMoved else { throw Self.unwritable(name) }
  }

  private static func unwritable(_ path: Path) -> InputError {
    .system(path, expected: "a place to write to", code: errno, kind: .output)
  }
}
