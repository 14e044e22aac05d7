import Glibc

extension Path {
  /// The path by which a file is found from a folder: `../photos/bird.jpg`. It is nil for
  /// a file that does not exist.
  package func seen(from folder: Path) -> String? {
    guard let file = real, let start = folder.real else { return nil }
    let (ours, theirs) = (file.parts, start.parts)
    let common = zip(ours, theirs).prefix { $0 == $1 }.count
    let up = theirs.dropFirst(common).map { _ in ".." }
    return (up + ours.dropFirst(common).map { String(decoding: $0, as: UTF8.self) })
      .joined(separator: "/")
  }

  /// The absolute path with links resolved; nil if there is no such file.
  package var real: Path? {
    guard !bytes.contains(0),
      let real = realpath(bytes.map { CChar(bitPattern: $0) } + [0], nil)
    else { return nil }
    defer { free(real) }
    return Path(bytes: UnsafeRawBufferPointer(start: real, count: strlen(real)).map { $0 })
  }

  private var parts: [ArraySlice<UInt8>] { bytes.split(separator: UInt8(ascii: "/")) }
}
