import Fieldmark
import Testing

private let settings = RunSettings([
  .init("model", "demo"), .init("strengths", .array([0, .number(0.6)])),
])

private func record(_ number: Int) -> RunRecord {
  let region = Region(x: 0.5, y: 0, width: 3, height: 2)
  var record = RunRecord(
    number: number, path: "birds/\(number).png", label: 3,
    place: .init(width: 4, height: 2, region: region))
  record.maps = [.init(name: "grad-cam", grid: Matrix([[0.5e-9, -1e-9], [0, 0.25e-9]]))]
  record.numbers = [
    .init(map: "grad-cam", measure: "deletion", value: 0.125),
    .init(map: "grad-cam", measure: "energy", value: nil, reason: "the map is empty"),
    .init(map: "grad-cam", measure: "pxap", value: nil, counts: [1, 0.1, -3e-20]),
  ]
  record.curves = [
    .init(
      map: "grad-cam", measure: "deletion",
      .init(
        shares: [0, 0.3, 1], target: [0.9, 0.1, 0.05], rival: [0.1, 0.2, .leastNonzeroMagnitude]))
  ]
  return record
}

@Test func aRunGoesOnWhereItWasAndGivesBackWhatWasKept() throws {
  try inTemporaryFolder { folder in
    do {
      let run = try RunFile(folder / "a.run", settings)
      try run.add(record(4))
      try run.add(record(2))
    }
    let again = try RunFile(folder / "a.run", settings)
    #expect(try again.done() == [2, 4])
    var failed = RunRecord(number: 3, path: "birds/3.png")
    failed.failure = "birds/3.png: expected a picture, found an empty file."
    try again.add(failed)
    let run = try RunFile(reading: folder / "a.run")
    #expect(run.settings == settings)
    var found: [RunRecord] = []
    try run.eachPicture { found.append($0) }
    for index in found.indices {
      found[index].maps = try run.maps(of: found[index].number)
      found[index].numbers = try run.numbers(of: found[index].number)
      #expect(try run.picture(found[index].number)?.path == found[index].path)
    }
    try run.eachCurve(of: "grad-cam", "deletion") { number, curve in
      let place = found.firstIndex { $0.number == number }
      found[place ?? 0].curves.append(.init(map: "grad-cam", measure: "deletion", curve))
    }
    // The numbers of these grids are halves of the largest one: 16 bits hold them exactly.
    #expect(found == [record(2), failed, record(4)])
    var column: [Int] = []
    try run.eachNumber(of: "grad-cam", "energy") { number, energy in
      column.append(number)
      #expect(energy.reason == "the map is empty")
    }
    #expect(column == [2, 4])
  }
}

@Test func otherSettingsAreRefusedWithThoseThatDiffer() throws {
  try inTemporaryFolder { folder in
    _ = try RunFile(folder / "a.run", settings)
    let other = RunSettings([.init("model", "demo"), .init("seed", 1)])
    #expect(
      sentence { _ = try RunFile(folder / "a.run", other) }
        == "\(folder)/a.run: expected a run with strengths not set, seed 1, found strengths [0,0.6], "
        + "seed not set; write a run with other settings to another file.")
  }
}

@Test func whatIsNoRunIsRefusedInASentence() throws {
  try inTemporaryFolder { folder in
    let tables = try Tables(folder / "other.run", .write)
    try tables.run("CREATE TABLE things (a)")
    #expect(
      sentence { _ = try RunFile(reading: folder / "other.run") }
        == "\(folder)/other.run: expected the tables of a run, found others.")
    let old = try Tables(folder / "old.run", .write)
    try old.run(
      "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT); INSERT INTO about VALUES ('format', '1')"
    )
    for open in [
      { _ = try RunFile(reading: folder / "old.run") },
      { _ = try RunFile(folder / "old.run", settings) },
    ] as [() throws -> Void] {
      #expect(
        sentence(open)
          == "\(folder)/old.run, its format: expected 3, found 1; another version of Fieldmark wrote it."
      )
    }
    #expect(try old.rows("SELECT name FROM sqlite_master WHERE type = 'table'").count == 1)
    // A view of that name, without end.
    let views = try Tables(folder / "view.run", .write)
    try views.run(
      "CREATE VIEW about AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x "
        + "AS name, x AS value FROM n")
    #expect(
      sentence { _ = try RunFile(reading: folder / "view.run") }
        == "\(folder)/view.run: expected the tables of a run, found others.")
    #expect(
      sentence { _ = try RunFile(folder / "view.run", settings) }
        == "\(folder)/view.run: expected the tables of a run, found others.")
    #expect(
      sentence { _ = try RunFile(reading: folder / "none.run") }
        == "\(folder)/none.run: expected a file of tables, found no such file.")
  }
}
