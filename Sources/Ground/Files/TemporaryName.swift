import Glibc

/// The name of a temporary file. It tells which process writes the file, so that the leftovers of a
/// killed process can be told from what another process is still writing.
///
///     .fieldmark-4711-98234-3f9a01c2-k2x9.tmp
///     // the process, when it began, on which machine since which start of it, and a number
///
/// The system gives the number of a process to another one later, but not the time at which it
/// began.
struct TemporaryName: Equatable {
  private static let beginning = ".fieldmark-"
  private static let ending = ".tmp"

  private let process: pid_t
  private let began: String
  private let machine: String
  private let number: String

  /// Returns a new name for this process.
  static func new() -> TemporaryName {
    TemporaryName(
      process: getpid(), began: TemporaryName.beginning(of: getpid()) ?? "0",
      machine: TemporaryName.machine ?? "0",
      number: String(UInt64.random(in: 0...UInt64.max), radix: 36))
  }

  private init(process: pid_t, began: String, machine: String, number: String) {
    (self.process, self.began, self.machine, self.number) = (process, began, machine, number)
  }

  var path: Path {
    Path("\(Self.beginning)\(process)-\(began)-\(machine)-\(number)\(Self.ending)")
  }

  /// Reads a name. The result is nil for a name that no version of Fieldmark gives. Names of
  /// version 0.1 tell only the number of the process.
  init?(_ name: Path) {
    let text = String(decoding: name.bytes, as: UTF8.self)
    guard text.hasPrefix(Self.beginning), text.hasSuffix(Self.ending) else { return nil }
    let parts = text.dropFirst(Self.beginning.count).dropLast(Self.ending.count)
      .split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let isPlain = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }
    guard isPlain, parts.count == 2 || parts.count == 4, let process = pid_t(parts[0]), process > 0
    else { return nil }
    self.init(
      process: process, began: parts.count == 4 ? parts[1] : "0",
      machine: parts.count == 4 ? parts[2] : "0", number: parts[parts.count - 1])
  }

  /// Whether the process that gave the name has ended. It is nil if the process may run on another
  /// machine.
  var isAbandoned: Bool? {
    guard machine != "0", began != "0", machine == TemporaryName.machine else { return nil }
    if let now = TemporaryName.beginning(of: process) { return now != began }
    // Either there is no such process, or this user may know nothing of it.
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// The time at which a process began, in ticks of the system's clock. It is the 22nd field of
  /// `/proc/PID/stat`. Fields are counted from the end of the second one, the program's name in
  /// parentheses, since that may contain anything.
  private static func beginning(of process: pid_t) -> String? {
    guard let line = try? Path("/proc/\(process)/stat").read(limit: 1 << 12) else { return nil }
    let behind = line.lastIndex(of: UInt8(ascii: ")")).map { line[($0 + 1)...] } ?? []
    let fields = behind.split(separator: UInt8(ascii: " "))
    return fields.count > 19 ? String(decoding: fields[19], as: UTF8.self) : nil
  }

  /// A text that tells this machine since its last start, and this container, from all others. Only
  /// within them does the number of a process mean the same process.
  private static var machine: String? {
    guard let start = try? Path("/proc/sys/kernel/random/boot_id").read(limit: 1 << 10) else {
      return nil
    }
    var link = [CChar](repeating: 0, count: 256)
    guard readlink("/proc/self/ns/pid", &link, link.count - 1) > 0 else { return nil }
    let container = String(
      decoding: link.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let digest = Digest.sha256(of: [String(decoding: start, as: UTF8.self), container])
    return String(digest.hexadecimal.prefix(8))
  }
}

extension Path {
  /// Removes half-written files of killed Fieldmark processes from a folder. A file stays if its
  /// process runs or if somebody holds a lock on it. A file that may come from another machine also
  /// stays if it was written to within a day.
  package func clearAbandoned() {
    let names = (try? names { TemporaryName($0) != nil }) ?? []
    for name in names {
      guard let temporary = TemporaryName(name), temporary.isAbandoned != false else { continue }
      let path = self / name
      let file = path.withCString { open($0, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
      guard file >= 0 else { continue }
      defer { close(file) }
      var status = stat()
      guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        temporary.isAbandoned == true || time(nil) - status.st_mtim.tv_sec > 86_400,
        flock(file, LOCK_EX | LOCK_NB) == 0
      else { continue }
      _ = path.withCString { unlink($0) }
    }
  }
}
