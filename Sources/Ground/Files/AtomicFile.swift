import Glibc

/// Writes a file either completely or not at all, whatever happens in between: a full disk, an
/// error, a killed program, a power cut.
///
/// ```swift
/// try write(png, to: "map.png")
/// ```
public func write(_ bytes: some Collection<UInt8>, to path: Path) throws {
  var file = try AtomicFile(path)
  try file.append(bytes)
  try file.commit()
}

/// A file that is written piece by piece and appears under its name only when it is complete.
///
/// ```swift
/// var file = try AtomicFile("model.safetensors")
/// while let chunk = next() { try file.append(chunk) }
/// try file.commit()
/// ```
///
/// The pieces go to a temporary file in the same folder. `commit` flushes it to the disk, renames
/// it, and flushes the folder's new entry. Without `commit`, or if a step up to the renaming fails,
/// nothing is left behind, and a file that had the name stays as it was. Only a program that is
/// killed can leave its `.fieldmark-*.tmp` behind, which `clearAbandoned` removes.
public struct AtomicFile: ~Copyable, Sendable {
  /// The name that the caller asked for, which messages quote.
  private let path: Path
  /// The file that is really replaced: the one that a link points to.
  private let target: Path
  private let temporary: Path
  private let calls: FileCalls
  private var descriptor: Int32?
  private var isRenamed = false

  public init(_ path: Path) throws { try self.init(path, calls: .system) }

  package init(_ path: Path, calls: FileCalls) throws {
    let target = try AtomicFile.target(of: path)
    let created: (descriptor: Int32, name: Path)
    do {
      created = try AtomicFile.createTemporary(in: target.folder, calls)
    } catch let error as SystemError {
      throw InputError.unwritable(path, error)
    }
    self.path = path
    self.calls = calls
    self.target = target
    temporary = created.name
    descriptor = created.descriptor
  }

  deinit {
    if let descriptor { try? calls.close(descriptor) }
    if !isRenamed { try? calls.remove(temporary) }
  }

  public mutating func append(_ bytes: some Collection<UInt8>) throws {
    let done: Void? = try bytes.withContiguousStorageIfAvailable {
      try append(UnsafeRawBufferPointer($0))
    }
    if done == nil { try append(Array(bytes)) }
  }

  public mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let descriptor else { preconditionFailure("A file is appended to before its commit.") }
    var rest = bytes
    try failing {
      while !rest.isEmpty {
        let count = try calls.write(descriptor, rest)
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      }
    }
  }

  /// Gives the file its name. Once this has returned, the file survives even a power cut.
  public consuming func commit() throws {
    guard let file = descriptor else { preconditionFailure("A file is committed once.") }
    try failing { try calls.sync(file) }
    descriptor = nil
    try failing {
      try calls.close(file)
      try calls.rename(temporary, target)
    }
    isRenamed = true
    try failing {
      let folder = try calls.openFolder(target.folder)
      defer { try? calls.close(folder) }
      // Some network file systems cannot flush a folder and answer with EINVAL.
      do { try calls.sync(folder) } catch let error as SystemError where error.code == EINVAL {}
    }
  }

  private func failing(_ body: () throws -> Void) throws {
    do { try body() } catch let error as SystemError { throw InputError.unwritable(path, error) }
  }

  private static func createTemporary(
    in folder: Path, _ calls: FileCalls
  ) throws -> (descriptor: Int32, name: Path) {
    var attempts = 0
    while true {
      let name = folder / TemporaryName.new().path
      do {
        return (try calls.create(name), name)
      } catch let error as SystemError where error.code == EEXIST && attempts < 8 {
        attempts += 1
      }
    }
  }

  /// The name to rename the temporary file to. A pipe or a device is refused, since renaming would
  /// replace it by a plain file, which is not what `-o /dev/null` means.
  private static func target(of path: Path) throws -> Path {
    guard !path.bytes.contains(0) else {
      throw InputError(
        path.description, expected: "a file name", found: "one with a NUL in it", kind: .output)
    }
    switch path.kind {
    case nil, .brokenLink: return path
    case .file:
      guard let real = path.withCString({ realpath($0, nil) }) else { return path }
      defer { free(real) }
      return Path(bytes: UnsafeRawBufferPointer(start: real, count: strlen(real)).map { $0 })
    case let other?:
      throw InputError(
        path.description, expected: "a file to write", found: other.description, kind: .output)
    }
  }
}

extension InputError {
  fileprivate static func unwritable(_ path: Path, _ error: SystemError) -> InputError {
    // Some of the system's own folders answer with ENOENT when a file is to be created in them.
    let isThere = path.folder.kind == .folder
    let found =
      error.code == ENOENT
      ? isThere ? "a folder that takes no files" : "no folder \(path.folder)" : nil
    let place = path.description
    return found.map {
      InputError(place, expected: "a place to write to", found: $0, kind: .output)
    } ?? .system(path, expected: "a place to write to", code: error.code, kind: .output)
  }
}
