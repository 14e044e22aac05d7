import Auditing

/// How many heads of each share are found, and the threshold by which they are.
package struct PowerCurve: Sendable {
  /// The estimate that at most one of twenty honest heads exceeds.
  package let threshold: Double
  package let auc: Double
  package let steps: [Calibration.Step]

  /// What honest heads truly owe to the mark.
  package var honestTruth: Double { steps.first?.truth ?? 0 }

  /// Of heads that were mixed in all shares; nil of none.
  package init?(_ heads: [[MixedHeads.Finding]], pairs: Int) {
    guard let honest = heads.first.map({ _ in heads.compactMap(\.first) }), !honest.isEmpty else {
      return nil
    }
    // A head whose reliance cannot be told seems to rely on nothing.
    let estimates = honest.map { $0.estimate ?? 0 }.sorted(by: >)
    let allowed = Int(Calibration.falseAlarms * Double(estimates.count))
    let threshold = max(0, estimates[allowed])
    self.threshold = threshold
    auc = PowerCurve.auc(heads.compactMap { $0.last?.estimate ?? 0 }, estimates)
    steps = MixedHeads.shares.indices.map { place in
      let all = heads.map { $0[place] }
      func rate(_ isFound: (MixedHeads.Finding) -> Bool) -> Calibration.Rate {
        .init(Double(all.count(where: isFound)) / Double(all.count), ofPairs: pairs)
      }
      return .init(
        share: MixedHeads.shares[place], truth: PowerCurve.middle(all.compactMap(\.truth)),
        estimate: PowerCurve.middle(all.compactMap(\.estimate)),
        found: rate { ($0.sure ?? 0) > threshold }, byRule: rate(\.isFoundByRule))
    }
  }

  private static func middle(_ numbers: [Double]) -> Double? {
    let sorted = numbers.sorted()
    return sorted.isEmpty ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// The share of pairs in which the first is larger; where both are equal, half.
  private static func auc(_ cheating: [Double], _ honest: [Double]) -> Double {
    var wins = 0.0
    for a in cheating { for b in honest { wins += a > b ? 1 : a == b ? 0.5 : 0 } }
    return wins / Double(max(1, cheating.count * honest.count))
  }
}
