import Fieldmark
import Foundation
import Testing

private struct Damaged: Error {}

/// All that a run has, as one text; throws where it is told to be damaged.
private func content(of path: Fieldmark.Path) throws -> String {
  let run = try RunFile(reading: path)
  guard try run.check().isWhole else { throw Damaged() }
  var texts = [
    "\(try run.extent())", "\(String(describing: try run.folder()))", run.remark ?? "",
    JSON.object(run.settings.members).written(), "\(try run.done().sorted())",
  ]
  for number in try run.done().sorted() {
    texts.append("\(String(describing: try run.picture(number)))")
    texts.append("\(try run.maps(of: number)) \(try run.numbers(of: number))")
    texts.append("\(try run.curves(of: number))")
  }
  for row in ["grad-cam", "grad-cam + finer 0.6"] {
    for measure in ["deletion", "energy"] {
      try run.eachNumber(of: row, measure) { texts.append("\($0) \($1)") }
      try run.eachCurve(of: row, measure) { texts.append("\($0) \($1)") }
    }
  }
  return texts.joined(separator: "\n")
}

/// All that is made of it.
private func made(of path: Fieldmark.Path) throws -> String {
  let run = try RunFile(reading: path)
  let table = try EvaluationTable(run)
  let summary = try AuditSummary(run)
  let pages = [
    try EvaluationPage(run, table) { SmallAudit.picture($0) }.written,
    try AuditPage(run, summary) { SmallAudit.picture($0) }.written,
  ]
  return
    ([table.csv, table.json.written(), table.markdown] + pages
    + [summary.csv, summary.json.written(), summary.text]).joined(separator: "\n")
}

/// An audit's pictures with rows of an evaluation besides, so that every table and page has some of it.
private func written(to path: Fieldmark.Path) throws {
  let audit = SmallAudit.mixed
  let rows: [JSON] = [
    ["name": "grad-cam"], ["name": "grad-cam + finer 0.6", "against": "grad-cam"],
  ]
  let settings = RunSettings(
    audit.settings.members + [
      .init("rows", .array(rows)), .init("measures", .array(["deletion", "energy"])),
    ])
  let run = try RunFile(path, settings)
  try run.expect(audit.records.count + 1)
  try run.remember(folder: "birds")
  for var record in audit.records {
    if record.failure == nil {
      for (place, name) in ["grad-cam", "grad-cam + finer 0.6"].enumerated() {
        let number = Float(record.number + place)
        record.maps.append(.init(name: name, grid: Matrix([[1, number], [-number, 0.25]])))
        for measure in ["deletion", "energy"] {
          record.numbers.append(
            .init(map: name, measure: measure, value: Double(number) / 7, counts: [number]))
        }
        record.curves.append(
          .init(
            map: name, measure: "deletion",
            .init(shares: [0, 0.5, 1], target: [1, number, 0], rival: [0, 0.25, number])))
      }
    }
    record.identity = PictureIdentity(
      digest: [UInt8](repeating: UInt8(record.number), count: 32), stamp: "\(record.number) 1.0 2.0"
    )
    try run.add(record)
  }
}

/// What flips of bytes came to.
private struct Flips {
  private let path: Fieldmark.Path
  private let bytes: [UInt8]
  private let whole: String
  private let pages: String
  private(set) var told = 0
  private(set) var same = 0
  /// Where a flip changed something and nobody said so.
  private(set) var silent: [Int] = []

  init(_ path: Fieldmark.Path) throws {
    self.path = path
    try written(to: path)
    bytes = try path.read(limit: 1 << 24)
    (whole, pages) = (try content(of: path), try made(of: path))
  }

  var count: Int { bytes.count }

  mutating func flip(_ place: Int, by bits: UInt8) throws {
    var damaged = bytes
    damaged[place] ^= bits
    try write(damaged, to: path)
    do {
      guard try content(of: path) == whole else { return silent.append(place) }
      same += 1
      // Pages take long to make, and are made of nothing but this.
      if same % 16 == 1, try made(of: path) != pages { silent.append(place) }
    } catch is InputError {
      told += 1
    } catch is Damaged {
      told += 1
    }
  }
}

@Test func aFlippedByteIsToldOrChangesNothing() throws {
  try inTemporaryFolder { folder in
    var flips = try Flips(folder / "a.run")
    var random = SplitMix(seed: 16)
    for _ in 0..<400 {
      try flips.flip(Int(random.next() % UInt64(flips.count)), by: UInt8(1 + random.next() % 255))
    }
    #expect(flips.silent == [], "\(flips.told) told, \(flips.same) without a change")
    #expect(flips.told + flips.same == 400 && flips.told > 200)
  }
}

/// The first page says how the file is to be read, and what its tables are called.
@Test func aFlippedBitOfTheFirstPageIsToldOrChangesNothing() throws {
  try inTemporaryFolder { folder in
    var flips = try Flips(folder / "a.run")
    var random = SplitMix(seed: 17)
    for place in 0..<4096 where place < 120 || random.next() % 32 == 0 {
      try flips.flip(place, by: 1 << UInt8(random.next() % 8))
    }
    #expect(flips.silent == [], "\(flips.told) told, \(flips.same) without a change")
    #expect(flips.told > 60)
  }
}

/// Tables and pages are made of whole runs alone.
@Test func whatIsMadeOfADamagedRunIsRefused() throws {
  try inTemporaryFolder { folder in
    let path = folder / "a.run"
    try written(to: path)
    try Tables(path, .write).run("UPDATE numbers SET value = 0.25 WHERE picture = 1")
    let run = try RunFile(reading: path)
    let sentence =
      "\(path): expected a run that is as it was written, found 1 of 8 pictures damaged: 1 "
      + "('birds/1.png'); the command that made the run measures these pictures again."
    for make in [
      { _ = try EvaluationTable(run) }, { _ = try AuditSummary(run) },
      { _ = try RunMerging([path]) },
    ] as [() throws -> Void] {
      var found = ""
      do { try make() } catch { found = "\(error)" }
      #expect(found == sentence)
    }
  }
}
