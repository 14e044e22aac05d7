import Auditing
import Glibc
import Ground
import Parsing
import Studies

/// The files that a command writes, each asked for before any work begins: nothing that the command
/// reads, and nothing that Fieldmark did not make, is written over.
///
///     var outputs = Outputs(input, reading: pictures.paths)
///     try outputs.claim(input[out], as: .head)
///
/// What a command reads is its operands and all its options that name files, but for those that are
/// declared as outputs.
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
  /// The inputs that are there; looked up when the first output is there already.
  private var read: Set<FileIdentity>?
  private var claimed: Set<FileIdentity> = []
  private var folders: Set<Path> = []

  init(_ input: Input, reading others: [Path] = []) {
    isForced = input[Options.force]
    inputs = input.paths + input.files + others
  }

  /// Makes sure that there is a place for a file, that nothing else of this call goes there, and that
  /// what lies there may be replaced. `source` is what the file is made from, where its name does not
  /// tell: a file of another source stays.
  mutating func claim(_ path: Path, as kind: OwnFile.Kind, source: String? = nil) throws {
    try makeRoom(path)
    let there = FileIdentity(path)
    if let place = there ?? FileIdentity(nameIn: path), !claimed.insert(place).inserted {
      throw InputError(
        path.description, expected: "a name for each file that is written", found: "one for two",
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

  /// The same for what is written beside a run.
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

  /// The folder, and a trial that something can be written there, once for each folder.
  private mutating func makeRoom(_ path: Path) throws {
    guard folders.insert(path.folder).inserted || path.kind != nil else { return }
    try path.folder.createFolder()
    path.folder.clearAbandoned()
    _ = try AtomicFile(path)
  }

  /// A file with nothing in it may be replaced: nothing is lost, and `mktemp` makes such.
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

  /// A link to nothing would be replaced, and whoever made it would not find its file.
  private func refuseLink(_ path: Path) throws {
    guard path.kind == .brokenLink else { return }
    throw InputError(
      path.description, expected: "a file to write to", found: FileKind.brokenLink.description,
      hint: "give another name with --out, or --force to write over it", kind: .output)
  }

  /// A run is begun in its file, so what lies there and is none has to go.
  private func makeWay(_ path: Path, _ kind: OwnFile.Kind) throws {
    guard kind == .run, path.kind == .file, OwnFile.find(path, tables: Outputs.tables)?.kind != .run
    else { return }
    try write([], to: path)
  }
}

extension Input {
  /// Files that options name, but for those that are written.
  fileprivate var files: [Path] {
    values.filter { $0.option.role != .output }.flatMap { declared -> [Path] in
      if let paths = declared.value as? [Path] { return paths }
      return (declared.value as? Path).map { [$0] } ?? []
    }
  }

  /// A fingerprint of what an answer is made from besides the words: a picture, or several, and the
  /// files that options name, by where they lie. Pictures of one name in two folders have two.
  func source(_ pictures: [Path]) -> String {
    let places = files.filter { $0.kind != nil }.map { "\($0.place.bytes)" }.sorted()
    let digest = Digest.sha256(of: pictures.map { "\($0.place.bytes)" } + ["of"] + places)
    return String(digest.hexadecimal.prefix(12))
  }
}

/// A file by its place on the disk, whatever it is called; one that is not there yet by its name and its
/// folder's place.
private struct FileIdentity: Hashable {
  private let device: UInt
  private let number: UInt
  private let name: Path?

  /// Nil where nothing is there.
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
  /// From the root on, links followed; of what is not there yet its folder's.
  fileprivate var place: Path { real ?? folder.real.map { $0 / lastComponent } ?? self }

  private var real: Path? {
    guard let real = realpath(bytes.map { CChar(bitPattern: $0) } + [0], nil) else { return nil }
    defer { free(real) }
    return Path(bytes: UnsafeRawBufferPointer(start: real, count: strlen(real)).map { $0 })
  }
}
