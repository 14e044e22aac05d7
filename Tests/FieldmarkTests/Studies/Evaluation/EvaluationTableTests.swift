import Fieldmark
import Testing

/// Two pictures and one that failed; by hand.
private func table(in folder: Fieldmark.Path) throws -> EvaluationTable {
  let rows: JSON = [
    ["name": "grad-cam"], ["name": "grad-cam + finer 0.6", "against": "grad-cam"],
  ]
  let settings = RunSettings([.init("rows", rows), .init("measures", ["energy", "deletion"])])
  let run = try RunFile(folder / "a.run", settings)
  for (number, (alone, finer)) in [(0.25, 0.5), (0.75, 1.25)].enumerated() {
    var record = RunRecord(number: number, path: "\(number).png", label: 1, predicted: number)
    record.numbers = [
      .init(map: "grad-cam", measure: "energy", value: alone),
      .init(map: "grad-cam", measure: "deletion", value: nil),
      .init(map: "grad-cam + finer 0.6", measure: "energy", value: finer),
      .init(map: "grad-cam + finer 0.6", measure: "deletion", value: 0.5),
    ]
    try run.add(record)
  }
  var failed = RunRecord(number: 2, path: "2.png", label: 0)
  failed.failure = "2.png: expected a picture, found an empty file."
  try run.add(failed)
  return try EvaluationTable(try RunFile(reading: folder / "a.run"))
}

@Test func aTableHasMeansIntervalsAndWhatStrengthsGain() throws {
  try inTemporaryFolder { folder in
    let table = try table(in: folder)
    #expect(table.pictures == 3 && table.accuracy == 0.5 && table.failures.count == 1)
    // With two pictures the bootstrap's middle 95 % reach from one number to the other.
    #expect(
      table.markdown == """
        | method | energy | deletion |
        |---|---|---|
        | grad-cam | 0.500 (0.250 to 0.750), 2 of 2 | none of 2 |
        | grad-cam + finer 0.6 | 0.875 (0.500 to 1.250), 2 of 2 | 0.500 (0.500 to 0.500), 2 of 2 |
        | minus grad-cam | 0.375 (0.250 to 0.500), 2 of 2 |  |

        """)
    let lines = table.csv.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[1] == "grad-cam,energy,0.5,0.25,0.75,2,0,,,,,")
    #expect(lines[3] == "grad-cam + finer 0.6,energy,0.875,0.5,1.25,2,0,grad-cam,0.375,0.25,0.5,2")
    #expect(table.json["rows"]?.array?.count == 2)
  }
}

@Test func theSeedOfARunDrawsThePicturesOfItsIntervals() throws {
  try inTemporaryFolder { folder in
    func interval(_ seed: JSON?, _ name: Fieldmark.Path) throws -> ClosedRange<Double>? {
      let seeds = seed.map { [JSON.Member("seed", $0)] } ?? []
      let run = try RunFile(
        folder / name,
        RunSettings(
          [.init("rows", [["name": "grad-cam"]]), .init("measures", ["energy"])] + seeds))
      for number in 0..<9 {
        var record = RunRecord(number: number, path: "\(number).png", label: 0, predicted: 0)
        record.numbers = [
          .init(map: "grad-cam", measure: "energy", value: Double(number * number % 11) / 11)
        ]
        try run.add(record)
      }
      return try EvaluationTable(run).rows[0].summaries[0].interval
    }
    let usual = try interval(nil, "a.run")
    #expect(try interval(0, "b.run") == usual)
    #expect(try interval(-4, "c.run") != usual)
  }
}

@Test func aRunWithoutRowsIsReadAsATableOfNone() throws {
  try inTemporaryFolder { folder in
    let run = try RunFile(folder / "a.run", RunSettings([.init("rows", [1])]))
    do {
      _ = try EvaluationTable(run)
      Issue.record("Nothing was refused.")
    } catch {
      #expect("\(error)" == "\(folder)/a.run, its rows: expected names, found [1].")
    }
    let other = try RunFile(folder / "b.run", RunSettings([]))
    #expect(try EvaluationTable(other).rows.isEmpty)
  }
}

@Test func anUnfinishedTableSaysSoFirst() throws {
  try inTemporaryFolder { folder in
    let whole = try table(in: folder)
    #expect(whole.json["finished"] == .null)
    let run = try RunFile(folder / "a.run", whole.settings)
    try run.expect(3)
    #expect(try EvaluationTable(run).csv == whole.csv)
    #expect(try EvaluationTable(run).markdown == whole.markdown)
    try run.expect(4)
    let unfinished = try EvaluationTable(run)
    let sentence =
      "This run is unfinished: it has 3 of 4 pictures, and every number here is of these alone."
    #expect(unfinished.markdown == "**\(sentence)**\n\n" + whole.markdown)
    let lines = unfinished.csv.split(separator: "\n")
    #expect(lines[0].hasSuffix(",gain_count,unfinished"))
    #expect(lines[1] == "grad-cam,energy,0.5,0.25,0.75,2,0,,,,,,3 of 4 pictures")
    let json = unfinished.json
    #expect(json["pictures"] == 3 && json["expected"] == 4 && json["finished"] == false)
    let page = try EvaluationPage(run, unfinished) { _ in
      throw InputError("it", expected: "a picture", found: "none")
    }
    #expect(page.written.contains("</h1><p>\(sentence) 3 pictures"))
  }
}
