import Fieldmark
import Testing

@Test func picturesAgreeAsFarAsTheirSharesOverlap() {
  #expect(Consistency.agreement(["wing": 1], ["wing": 1]) == 1)
  #expect(Consistency.agreement(["wing": 1, "beak": 0], ["wing": 0, "beak": 1]) == 0)
  let found = Consistency.agreement(["wing": 0.75, "beak": 0.25], ["wing": 0.25, "beak": 0.75])
  #expect(found == 0.5)
}

@Test func onlyPartsThatBothShowAreCompared() {
  // Without the tail the first has 1/2 and 1/2 as well.
  let found = Consistency.agreement(
    ["wing": 0.2, "beak": 0.2, "tail": 0.6], ["wing": 0.5, "beak": 0.5, "leg": 0])
  #expect(isClose(found, 1, within: 1e-12))
  #expect(Consistency.agreement(["wing": 1], ["beak": 1]) == nil)
  #expect(Consistency.agreement(["wing": 0, "tail": 1], ["wing": 1]) == nil)
}

@Test func aClassHasTheMeanOfItsPairs() {
  let (wing, beak) = (["wing": 1.0, "beak": 0], ["wing": 0.0, "beak": 1])
  #expect(isClose(Consistency.mean([wing, wing, beak]), 1 / 3, within: 1e-12))
  #expect(Consistency.mean([wing, beak], [wing]) == 0.5)
  #expect(Consistency.mean([wing]) == nil && Consistency.mean([]) == nil)
}

@Test func sharesAreOfTheEnergyNearParts() throws {
  let map = pixelMap([[3, 0, 1, -9, 8]])
  let parts = [
    PartPoint("left wing", x: 0, y: 0), PartPoint("right wing", x: 3, y: 0),
    PartPoint("beak", x: 2, y: 0),
  ]
  let shares = try #require(map.shares(of: parts, radius: 1))
  #expect(shares == ["wing": 0.75, "beak": 0.25])
  // At 2 the right wing's disc has the last pixel and the beak's, too.
  #expect(map.shares(of: parts, radius: 2) == ["wing": 12.0 / 13, "beak": 1.0 / 13])
  #expect(map.shares(of: [parts[1]], radius: 1) == nil, "nothing there speaks for")
  #expect(map.shares(of: [], radius: 1) == nil)
}
