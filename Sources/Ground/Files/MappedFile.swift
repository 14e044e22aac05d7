import CFieldmark
import Glibc

/// The bytes of a regular file, mapped into memory. Opening takes next to no memory and time, and
/// each page is read when it is first touched.
///
/// ```swift
/// let file = try MappedFile("ViT-B-16.safetensors")
/// file.withBytes { $0.count }      // 599_000_000, nothing read yet
/// ```
///
/// Replacing the file by another of the same name does no harm: the old one stays mapped. If
/// another process shortens this very file, however, the pages beyond its new end are gone, and
/// touching them ends the program with the signal SIGBUS, or, after `endWithASentence` was called,
/// with a sentence that names the file. That is the price of mapping. `checkUnchanged`, which
/// tensors call before they are read, first asks the open file for its size and time, so that only
/// a change during the few milliseconds of one reading remains.
public final class MappedFile: @unchecked Sendable {
  public let path: Path
  private let bytes: UnsafeRawBufferPointer
  private let source: Source

  /// Where the bytes come from, which decides how they are released.
  private enum Source {
    /// `place` is the file's place in the table from which the signal handler takes its name.
    case mapped(descriptor: Int32, stamp: Stamp, place: Int32)
    case memory
    case program
  }

  /// What changes when somebody writes to a file. Two stamps are equal if size and time are.
  private struct Stamp: Equatable {
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    /// What also changes when the file is replaced by another: device, inode, and the time at which
    /// its status last changed, which nobody can set at will. Only `identity` uses it.
    let place: String

    init(_ status: stat) {
      size = Int(status.st_size)
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
      place =
        "\(status.st_dev) \(status.st_ino) \(status.st_ctim.tv_sec) \(status.st_ctim.tv_nsec)"
    }

    static func == (a: Stamp, b: Stamp) -> Bool {
      (a.size, a.seconds, a.nanoseconds) == (b.size, b.seconds, b.nanoseconds)
    }
  }

  /// Opens a regular file that is not empty. For anything else the error says what was found.
  public init(_ path: Path) throws {
    let (descriptor, status) = try openForReading(path)
    let count = Int(status.st_size)
    let start = count == 0 ? nil : mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      let code = errno
      close(descriptor)
      if count == 0 {
        throw InputError(path.description, expected: "a file with content", found: "an empty one")
      }
      throw InputError.system(path, expected: "a file to map", code: code, kind: .input)
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: start, count: count)
    source = .mapped(
      descriptor: descriptor, stamp: Stamp(status),
      place: fm_mapped_add(start, count, path.description))
  }

  /// Takes bytes in memory as if they were a file: those unpacked from an archive, and those of
  /// tests.
  public init(_ content: some Collection<UInt8>, named path: Path) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 64)
    memory.copyBytes(from: content)
    self.path = path
    bytes = UnsafeRawBufferPointer(memory)
    source = .memory
  }

  /// Takes bytes that are part of the program. They are not copied.
  package init(_ embedded: fm_embedded, named path: Path) {
    self.path = path
    bytes = UnsafeRawBufferPointer(start: embedded.bytes, count: embedded.count)
    source = .program
  }

  deinit {
    switch source {
    case .mapped(let descriptor, _, let place):
      fm_mapped_remove(place)
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
      close(descriptor)
    case .memory:
      bytes.deallocate()
    case .program: break
    }
  }

  /// From now on, if a file is cut short while it is read, the program ends with a sentence on
  /// standard error and the exit status of bad input, not with a signal. No output is lost by that,
  /// since outputs are complete or not there whenever a program ends.
  public static func endWithASentence() { fm_mapped_watch(InputError.Kind.input.rawValue) }

  public var count: Int { bytes.count }
  /// The offset of the first byte from a multiple of 16, at which every type of number can begin.
  package var alignment: Int { Int(bitPattern: bytes.baseAddress) % 16 }

  /// Calls the closure with the bytes, which it must not keep.
  public func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(bytes) }
  }

  /// A text that tells this file, as it is now, from any other. For memory it has the object's
  /// address. For bytes that are part of the program it has their checksum, since they may differ
  /// in other versions.
  package var identity: String {
    switch source {
    case .mapped(_, let stamp, _):
      "\(stamp.place) \(stamp.size) \(stamp.seconds) \(stamp.nanoseconds)\n"
    case .memory: "memory \(ObjectIdentifier(self)) \(bytes.count)\n"
    case .program: "program \(fm_crc32(0, bytes.baseAddress, bytes.count)) \(bytes.count)\n"
    }
  }

  /// Tells the system that these bytes are not needed for now. Their pages no longer count as this
  /// program's memory, and come back from the system's cache or from the disk when they are read
  /// again.
  package func forget(_ range: Range<Int>) {
    guard case .mapped = source, let start = bytes.baseAddress, !range.isEmpty else { return }
    let page = Int(getpagesize())
    let first = range.lowerBound / page * page
    let end = min(bytes.count, (range.upperBound + page - 1) / page * page)
    madvise(UnsafeMutableRawPointer(mutating: start + first), end - first, MADV_DONTNEED)
  }

  /// Throws if somebody has written to the file since it was opened.
  public func checkUnchanged() throws {
    guard case .mapped(let descriptor, let stamp, _) = source else { return }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Stamp(status) == stamp else {
      throw InputError(
        path.description, expected: "the file as it was when it was opened",
        found: "a file that has changed since")
    }
  }
}

/// Opens a regular file for reading and throws a sentence for anything else. Opening does not wait
/// (as it would for a pipe without a writer), and no child process inherits the descriptor.
func openForReading(_ path: Path) throws -> (descriptor: Int32, status: stat) {
  guard !path.bytes.contains(0) else {
    throw InputError(path.description, expected: "a file name", found: "one with a NUL in it")
  }
  let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
  guard descriptor >= 0 else {
    let code = errno
    if let kind = path.kind, kind != .file, code == ENOENT || code == ENXIO {
      throw InputError(path.description, expected: "a file", found: kind.description)
    }
    throw InputError.system(path, expected: "a file to read", code: code, kind: .input)
  }
  var status = stat()
  let kind = fstat(descriptor, &status) == 0 ? FileKind(status) : nil
  guard kind == .file else {
    close(descriptor)
    throw InputError(
      path.description, expected: "a file", found: kind?.description ?? "something unknown")
  }
  return (descriptor, status)
}
