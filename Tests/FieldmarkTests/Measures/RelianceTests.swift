import Fieldmark
import Testing

private func changes(_ falls: [Double], margin: Double = 2) -> [Reliance.Change] {
  falls.map { .init(margin: margin, changed: margin - $0, compared: margin) }
}

@Test func aRelianceByHand() throws {
  // Falls of 1, 2 and 3 of margins of 2: the mean fall is 2, all of the margin. Their deviation is 1,
  // so that the mean's is 1 / sqrt(3) = 0.57735, of the margin 0.288675; t is 3.4641 with 2 degrees of
  // freedom (`scipy.stats.ttest_1samp([1, 2, 3], 0, alternative="greater")`: p = 0.037090).
  let reliance = try #require(Reliance(of: changes([1, 2, 3])))
  #expect(reliance.share == 1)
  #expect(abs(reliance.p - 0.037090) < 1e-6)
  // 4.302653 is the quantile of 0.975.
  #expect(abs(reliance.interval.lowerBound - (1 - 4.302653 * 0.288675)) < 1e-5)
  #expect(reliance.flips == 1.0 / 3)
  #expect(reliance.pictures == 3)
}

@Test func whatTheComparisonTakesAwayIsNoReliance() throws {
  let seams = (1...5).map { number in
    Reliance.Change(margin: 4, changed: 1 + Double(number), compared: 1 + Double(number))
  }
  let reliance = try #require(Reliance(of: seams))
  #expect(reliance.share == 0 && reliance.p == 1 && reliance.flips == 0)
}

@Test func aChangeInTheOtherDirectionIsNotFound() throws {
  let reliance = try #require(Reliance(of: changes([-1, -2, -1.5, -1])))
  #expect(reliance.share < 0 && reliance.p > 0.99)
}

@Test func pIsUniformWhereNothingChanges() {
  let ps = (0..<400).compactMap { draw -> Double? in
    var random = SplitMix(seed: 3, draw)
    return Reliance(of: changes((0..<8).map { _ in Double(random.normal()) }))?.p
  }
  for bound in [0.05, 0.25, 0.5, 0.75] {
    let share = Double(ps.count { $0 <= bound }) / 400
    #expect(abs(share - bound) < 3 * (bound * (1 - bound) / 400).squareRoot())
  }
}

/// The share is a ratio: margins that differ from picture to picture must widen its interval no more
/// than they have to.
@Test func theIntervalOfAShareHoldsItInNineteenOfTwentyWorlds() {
  let held = (0..<400).count { draw in
    var random = SplitMix(seed: 4, draw)
    let changes = (0..<16).map { _ -> Reliance.Change in
      let margin = 3 + Double(random.normal())
      let fall = 0.6 * margin + 0.8 * Double(random.normal())
      return .init(margin: margin, changed: margin - fall, compared: margin)
    }
    return Reliance(of: changes)?.interval.contains(0.6) ?? false
  }
  #expect((365...396).contains(held))
}

@Test func fewPicturesAndNoMarginTellNothing() {
  #expect(Reliance(of: changes([1, 1])) == nil)
  #expect(Reliance(of: changes([1, 1, 1], margin: -1)) == nil)
  #expect(Reliance(of: changes([1, .nan, 1])) == nil)
  #expect(Reliance(of: []) == nil)
}

@Test func theLeastShareThatIsFoundFallsWithThePictures() throws {
  func least(_ count: Int) throws -> Double {
    try #require(Reliance(of: changes((0..<count).map { $0 % 2 == 0 ? 0.5 : -0.5 }))).least
  }
  #expect(try least(6) > least(12))
  #expect(try least(12) > least(48))
}
