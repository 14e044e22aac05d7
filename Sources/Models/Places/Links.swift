import Glibc
import Ground

/// What names lead to when links are followed.
extension Path {
  package var isFolder: Bool { kind == .folder }
  package var isFile: Bool { kind == .file }

  /// The size in bytes of the file with this name; nil if there is none.
  package var size: Int? {
    var status = stat()
    guard isFile, withCString({ stat($0, &status) }) == 0 else { return nil }
    return Int(status.st_size)
  }

  /// The name without links, `.` and `..`; nil if there is nothing of that name.
  package var resolved: Path? {
    guard !bytes.contains(0), let text = withCString({ realpath($0, nil) }) else { return nil }
    defer { free(text) }
    return Path(bytes: UnsafeRawBufferPointer(start: text, count: strlen(text)).map { $0 })
  }

  /// Whether this name, which must be free of links, lies below a folder.
  package func lies(below folder: Path) -> Bool {
    guard let folder = folder.resolved else { return false }
    return bytes.starts(with: (folder / "").bytes)
  }

  /// The names in a folder. There are none if it cannot be read, such as a cache that was never
  /// made.
  package var namesIfAny: [Path] { (try? names()) ?? [] }
}
