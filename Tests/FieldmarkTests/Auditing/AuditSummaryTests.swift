import Fieldmark
import Testing

private func inSummary(
  _ audit: SmallAudit, _ body: (AuditSummary) throws -> Void
) throws {
  try audit.run { try body(AuditSummary($0)) }
}

/// The draws of both pictures are 0, 1, ..., 98 and their double: the traits' sum, 24, has as much or
/// more in those from 8 on, 91 of 99.
@Test func theTraitsMeanHasItsRankAmongTheSetsMeans() throws {
  var audit = SmallAudit()
  let draws = (0..<99).map { Float($0) }
  audit.add(.init(value: 10, draws: draws))
  audit.add(.init(value: 14, draws: draws.map { 2 * $0 }))
  audit.add(.init(predicted: 2, value: 1000, draws: draws))
  try inSummary(audit) { summary in
    let judged = try #require(summary.pairs.first)
    #expect(judged.pair.pictures == 3 && judged.pair.right == 2, "what is wrong does not count")
    let found = try #require(judged.pair.agreement(.rank))
    #expect(found.p == 0.92 && found.value == 12)
    // 49 and 98.
    #expect(found.others == 73.5)
    #expect(judged.findings.sets == 99 && judged.findings.agreement == 0.92)
    #expect(judged.pair.traits == ["has_wing_color::red": 60] && judged.pair.lacking.isEmpty)
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
    #expect(summary.pairs.first?.pair.agreement(.rank)?.p == 0.5)
  }
}

@Test func picturesOfBothClassesMakeOnePair() throws {
  try inSummary(.mixed) { summary in
    #expect(summary.pairs.map { [$0.pair.first, $0.pair.second] } == [[0, 1], [0, 2]])
    let pair = try #require(summary.pairs.first?.pair)
    #expect(pair.pictures == 6 && pair.right == 6)
    #expect(pair.traits == ["has_wing_color::red": 60])
    #expect(pair.lacking == ["has_bill_shape::hooked": 59, "has_tail_shape::forked": 58])
    #expect(pair.nuisances == ["background", "color"])
    #expect(summary.classes.map(\.label) == [0, 1, 2])
    #expect(summary.classes.map(\.rivals) == [[1], [0], [0]])
    #expect(summary.failures == ["gone.png: expected a picture, found <nothing>."])
  }
}

@Test func everyKindOfVerdictIsReached() throws {
  try inSummary(.everyKind) { summary in
    #expect(
      summary.pairs.map(\.verdict.kind) == [.traits, .both, .others, .open, .unjudged])
    #expect(Verdict.Kind.allCases.map(summary.count) == [1, 1, 1, 1, 1])
    #expect(
      summary.pairs[1].verdict.nuisances == [
        "the background", "the tint or brightness of the picture",
      ])
    #expect(summary.pairs[2].verdict.nuisances == ["the background"])
    #expect(summary.pairs[4].verdict.reason == .words(0.5))
    #expect(summary.worstFirst.map(\.verdict.kind) == [.others, .both, .open, .unjudged, .traits])
    #expect(
      summary.othersThatDecide.map(\.phrase) == [
        "the background", "the tint or brightness of the picture",
      ])
    #expect(summary.othersThatDecide.map(\.pairs) == [2, 1])
    #expect(
      summary.sentence
        == "In 1 of 4 pairs of classes that can be judged, the classifier goes by the listed traits and by "
        + "nothing else that was tried. What else decides: the background (2 pairs), the tint or brightness of "
        + "the picture (1 pair).")
  }
}

/// Each of the pictures 0, 1, 2 has 0.02 of the margin less, none or more.
@Test func theExamplesAreThoseThatTheDecidingChangeMovesMostAndLeast() throws {
  try inSummary(.everyKind) { summary in
    // Numbers 0, 3 and 6 have the largest fall, 2 and 5 the least.
    #expect(summary.pairs[0].examples == [6, 2])
    for judged in summary.pairs {
      let ps = judged.examples.map { $0 % 3 }
      #expect(ps == [0, 2], "\(judged.examples)")
    }
  }
}

@Test func withoutChangesVerdictsRestOnMaps() throws {
  try inSummary(SmallAudit.everyKind.quick) { summary in
    #expect(summary.pairs.map(\.verdict.kind) == [.traits, .traits, .open, .traits, .unjudged])
    #expect(summary.pairs.allSatisfy { $0.examples.isEmpty && !$0.findings.hasChanges })
    #expect(summary.pairs.allSatisfy { $0.findings.power == nil })
  }
}

@Test func aPairWithoutNumbersCannotBeJudged() throws {
  var audit = SmallAudit()
  for _ in 0..<3 { audit.add(.init(value: nil)) }
  for _ in 0..<3 { audit.add(.init(label: 1, rival: 2, traits: [])) }
  for _ in 0..<3 { audit.add(.init(label: 2, rival: 0, predicted: 0, changes: [:])) }
  try inSummary(audit) { summary in
    #expect(
      summary.pairs.map(\.verdict.reason) == [.words(1), .wrong(3, of: 3), .noTrait])
    #expect(summary.pairs[1].examples.isEmpty)
  }
}

/// Of class 1 nothing is listed in its third attribute; class 2 is never right.
@Test func cellsHaveTheMeanOfPicturesThatAreRight() throws {
  try inSummary(.mixed) { summary in
    let first = try #require(summary.cells[0])
    #expect(first.map(\.value) == [0.5, 0.2, 0.1].map { Double(Float($0)) })
    #expect(first.map(\.listed) == [4, 0, 0])
    #expect(try #require(summary.cells[1]).map(\.listed) == [0, 2, 2])
    let third = try #require(summary.cells[2])
    #expect(third.allSatisfy { $0.value == nil && $0.listed == 0 })
  }
}

@Test func withoutPhrasesNamesAreSaid() throws {
  var audit = SmallAudit()
  audit.phrases = []
  audit.add()
  try inSummary(audit) { #expect($0.attributes[1].phrase == "has_bill_shape::hooked") }
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
    #expect(finished.text == whole.text && finished.text.hasPrefix(whole.sentence))
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
    #expect(lines[0].hasSuffix(",mirror_rate,unfinished"))
    #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",8 of 60 pictures") })
  }
}

@Test func marginsThatAreNextToNothingGiveNoShare() throws {
  var audit = SmallAudit()
  for number in 0..<4 {
    audit.add(.init(margin: 1e-300, changes: [:]))
    audit.records[number].numbers.append(
      .init(map: "changes", measure: "background", value: -1e8, counts: [1e8]))
  }
  try inSummary(audit) { summary in
    #expect(summary.pairs.first?.pair.reliance("background") == nil)
  }
}
