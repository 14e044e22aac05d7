import Ground
import Words

/// Joins runs over parts of one set of pictures.
///
/// ```swift
/// let merging = try RunMerging(["1.run", "2.run"])
/// try merging.write(to: "all.run")
/// merging.missing      // "2 of 4 parts: 3/4, 4/4", ...
/// ```
public struct RunMerging: Sendable {
  private let runs: [RunFile]
  public let settings: RunSettings
  /// What is missing, as sentences without the period.
  public let missing: [String]
  /// The folders of the runs' datasets without repetitions, in the order of the runs.
  public let folders: [Path]
  private let parts: RunParts

  /// The damaged pictures of each run, which are left out.
  private let damaged: [[RunCheck.Damaged]]

  /// The command that made the runs; nil if it is unknown.
  public var kind: RunKind? { runs.first?.kind }

  /// Notes on runs without digests.
  public var remarks: [String] { runs.compactMap(\.remark) }

  /// Throws if the runs' settings differ in more than the part of the pictures. Also throws if a
  /// run is damaged, unless `wholeOnly` asks for its intact pictures.
  public init(_ paths: [Path], wholeOnly: Bool = false) throws {
    runs = try paths.map { try RunFile(reading: $0, damaged: wholeOnly) }
    guard let first = runs.first else {
      throw InputError("merge", expected: "at least one run", found: "none", kind: .words)
    }
    settings = first.settings.with(.whole)
    for run in runs {
      try settings.check(same: run.settings.with(.whole), as: run.path)
    }
    damaged = try runs.map { run in
      guard wholeOnly else {
        try run.needWhole()
        return []
      }
      return try run.check().damaged
    }
    let parts = try runs.map { try Part($0) }
    let counts = Set(parts.map(\.of)).sorted()
    guard counts.count == 1, let count = counts.first else {
      throw InputError(
        "\(runs[0].path)", expected: "parts with the same total, such as 1/2 and 2/2",
        found: parts.map(\.name).joined(separator: ", "), kind: .words)
    }
    let joined = try RunMerging.joined(runs, parts, count)
    var missing: [String] = []
    let absent = joined.missing
    if !absent.isEmpty {
      let names = absent.prefix(10) + (absent.count > 10 ? ["..."] : [])
      missing.append("\(absent.count) of \(joined.of) parts: \(names.joined(separator: ", "))")
    }
    for (part, run) in zip(parts, runs) {
      if let expected = part.expected, part.done < expected {
        missing.append("\(expected - part.done) of \(expected) pictures of \(run.path)")
      }
    }
    for (run, damaged) in zip(runs, damaged) where !damaged.isEmpty {
      missing.append("\(counted(damaged.count, "picture")) of \(run.path), damaged there")
    }
    self.missing = missing
    self.parts = joined
    var seen: Set<Path> = []
    folders = try runs.compactMap { try $0.folder() }.filter { seen.insert($0).inserted }
  }

  /// The parts of all runs. Runs that were joined before store their own parts.
  private static func joined(_ runs: [RunFile], _ parts: [Part], _ count: Int) throws -> RunParts {
    let former = try runs.compactMap { try $0.parts() }
    if let first = former.first, former.count == runs.count,
      former.allSatisfy({ $0.of == first.of })
    {
      return former.dropFirst().reduce(into: first) { $0.add($1) }
    }
    return parts.reduce(into: RunParts(of: count)) { $0.add($1.index, $1.expected) }
  }

  /// The part of the pictures that a run covers, and how much of it is done.
  private struct Part {
    let name: String
    let index: Int
    let of: Int
    let expected: Int?
    let done: Int

    init(_ run: RunFile) throws {
      let part = try RunPart.setting.read(run.settings, of: run.path) ?? .whole
      (name, index, of) = (part.description, part.index, part.of)
      expected = try run.expected()
      done = try run.done().count
    }
  }

  /// Writes one run with the pictures of all runs, in the order of the files. If several runs have
  /// a picture, the first result that did not fail counts, or else the first. Results that the file
  /// already has with the same settings are kept. The run remembers where the first run's pictures
  /// were. Returns the run, and the number of pictures that occur more than once.
  public func write(to path: Path) throws -> (run: RunFile, twice: Int) {
    let all = try RunFile(path, settings)
    try all.needWhole()
    var parts = parts
    if let former = try all.parts() { parts.add(former) }
    if let total = parts.total {
      try all.expect(total)
    } else if try all.expected() == nil {
      try all.remember(parts)
    }
    if let folder = folders.first, try all.folder() == nil { try all.remember(folder: folder) }
    var twice = 0
    for (run, damaged) in zip(runs, damaged) where run.path != path {
      let damaged = Set(damaged.map(\.number))
      var done = try all.done()
      var failed = try all.failed()
      var some: [RunRecord] = []
      try run.eachNumber { number in
        guard !damaged.contains(number), var record = try run.picture(number) else { return }
        if done.contains(number) {
          twice += 1
          guard failed.contains(number), record.failure == nil else { return }
          failed.remove(number)
        }
        record.maps = try run.maps(of: number)
        record.numbers = try run.numbers(of: number)
        record.curves = try run.curves(of: number)
        some.append(record)
        done.insert(number)
        if some.count == 256 {
          try all.add(some)
          some = []
        }
      }
      try all.add(some)
    }
    return (all, twice)
  }
}

extension RunFile {
  fileprivate func failed() throws -> Set<Int> {
    Set(
      try tables.rows("SELECT number FROM pictures WHERE failure IS NOT NULL")
        .compactMap { $0[0].integer })
  }

  /// The body may use the tables, since no statement is open while it runs.
  fileprivate func eachNumber(_ body: (Int) throws -> Void) throws {
    for number in try done().sorted() { try body(number) }
  }
}
