import Fieldmark
import Testing

private func group(_ margins: [Double], others: [Double] = []) -> MarginGroup {
  MarginGroup(margins.map { [$0] + others })!
}

@Test func aComparisonOfMeansByHand() throws {
  // Means of 1 and 4, variances of 1 and 4, of 3 and 4 pictures: the share is 3 / 4, and the variance of the
  // difference is 1/3 + 1 = 4/3. Welch's t is 3 / 1.154701 with 4.571429 degrees of freedom
  // (`scipy.stats.ttest_ind([2.735089, 4.632456, 2.102633, 6.529822], [0, 1, 2], equal_var=False,
  // alternative="greater")`: p = 0.026370).
  let changed = group([0, 1, 2])
  let compared = MarginGroup(count: 4, mean: 4, variance: 4, below: 0)
  let reliance = try #require(Reliance(comparing: [.init(changed: changed, compared: compared)]))
  #expect(reliance.share == 0.75 && reliance.pictures == 3 && reliance.flips == 0)
  #expect(abs(reliance.p - 0.026370) < 1e-6)
  // The variance of the share is (1/3 + 1/16 * 1) / 16, as B counts by 1 - r = 1/4 only.
  let (ofChanged, ofCompared) = (1.0 / 48, 1.0 / 256)
  let variance = ofChanged + ofCompared
  let squares = ofChanged * ofChanged / 2 + ofCompared * ofCompared / 3
  let t = StudentT(freedom: variance * variance / squares)
  let half = t.quantile(0.975) * variance.squareRoot()
  #expect(abs(reliance.interval.upperBound - (0.75 + half)) < 1e-12)
}

@Test func twoGroupsAsOneHaveTheNumbersOfAllPictures() {
  let (a, b) = ([1, 2, 5, -1.0], [3, -2.0])
  let both = group(a, others: [2]) + group(b, others: [5])
  let whole = group(a + b)
  #expect(both.count == 6 && abs(both.mean - whole.mean) < 1e-12)
  #expect(abs(both.variance - whole.variance) < 1e-12 && abs(both.below - whole.below) < 1e-12)
  #expect(both.others == [3])
}

@Test func aComparisonOfMeansFindsWhatTwinsShow() throws {
  var (inside, sure) = (0, 0)
  for world in 0..<200 {
    var random = SplitMix(seed: 9, world)
    func bird() -> Double { 4 + Double(random.normal()) }
    func after(_ margin: Double) -> Double { 0.4 * margin + 0.5 * Double(random.normal()) }
    let twins = (0..<20).map { _ -> Reliance.Change in
      let margin = bird()
      return .init(margin: margin, changed: after(margin), compared: margin)
    }
    let paired = try #require(Reliance(of: twins))
    let groups = try #require(
      Reliance(comparing: [
        .init(
          changed: group((0..<20).map { _ in after(bird()) }),
          compared: group((0..<20).map { _ in bird() }))
      ]))
    if groups.interval.contains(0.6) { inside += 1 }
    if groups.interval.contains(paired.share) { sure += 1 }
    #expect(groups.p < 0.001 && paired.p < 0.001)
  }
  #expect((180...198).contains(inside), "\(inside)")
  #expect(sure >= 175, "\(sure)")
}

@Test func bothClassesOfAPairCountByTheirChangedPictures() throws {
  let some = MarginGroup(count: 10, mean: 4, variance: 1, below: 0)
  let reliance = try #require(
    Reliance(comparing: [
      .init(changed: MarginGroup(count: 30, mean: 2, variance: 1, below: 0.1), compared: some),
      .init(changed: MarginGroup(count: 10, mean: 4, variance: 1, below: 0), compared: some),
    ]))
  #expect(reliance.share == 0.375 && reliance.pictures == 40)
  #expect(abs(reliance.flips - 0.075) < 1e-12)
}

@Test func headsThatAreTrainedAgainWidenAComparisonOfMeans() throws {
  // The first of the others are the words; five heads follow.
  func groups(_ shares: [Double]) -> [Reliance.Groups] {
    [
      .init(
        changed: group([1, 2, 1.5, 1.2], others: [9] + shares.map { 1 - $0 }),
        compared: group([4, 5, 4.5], others: [9] + shares.map { _ in 1 }))
    ]
  }
  let alone = try #require(Reliance(comparing: groups([])))
  let again = try #require(Reliance(comparing: groups([0.2, 0.4, 0.6, 0.8, 1])))
  #expect(alone.trainings == 0 && again.trainings == 5)
  #expect(again.intervalOverPictures == alone.interval && again.p == alone.p)
  #expect(again.interval.lowerBound < alone.interval.lowerBound)
}

@Test func groupsOfTooFewPicturesTellNothing() {
  let few = group([1, 2])
  let enough = group([4, 5, 6])
  #expect(Reliance(comparing: [.init(changed: few, compared: enough)]) == nil)
  #expect(Reliance(comparing: [.init(changed: enough, compared: few)]) == nil)
  #expect(Reliance(comparing: [.init(changed: enough, compared: group([-4, -5, -6]))]) == nil)
  #expect(Reliance(comparing: []) == nil)
}
