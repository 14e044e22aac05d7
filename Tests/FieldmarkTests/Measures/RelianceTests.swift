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

@Test func theErrorOfAnAmountWidensTheIntervalByHand() throws {
  // As in the first test, with the amount one error larger or smaller the falls are by 0.4 more or by 0.2
  // less: shares of 1.2 and 0.9 instead of 1, so that the variance is (0.04 + 0.01) / 2 = 0.025, with one
  // degree of freedom. With 1 / 12 of the pictures and two degrees the sum is 0.108333, and
  // 0.108333^2 / (0.083333^2 / 2 + 0.025^2 / 1) = 2.864407 degrees.
  let changes = [1.0, 2, 3].map { fall in
    Reliance.Change(
      margin: 2, changed: 2 - fall, compared: 2, byOtherAmounts: [2 - fall - 0.4, 2 - fall + 0.2])
  }
  let reliance = try #require(Reliance(of: changes))
  // `scipy.stats.t.ppf(0.975, 2.864407) * 0.108333 ** 0.5` = 1.076089
  let half = (reliance.interval.upperBound - reliance.interval.lowerBound) / 2
  #expect(abs(half - 1.076089) < 1e-4)
  #expect(reliance.share == 1 && abs(reliance.p - 0.037090) < 1e-6)
}

/// The amount is estimated once from some pictures and is the same for all that are changed.
@Test func intervalsHoldWhereTheAmountIsEstimated() {
  func held(amounts: Bool) -> Int {
    (0..<400).count { draw in
      var random = SplitMix(seed: 5, draw)
      // Classes differ by 1; the estimate has an error of 0.3, and pictures lose 0.6 for each unit.
      let amount = 1 + 0.3 * Double(random.normal())
      let changes = (0..<16).map { _ -> Reliance.Change in
        let noise = 0.2 * Double(random.normal())
        func changed(_ amount: Double) -> Double { 1 - 0.6 * amount + noise }
        return .init(
          margin: 1, changed: changed(amount), compared: 1,
          byOtherAmounts: amounts ? [changed(amount + 0.3), changed(amount - 0.3)] : [])
      }
      return Reliance(of: changes)?.interval.contains(0.6) ?? false
    }
  }
  #expect((365...396).contains(held(amounts: true)))
  #expect(held(amounts: false) < 300)
}
