import Glibc

/// What the file system says of a name.
extension Path {
  package enum Kind: Equatable, Sendable {
    case file(bytes: Int)
    case folder
    /// A device, a pipe, a socket.
    case other
  }

  /// What lies there, links followed; nil where nothing does.
  package var kind: Kind? {
    guard !bytes.contains(0) else { return nil }
    var status = stat()
    guard withCString({ stat($0, &status) }) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(bytes: Int(status.st_size))
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  package var isFolder: Bool { kind == .folder }
  package var isFile: Bool { size != nil }

  /// The size of the regular file that lies there.
  package var size: Int? {
    if case .file(let bytes) = kind { bytes } else { nil }
  }

  /// The names in a folder, in the order of their bytes; none where there is no such folder.
  package var entries: [Path] {
    guard !bytes.contains(0), let folder = withCString({ opendir($0) }) else { return [] }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map(Path.init(bytes:))
  }

  /// The name without links, `.` and `..`; nil where nothing lies there.
  package var resolved: Path? {
    guard !bytes.contains(0), let text = withCString({ realpath($0, nil) }) else { return nil }
    defer { free(text) }
    return Path(
      bytes: UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
  }

  /// Whether this name, free of links, lies below a folder.
  package func lies(below folder: Path) -> Bool {
    guard let folder = folder.resolved else { return false }
    return bytes.starts(with: (folder / "").bytes)
  }

  /// The first bytes of a small text file; nil where there is none or it is larger.
  package func smallText(atMost limit: Int) -> String? {
    guard let size, size <= limit else { return nil }
    let file = withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = read(file, &bytes, limit)
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
