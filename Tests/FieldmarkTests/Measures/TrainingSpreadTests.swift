import Fieldmark
import Testing

/// Changes of some pictures by a head whose share is `share`, and by others whose shares are `again`.
private func changes(_ falls: [Double], margin: Double = 2, again: [Double]) -> [Reliance.Change] {
  falls.map { fall in
    .init(
      margin: margin, changed: margin - fall, compared: margin,
      again: again.map { .init(margin: 1, changed: 1 - $0, compared: 1) })
  }
}

@Test func anIntervalOverPicturesAndTrainingByHand() throws {
  // The falls are those of `aRelianceByHand`: a share of 1, with an error of 0.288675 over pictures and 2
  // degrees of freedom. Heads of shares 0.8, 0.9, 1, 1.1 and 1.2 have a variance of 0.025 with 4, and
  // twice that is 0.05. The sum is 0.133333, with
  // 0.133333^2 / (0.083333^2 / 2 + 0.05^2 / 4) = 4.338983 degrees of freedom, of which the quantile of
  // 0.975 is 2.692956 (`scipy.stats.t.ppf(0.975, 4.338983)`).
  let reliance = try #require(
    Reliance(of: changes([1, 2, 3], again: [0.8, 0.9, 1, 1.1, 1.2])))
  #expect(reliance.share == 1 && reliance.trainings == 5)
  let half = 2.692956 * 0.133333.squareRoot()
  #expect(abs(reliance.interval.upperBound - (1 + half)) < 1e-5)
  #expect(abs(reliance.interval.lowerBound - (1 - half)) < 1e-5)
  #expect(abs(reliance.intervalOverPictures.upperBound - (1 + 4.302653 * 0.288675)) < 1e-5)
}

@Test func withoutOtherHeadsAnIntervalIsThatOverPictures() throws {
  let falls = [1, 2, 3, 2.5]
  let alone = try #require(Reliance(of: changes(falls, again: [])))
  #expect(alone.trainings == 0 && alone.interval == alone.intervalOverPictures)
  let few = try #require(Reliance(of: changes(falls, again: [0.1, 0.5, 0.9, 2])))
  #expect(few == alone)
}

@Test func aTestOverPicturesDoesNotDependOnOtherHeads() throws {
  let falls = [1, 2, 3, 2.5]
  let alone = try #require(Reliance(of: changes(falls, again: [])))
  let with = try #require(Reliance(of: changes(falls, again: [0.1, 0.5, 0.9, 2, 1])))
  #expect(with.p == alone.p && with.share == alone.share && with.least == alone.least)
  #expect(with.interval.lowerBound < alone.interval.lowerBound)
}

/// Shares of heads scatter with 0.2, and those of pictures about the head's own with 0.5.
@Test func aNewHeadLiesInNineteenOfTwentyIntervals() {
  let held = (0..<400).count { world in
    var random = SplitMix(seed: 5, world)
    func head() -> Double { 0.6 + 0.2 * Double(random.normal()) }
    let own = head()
    let heads = (0..<20).map { _ in own - 0.6 + head() }
    let found = (0..<16).map { _ -> Reliance.Change in
      let noise = 0.5 * Double(random.normal())
      func change(_ share: Double) -> Reliance.Change {
        .init(margin: 1, changed: 1 - share - noise, compared: 1)
      }
      return .init(
        margin: 1, changed: 1 - own - noise, compared: 1, again: heads.map(change))
    }
    let other = head()
    return Reliance(of: found)?.interval.contains(other) ?? false
  }
  #expect((366...394).contains(held), "\(held)")
}

@Test func aHeadWithoutAMarginIsLeftOut() throws {
  var some = changes([1, 2, 3], again: [0.8, 0.9, 1, 1.1, 1.2])
  some = some.map { change in
    .init(
      margin: change.margin, changed: change.changed, compared: change.compared,
      again: change.again + [.init(margin: 0, changed: 1, compared: 2)])
  }
  #expect(try #require(Reliance(of: some)).trainings == 5)
}
