import Auditing
import Glibc
import Ground
import Parsing
import Studies

/// The files that a command writes. Each is claimed before any work begins, so that nothing is
/// overwritten that the command reads or that Fieldmark did not make.
///
///     var outputs = Outputs(input, reading: pictures.paths)
///     try outputs.claim(input[out], as: .head)
///
/// A command reads its operands and all files that its options name, except those declared as
/// outputs.
struct Outputs {
  struct Options: OptionGroup {
    let force = Option<Bool>(
      "force", role: .silent,
      "Overwrites files that this command reads and files that Fieldmark did not make.")
  }

  /// The tables that commands write.
  private static let tables =
    EvaluationTable.formats + AuditSummary.formats + [ClassCosines.format]

  private let isForced: Bool
  private let inputs: [Path]
  /// The inputs that exist. They are looked up when the first output turns out to exist already.
  private var read: Set<FileIdentity>?
  private var claimed: Set<FileIdentity> = []
  private var folders: Set<Path> = []

  init(_ input: Input, reading others: [Path] = []) {
    isForced = input[Options.force]
    inputs = input.paths + input.files + others
  }

  /// Makes sure that a file can be created, that nothing else in this call is written to it, and
  /// that an existing file may be replaced. `source` identifies what the file is made from, where
  /// its name does not tell: a file made from another source is not replaced.
  mutating func claim(_ path: Path, as kind: OwnFile.Kind, source: String? = nil) throws {
    try makeRoom(path)
    let there = FileIdentity(path)
    if let place = there ?? FileIdentity(nameIn: path), !claimed.insert(place).inserted {
      throw InputError(
        path.description, expected: "a different name for each file that is written",
        found: "the same name for two",
        kind: .words)
    }
    if isForced { return try makeWay(path, kind) }
    guard let there else { return try refuseLink(path) }
    let read = read ?? Set(inputs.compactMap { FileIdentity($0) })
    self.read = read
    if read.contains(there) {
      throw InputError(
        path.description, expected: "another file to write to", found: "one that is read here",
        hint: "give another name, or --force to write over it", kind: .words)
    }
    try refuseOthers(path, kind, source)
  }

  /// Claims the files that are written beside a run.
  mutating func claim(_ endings: [String], beside run: Path) throws {
    for ending in endings {
      let kind: OwnFile.Kind =
        switch ending {
        case ".html": .page
        case ".json", ".jsonl": .object
        default: .table
        }
      try claim(run.beside(ending), as: kind)
    }
  }

  /// Creates the folder and tries to write there, once for each folder.
  private mutating func makeRoom(_ path: Path) throws {
    guard folders.insert(path.folder).inserted || path.kind != nil else { return }
    try path.folder.createFolder()
    path.folder.clearAbandoned()
    _ = try AtomicFile(path)
  }

  /// Refuses to replace a file that Fieldmark did not make, or made of another kind or source. An
  /// empty file may be replaced: nothing is lost, and `mktemp` creates such files.
  private func refuseOthers(_ path: Path, _ kind: OwnFile.Kind, _ source: String?) throws {
    guard path.kind == .file, !path.beginning(1).isEmpty else { return }
    let found = OwnFile.find(path, tables: Outputs.tables)
    let expected = "no file, or \(kind.rawValue) that Fieldmark made"
    let hint = "give another name with --out, or --force to write over it"
    guard let found, found.kind == kind else {
      throw InputError(
        path.description, expected: expected,
        found: found.map { "\($0.kind.rawValue) of Fieldmark's" }
          ?? "one that Fieldmark did not make",
        hint: hint, kind: .output)
    }
    if let source, let other = found.source, source != other {
      throw InputError(
        path.description, expected: "no file, or one made from the same picture and files",
        found: "one made from others", hint: hint, kind: .output)
    }
  }

  /// Refuses a broken link. It would be replaced by a file, where the user who made the link would
  /// not look for it.
  private func refuseLink(_ path: Path) throws {
    guard path.kind == .brokenLink else { return }
    throw InputError(
      path.description, expected: "a file to write to", found: FileKind.brokenLink.description,
      hint: "give another name with --out, or --force to write over it", kind: .output)
  }

  /// Empties a file that is not a run, because a run is written into an existing file in place
  /// instead of replacing it.
  private func makeWay(_ path: Path, _ kind: OwnFile.Kind) throws {
    guard kind == .run, path.kind == .file, OwnFile.find(path, tables: Outputs.tables)?.kind != .run
    else { return }
    try write([], to: path)
  }
}

extension Input {
  /// The files that options name, except those that are written.
  fileprivate var files: [Path] {
    values.filter { $0.option.role != .output }.flatMap { declared -> [Path] in
      if let paths = declared.value as? [Path] { return paths }
      return (declared.value as? Path).map { [$0] } ?? []
    }
  }

  /// A fingerprint of what an answer is made from besides the words: the pictures and the files
  /// that options name, by their real paths. Pictures with the same name in two folders have
  /// different fingerprints.
  func source(_ pictures: [Path]) -> String {
    let places = files.filter { $0.kind != nil }.map { "\($0.place.bytes)" }.sorted()
    let digest = Digest.sha256(of: pictures.map { "\($0.place.bytes)" } + ["of"] + places)
    return String(digest.hexadecimal.prefix(12))
  }
}

/// Identifies a file by its device and inode, whatever its name. A file that does not exist yet is
/// identified by its name and its folder.
private struct FileIdentity: Hashable {
  private let device: UInt
  private let number: UInt
  private let name: Path?

  /// Nil if nothing exists at the path.
  init?(_ path: Path) { self.init(path, name: nil) }

  init?(nameIn path: Path) { self.init(path.folder, name: path.lastComponent) }

  private init?(_ path: Path, name: Path?) {
    var status = stat()
    guard !path.bytes.contains(0),
      stat(path.bytes.map { CChar(bitPattern: $0) } + [0], &status) == 0
    else { return nil }
    (device, number) = (UInt(status.st_dev), UInt(status.st_ino))
    self.name = name
  }
}

extension Path {
  /// The absolute path with links resolved. For a file that does not exist yet, only its folder is
  /// resolved.
  fileprivate var place: Path { real ?? folder.real.map { $0 / lastComponent } ?? self }
}
