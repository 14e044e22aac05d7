import Fieldmark
import Testing

/// Where both directions are perfect, exchanging the mark turns the cheating part of a margin around: a head
/// with a share of s loses 2 s of its margin.
@Test func whatHeadsTrulyOweToAMarkIsTwiceTheirShare() throws {
  var sketch = SketchedRows()
  sketch.noise = 0.02
  for head in try MixedHeads(sketch.rows(), seed: 3).all {
    for (share, finding) in zip(MixedHeads.shares, head) {
      let (truth, estimate) = (finding.truth ?? .nan, finding.estimate ?? .nan)
      #expect(abs(truth - 2 * share) < 0.05 && abs(estimate - 2 * share) < 0.05, "\(share)")
    }
  }
}

@Test func heavilyMarkedHeadsAreFoundAndHonestOnesAreNot() throws {
  let heads = try (0..<4).map { pair in
    try MixedHeads(SketchedRows(seed: UInt64(pair)).rows(), seed: 7).all
  }
  #expect(heads.allSatisfy { $0.count == MixedHeads.divisions })
  let curve = try #require(PowerCurve(heads.flatMap { $0 }, pairs: heads.count))
  #expect(curve.steps[0].found.share <= 0.05)
  #expect(curve.steps[0].byRule.share <= 0.05)
  #expect(curve.steps[10].found.share == 1 && curve.steps[10].byRule.share == 1)
  #expect(curve.auc > 0.99)
  #expect(curve.threshold < 0.5)
}

/// A mark that is named at random is found in no more heads than honest ones are accused.
@Test func shuffledMarksAreFoundByChanceOnly() throws {
  let pairs = 40
  let heads = try (0..<pairs).map { pair in
    try MixedHeads(SketchedRows(seed: UInt64(pair)).rows().shuffled(seed: UInt64(pair)), seed: 7)
      .all
  }
  let curve = try #require(PowerCurve(heads.flatMap { $0 }, pairs: pairs))
  for step in curve.steps { #expect(step.found.share <= 0.1, "\(step.share)") }
}

@Test func picturesThatAreAllTheSameMakeNoHead() throws {
  let row = [Float](repeating: 0.3, count: 8)
  let rows = [[Float]](repeating: row, count: 12)
  let all = MarkedRows(
    isFirst: (0..<12).map { $0 < 6 }, clean: rows, marked: rows,
    changes: [.init("frame", rows.map { ($0, $0) })])
  #expect(try MixedHeads(all, seed: 0).all.isEmpty)
}

@Test func headsDependOnTheSeedAndOnNothingElse() throws {
  let rows = SketchedRows(noise: 1).rows()
  func estimates(_ seed: UInt64) throws -> [Double?] {
    try MixedHeads(rows, seed: seed).all.map { $0[5].estimate }
  }
  #expect(try estimates(1) == estimates(1))
  #expect(try estimates(1) != estimates(2))
}
