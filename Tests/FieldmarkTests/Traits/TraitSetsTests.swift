import Fieldmark
import Testing

/// Twelve classes of sixty attributes each, of which each class has a few.
private let table: ClassAttributes = {
  var random = SplitMix(seed: 9)
  let values = (0..<12 * 60).map { _ in random.unit() < 0.3 ? Float(80 + random.below(20)) : 0 }
  return ClassAttributes(
    (0..<60).map { Attribute("group\($0 / 2)::\($0)") }, Matrix(rows: 12, columns: 60, values))
}()

private func sets(seed: UInt64 = 1) -> TraitSets {
  TraitSets(table, AttributeChoice(), AttributeWords(of: table.attributes), seed: seed)
}

@Test func setsOfOtherPairsHaveTheSizeOfTheOwnAndNothingInCommonWithIt() {
  for pair in [(0, 1), (4, 9), (11, 3)] {
    let own = sets().of(pair.0, against: pair.1)
    let others = sets().others(than: pair.0, against: pair.1)
    #expect(!others.isEmpty)
    #expect(Set(others).count == others.count)
    for set in others {
      #expect(set.own.count == own.own.count && set.lacking.count == own.lacking.count)
      #expect(Set(set.own + set.lacking).isDisjoint(with: own.own + own.lacking))
    }
  }
}

@Test func bothClassesOfAPairHaveTheSameSetsTurnedAround() {
  let sets = sets()
  #expect(sets.others(than: 2, against: 7) == sets.others(than: 7, against: 2).map(\.reversed))
  #expect(sets.of(2, against: 7) == sets.of(7, against: 2).reversed)
}

@Test func setsAreDrawnByTheSeed() {
  #expect(sets().others(than: 2, against: 7) == sets().others(than: 2, against: 7))
  #expect(sets().others(than: 2, against: 7) != sets(seed: 2).others(than: 2, against: 7))
}

@Test func classesThatAreAlikeHaveNoSet() {
  let alike = ClassAttributes(
    [Attribute("a::1"), Attribute("a::2")], Matrix(rows: 2, columns: 2, [90, 0, 90, 0]))
  let sets = TraitSets(alike, AttributeChoice(), AttributeWords(of: alike.attributes), seed: 0)
  #expect(sets.of(0, against: 1).isEmpty)
  #expect(sets.others(than: 0, against: 1) == [])
}

@Test func aDifferenceByHand() {
  let numbers: [Double?] = [0.5, 0.1, -0.2, nil]
  func value(_ own: [Int], _ lacking: [Int]) -> Double? {
    TraitSet(own: own, lacking: lacking).difference { numbers[$0] }
  }
  #expect(value([0], []) == 0.5)
  #expect(value([], [1]) == -0.1)
  #expect(abs((value([0, 1], [2]) ?? 0) - 0.25) < 1e-12)
  #expect(value([0, 3], [2]) == nil && value([0], [3]) == nil && value([], []) == nil)
}

/// As many as one of n pairs needs to be found at a rate of 5 %.
@Test func drawsAreAsManyAsTheSmallestPNeeds() {
  #expect(TraitSets.count(forPairs: 6) == 998)
  #expect(TraitSets.count(forPairs: 200) == 3999)
  #expect(TraitSets.count(forPairs: 5000) == 4999)
}
