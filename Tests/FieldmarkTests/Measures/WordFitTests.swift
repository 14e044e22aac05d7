import Fieldmark
import Testing

@Test func wordsThatAlwaysScoreHigherOnTheirOwnClassFitByOne() throws {
  let fit = try #require(WordFit(own: [3, 4, 5], others: [0, 1, 2]))
  #expect(fit.auc == 1)
  // Wilson's interval of 3 of 3: `statsmodels.stats.proportion.proportion_confint(3, 3,
  // method="wilson")` gives 0.438494.
  #expect(abs(fit.interval.lowerBound - 0.438494) < 1e-5)
  #expect(fit.interval.upperBound == 1)
  #expect(!fit.isSufficient(mark: 0.95))
}

@Test func equalScoresCountHalf() throws {
  // Of four pairs one is won, one is lost and two are equal.
  let fit = try #require(WordFit(own: [1, 2], others: [1, 2]))
  #expect(fit.auc == 0.5)
  let constant = try #require(WordFit(own: [7, 7, 7], others: [7, 7]))
  #expect(constant.auc == 0.5)
}

@Test func theAreaIsTheReferences() throws {
  // `sklearn.metrics.roc_auc_score([1, 1, 1, 1, 0, 0, 0], [0.9, 0.4, 0.35, 0.8, 0.1, 0.4, 0.7])`
  // gives 0.708333.
  let fit = try #require(WordFit(own: [0.9, 0.4, 0.35, 0.8], others: [0.1, 0.4, 0.7]))
  #expect(abs(fit.auc - 0.708333) < 1e-6)
  #expect(fit.pictures == 3)
}

@Test func enoughPicturesMakeKnownWordsSufficient() throws {
  let own = (0..<6).map { 10 + Double($0) }
  let others = (0..<6).map { Double($0) }
  #expect(try #require(WordFit(own: own, others: others)).isSufficient(mark: 0.95))
  #expect(!(try #require(WordFit(own: others, others: own)).isSufficient(mark: 0.95)))
}

@Test func aClassWithoutPicturesHasNoFit() {
  #expect(WordFit(own: [], others: [1]) == nil)
  #expect(WordFit(own: [1], others: [.nan]) == nil)
}
