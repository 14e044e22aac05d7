import Fieldmark
import Testing

/// Heads whose honest estimates are given, and which are all alike with every other share.
private func heads(honest: [Double?], others: Double?, sure: Double?) -> [[MixedHeads.Finding]] {
  honest.map { estimate in
    MixedHeads.shares.map { share in
      share == 0
        ? .init(estimate: estimate, sure: estimate)
        : .init(estimate: others, sure: sure, isFoundByRule: sure != nil, truth: 2 * share)
    }
  }
}

@Test func ofTwentyHonestHeadsOneMayExceedTheThreshold() throws {
  let honest = (0..<20).map { Double($0) / 100 }
  let curve = try #require(PowerCurve(heads(honest: honest, others: 0.5, sure: 0.5), pairs: 2))
  #expect(curve.threshold == 0.18)
  #expect(curve.steps[0].found.share == 0.05)
  #expect(curve.steps[1].found.share == 1 && curve.auc == 1)
  #expect(curve.steps[3].truth == 2 * MixedHeads.shares[3])
}

@Test func ofFewerThanTwentyHeadsNoneMayExceedIt() throws {
  let curve = try #require(
    PowerCurve(heads(honest: [0.1, nil, 0.3], others: 0.2, sure: 0.2), pairs: 1))
  #expect(curve.threshold == 0.3)
  #expect(curve.steps.allSatisfy { $0.found.share == 0 })
  // Of nine pairs of an honest and a cheating head the cheating one is ahead in six.
  #expect(abs(curve.auc - 2.0 / 3) < 1e-9)
}

@Test func whatMayBeChanceIsNotFound() throws {
  let curve = try #require(
    PowerCurve(heads(honest: [0, 0.1], others: 0.9, sure: nil), pairs: 1))
  #expect(curve.steps[10].found.share == 0)
}

@Test func honestHeadsThatLoseMarginTheOtherWayHaveAThresholdOf0() throws {
  let curve = try #require(
    PowerCurve(heads(honest: [-0.4, -0.2], others: 0.1, sure: 0.1), pairs: 1))
  #expect(curve.threshold == 0 && curve.steps[1].found.share == 1)
}

@Test func ofNoHeadsThereIsNoCurve() { #expect(PowerCurve([], pairs: 0) == nil) }
