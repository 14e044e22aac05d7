import Fieldmark
import Testing

@Test func aValueAboveAllControlsIsOneOfAll() {
  #expect(Chance.p(of: 3, among: [0, 1, 2]) == 0.25)
  #expect(Chance.p(of: 1, among: [0, 1, 2]) == 0.75, "as much counts")
  #expect(Chance.p(of: 1, among: []) == 1)
}

/// One of its own kind has every rank equally often.
@Test func chanceIsUniformWhereThereIsNothingToFind() {
  let ps = (0..<2000).map { draw -> Double in
    var random = SplitMix(seed: 3, draw)
    return Chance.p(
      of: Double(random.unit()), among: (0..<19).map { _ in Double(random.unit()) })
  }
  for bound in [0.05, 0.25, 0.5, 0.9] {
    let share = Double(ps.count { $0 <= bound + 1e-9 }) / Double(ps.count)
    // Three deviations of a share of 2000.
    #expect(abs(share - bound) < 3 * (bound * (1 - bound) / 2000).squareRoot())
  }
}

/// (`statsmodels.stats.multitest.multipletests(p, method="fdr_bh")[1]` is the same formula; by hand.)
@Test func ratesOfFalseDiscoveriesRiseWithTheirPlace() {
  let rates = Chance.falseDiscoveryRates([0.04, 0.01, 0.03, 0.5])
  let expected = [0.04 * 4 / 3, 0.04, 0.04 * 4 / 3, 0.5]
  for (rate, expected) in zip(rates, expected) { #expect(abs(rate - expected) < 1e-12) }
  #expect(Chance.falseDiscoveryRates([]).isEmpty)
  #expect(Chance.falseDiscoveryRates([1, 1]) == [1, 1])
}
