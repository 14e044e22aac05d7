import Fieldmark
import Testing

private func settings(_ shard: String, model: String = "demo") -> RunSettings {
  RunSettings([.init("model", .string(model)), .init("shard", .string(shard))])
}

private func record(_ number: Int, failure: String? = nil) -> RunRecord {
  var record = RunRecord(number: number, path: "\(number).png", label: 0)
  record.failure = failure
  if failure == nil {
    record.maps = [.init(name: "grad-cam", grid: Matrix([[1, Float(number)]]))]
    record.numbers = [.init(map: "grad-cam", measure: "energy", value: Double(number))]
    record.curves = [
      .init(
        map: "grad-cam", measure: "deletion",
        .init(shares: [0, 1], target: [1, 0], rival: [0, 0]))
    ]
  }
  return record
}

private func refusal(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch { return "\(error)" }
}

@Test func partsOfARunAreJoinedWithAllThatTheyHave() throws {
  try inTemporaryFolder { folder in
    let (one, two) = (folder / "1.run", folder / "2.run")
    do {
      let first = try RunFile(one, settings("1/2"))
      try first.expect(300)
      try first.add((0..<300).map { record(2 * $0) })
      let second = try RunFile(two, settings("2/2"))
      try second.expect(2)
      try second.add([record(1), record(3, failure: "3.png: expected a picture, found none.")])
    }
    let merging = try RunMerging([one, two])
    #expect(merging.missing.isEmpty)
    let (run, twice) = try merging.write(to: folder / "all.run")
    #expect(twice == 0)
    #expect(try run.done().count == 302 && run.expected() == 302)
    #expect(run.settings == settings("1/1"))
    #expect(try run.numbers(of: 598) == record(598).numbers)
    #expect(try run.maps(of: 1) == record(1).maps && run.curves(of: 1) == record(1).curves)
    #expect(try run.picture(3)?.failure == "3.png: expected a picture, found none.")
    // The words of the whole run go on with it.
    #expect(try RunFile(folder / "all.run", settings("1/1")).done().count == 302)
  }
}

@Test func whatIsMissingIsSaid() throws {
  try inTemporaryFolder { folder in
    let paths = [folder / "2.run", folder / "4.run"]
    for (index, path) in paths.enumerated() {
      let run = try RunFile(path, settings("\(2 * index + 2)/4"))
      try run.expect(3)
      try run.add(record(index))
    }
    let missing = try RunMerging(paths).missing
    #expect(
      missing == [
        "2 of 4 parts: 1/4, 3/4", "2 of 3 pictures of \(paths[0])",
        "2 of 3 pictures of \(paths[1])",
      ])
  }
}

@Test func ofAPictureThatTwoHaveTheOneThatSucceededCounts() throws {
  try inTemporaryFolder { folder in
    let (one, two) = (folder / "1.run", folder / "2.run")
    try RunFile(one, settings("1/1")).add([record(7, failure: "gone"), record(8)])
    try RunFile(two, settings("1/1")).add([record(7), record(8, failure: "gone")])
    let (run, twice) = try RunMerging([one, two]).write(to: folder / "all.run")
    #expect(twice == 2)
    #expect(try run.picture(7)?.failure == nil && run.picture(8)?.failure == nil)
    #expect(try run.numbers(of: 7) == record(7).numbers)
  }
}

@Test func runsThatDoNotBelongTogetherAreRefused() throws {
  try inTemporaryFolder { folder in
    let (one, two, three) = (folder / "1.run", folder / "2.run", folder / "3.run")
    _ = try RunFile(one, settings("1/2"))
    _ = try RunFile(two, settings("2/2", model: "other"))
    _ = try RunFile(three, settings("3/x"))
    #expect(
      refusal { _ = try RunMerging([one, two]) }
        == "\(two): expected a run with model \"demo\", found model \"other\"; write a run "
        + "with other settings to another file.")
    #expect(
      refusal { _ = try RunMerging([three]) }
        == "\(three), its shard: expected a part such as 3/8, the third of eight, found '3/x'.")
    _ = try RunFile(folder / "4.run", settings("1/3"))
    #expect(
      refusal { _ = try RunMerging([one, folder / "4.run"]) }
        == "\(one): expected parts with the same total, such as 1/2 and 2/2, found 1/2, 1/3.")
  }
}

@Test func aJoinedRunRemembersWhereTheFirstsPicturesWere() throws {
  try inTemporaryFolder { folder in
    let paths = (1...3).map { folder / Fieldmark.Path("\($0).run") }
    for (index, place) in ["birds", "elsewhere", "birds"].enumerated() {
      try RunFile(paths[index], settings("\(index + 1)/3")).remember(folder: Fieldmark.Path(place))
    }
    let merging = try RunMerging(paths)
    #expect(merging.folders == ["birds", "elsewhere"])
    #expect(try merging.write(to: folder / "all.run").run.folder() == "birds")
  }
}

@Test func aJoinedRunKnowsWhichPartsItHas() throws {
  try inTemporaryFolder { folder in
    let paths = (1...4).map { folder / Fieldmark.Path("\($0).run") }
    for (index, path) in paths.enumerated() {
      let run = try RunFile(path, settings("\(index + 1)/4"))
      try run.expect(2)
      try run.add([record(index), record(index + 4)])
    }
    func joined(_ some: [Fieldmark.Path], _ name: String) throws -> RunExtent {
      try RunMerging(some).write(to: folder / Fieldmark.Path(name)).run.extent()
    }
    let half = try joined(Array(paths[..<2]), "a.run")
    #expect(half == RunExtent(done: 4, expected: nil, missingParts: ["3/4", "4/4"]))
    // Joined one after the other, or as runs that were joined themselves.
    #expect(try joined([paths[3]], "a.run").missingParts == ["3/4"])
    #expect(try joined([paths[2]], "a.run") == RunExtent(done: 8, expected: 8))
    _ = try joined(Array(paths[..<2]), "b.run")
    _ = try joined(Array(paths[2...]), "c.run")
    let both = [folder / "b.run", folder / "c.run"]
    #expect(try RunMerging(both).missing == [])
    #expect(try joined(both, "d.run") == RunExtent(done: 8, expected: 8))
    // The same words without --shard say how many there are to be.
    let run = try RunFile(folder / "b.run", settings("1/1"))
    try run.expect(8)
    #expect(try run.extent() == RunExtent(done: 4, expected: 8))
  }
}

@Test func countsThatNoDatasetHasAreNotAdded() throws {
  try inTemporaryFolder { folder in
    let paths = [folder / "1.run", folder / "2.run"]
    for (index, path) in paths.enumerated() {
      try RunFile(path, settings("\(index + 1)/2")).expect(.max)
    }
    let extent = try RunMerging(paths).write(to: folder / "all.run").run.extent()
    #expect(extent == RunExtent(done: 0, expected: nil))
  }
}
