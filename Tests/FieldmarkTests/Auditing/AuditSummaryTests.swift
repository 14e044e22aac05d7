import Fieldmark
import Testing

private func inSummary(
  _ audit: SmallAudit, _ body: (AuditSummary) throws -> Void
) throws {
  try audit.run { try body(AuditSummary($0)) }
}

/// The draws of both pictures are 0, 1, ..., 98 and their double: the traits' sum, 24, has as much or
/// more in those from 8 on, 91 of 99.
@Test func theTraitsMeanHasItsRankAmongTheDrawsMeans() throws {
  var audit = SmallAudit()
  let draws = (0..<99).map { Float($0) }
  audit.add(.init(value: 10, draws: draws))
  audit.add(.init(value: 14, draws: draws.map { 2 * $0 }))
  audit.add(.init(predicted: 2, value: 1000, draws: draws))
  try inSummary(audit) { summary in
    let group = try #require(summary.classes.first?.group)
    #expect(group.pictures == 3 && group.right == 2, "what is wrong does not count")
    #expect(group.p(.absent) == 0.92)
    // 10 - 49 and 14 - 98.
    #expect(group.score.count == 2 && group.score.mean == -61.5)
    #expect(group.traits == ["has_wing_color::red": 2])
    #expect(group.verdicts == [.wrong: 1, .thing: 2])
    let inside = try #require(group.inside)
    #expect(abs(inside - 0.1) < 1e-6)
    #expect(summary.classes.first?.verdict == .thing)
    #expect(summary.pictures == 3 && summary.right == 2)
  }
}

@Test func drawsOfAnotherCountAreLeftOut() throws {
  var audit = SmallAudit()
  audit.add(.init(value: 1, draws: [0, 2, 0]))
  audit.add(.init(value: 1, draws: [0, 2]))
  audit.add(.init(value: 1, draws: [0, .nan, 0]))
  audit.add(.init(value: .infinity, draws: [0, 0, 0]))
  try inSummary(audit) { summary in
    #expect(summary.classes.first?.group.p(.absent) == 0.5)
  }
}

@Test func aGroupWithoutNumbersHasNone() throws {
  var audit = SmallAudit()
  audit.add(.init(value: nil))
  audit.add(.init(label: 1, rival: 0, traits: []))
  audit.add(.init(label: 2, rival: 0, predicted: 0))
  try inSummary(audit) { summary in
    #expect(summary.classes.map(\.verdict) == [.undecided, .noTrait, .wrong])
    #expect(summary.classes.allSatisfy { $0.rate == nil && $0.group.score.mean == nil })
    #expect(summary.score.mean == nil && summary.worst.isEmpty)
  }
}

/// Two of three classes have a p, 0.01 and 1: their rates are 0.02 and 1.
@Test func verdictsGoByTheRateAmongClasses() throws {
  try inSummary(.mixed) { summary in
    #expect(summary.classes.map { $0.group.p(.absent) } == [0.01, 1, nil])
    #expect(summary.classes.map(\.rate) == [0.02, 1, nil])
    #expect(summary.classes.map(\.verdict) == [.traits, .away, .wrong])
    #expect(Verdict.allCases.map(summary.count) == [1, 0, 1, 1, 0, 0])
    #expect(summary.worst.map(\.group.label) == [1, 0])
    let mean = try #require(summary.classes[0].group.score.mean)
    #expect(abs(mean - 0.45) < 1e-6)
    #expect(summary.failures == ["gone.png: expected a picture, found <nothing>."])
    #expect(summary.pairs.map { [$0.group.label, $0.group.rival] } == [[0, 1], [1, 0], [2, 0]])
  }
}

/// Of class 1 the hooked bill has 0 and the forked tail -0.1, below the red wings' 0.1, which neither
/// class has, and that is one of itself: p is 1. Of class 0 red wings are above both others: 1 of 3.
@Test func cellsHaveTheirRankAmongAbsentAttributes() throws {
  try inSummary(.mixed) { summary in
    let first = try #require(summary.cells[0])
    #expect(first.map(\.value) == [0.5, 0.2, 0.1].map { Double(Float($0)) })
    #expect(first.map(\.listed) == [4, 0, 0])
    #expect(first.map(\.p) == [1.0 / 3, 2.0 / 3, 1])
    let second = try #require(summary.cells[1])
    #expect(second.map(\.p) == [1, 1, 1] && second.map(\.listed) == [0, 2, 2])
    let third = try #require(summary.cells[2])
    #expect(third.allSatisfy { $0.value == nil && $0.p == nil }, "it is never right")
    #expect(
      summary.neverLookedAt.map(\.phrase) == ["red wings", "a <hooked> bill", "a forked tail"])
  }
}

@Test func anAttributeAboveAllAbsentOnesIsLookedAt() throws {
  var audit = SmallAudit()
  audit.attributes = (0..<20).map { "fin::\($0)" }
  audit.phrases = []
  audit.add(
    .init(
      traits: [0], cells: (0..<20).map { $0 == 0 ? 0.9 : Float($0) / 100 },
      absent: (1..<20).map { Float($0) }))
  try inSummary(audit) { summary in
    #expect(summary.cells[0]?[0].p == 0.05 && summary.neverLookedAt.isEmpty)
    #expect(summary.attributes[3].phrase == "fin::3", "without phrases names are said")
  }
}

@Test func runsOfOtherCommandsAreRefused() throws {
  try inTemporaryFolder { folder in
    let path = folder / "other.run"
    let run = try RunFile(path, RunSettings([.init("command", "evaluate")]))
    let error = #expect(throws: InputError.self) { try AuditSummary(run) }
    #expect(
      "\(try #require(error))"
        == "\(path): expected a run of 'fieldmark audit', found one of 'evaluate'.")
  }
}

@Test func anUnfinishedAuditSaysSoFirst() throws {
  try SmallAudit.mixed.run { run in
    let whole = try AuditSummary(run)
    #expect(whole.json["finished"] == .null && whole.json["expected"] == .null)
    try run.expect(8)
    let finished = try AuditSummary(run)
    #expect(finished.text == whole.text && finished.text.hasPrefix("3 classes, 7 pictures"))
    #expect(finished.csv == whole.csv && finished.json["finished"] == true)
    try run.expect(60)
    let summary = try AuditSummary(run)
    #expect(
      summary.text
        == "This run is unfinished: it has 8 of 60 pictures, and every number here is of these alone.\n\n"
        + whole.text)
    #expect(summary.json["pictures"] == 7 && summary.json["expected"] == 60)
    #expect(summary.json["finished"] == false)
    let lines = summary.csv.split(separator: "\n")
    #expect(lines[0].hasSuffix(",pictures,right,unfinished"))
    #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",8 of 60 pictures") })
  }
}
