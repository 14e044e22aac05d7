import Glibc

extension Path {
  /// Creates the folder, and the folders that it lies in, if they are missing.
  public func createFolder() throws {
    guard kind != .folder else { return }
    if withCString({ mkdir($0, 0o777) }) == 0 { return }
    var code = errno
    if code == ENOENT, folder != self {
      try folder.createFolder()
      if withCString({ mkdir($0, 0o777) }) == 0 { return }
      code = errno
    }
    // Another process may have made the folder in the meantime.
    guard code == EEXIST, kind == .folder else {
      throw InputError.system(self, expected: "a folder to write to", code: code, kind: .output)
    }
  }

  /// The names in a folder, sorted by their bytes. This order is the same on every machine,
  /// whatever its locale and file system.
  public func names() throws -> [Path] { try names { _ in true } }

  /// The names in a folder that satisfy a condition, in the same order.
  func names(_ isWanted: (Path) -> Bool) throws -> [Path] {
    guard let handle = withCString({ opendir($0) }) else {
      let code = errno
      let found = code == ENOTDIR ? kind : nil
      if let found {
        throw InputError(description, expected: "a folder", found: found.description)
      }
      throw InputError.system(self, expected: "a folder to read", code: code, kind: .input)
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(handle) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name != Array(".".utf8), name != Array("..".utf8), isWanted(Path(bytes: name)) else {
        continue
      }
      names.append(name)
    }
    guard errno == 0 else {
      throw InputError.system(self, expected: "a folder to read", code: errno, kind: .input)
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map(Path.init(bytes:))
  }
}
