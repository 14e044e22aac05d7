import Fieldmark
import Testing

@Test func noNumberIsDrawnTwiceInADraw() {
  let draws = ControlDraws(seed: 1)(of: 8, picking: 6)
  #expect(draws.count == 199)
  for draw in draws {
    #expect(draw.count == 6 && Set(draw).count == 6)
    #expect(Set(draw).isSubset(of: 0..<8))
  }
  #expect(Set(draws).count > 190, "draws differ")
  #expect(Set(draws.flatMap { $0 }).count == 8, "each has its turn")
}

@Test func drawsAreTheSeedsAlone() {
  let draws = ControlDraws(seed: 1)
  #expect(draws(of: 40, picking: 3) == draws(of: 40, picking: 3))
  #expect(draws(of: 40, picking: 3) == ControlDraws(seed: 1)(of: 40, picking: 3))
  #expect(draws(of: 40, picking: 3) != ControlDraws(seed: 2)(of: 40, picking: 3))
}

@Test func nothingIsDrawnOfTooFew() {
  #expect(ControlDraws(seed: 1)(of: 2, picking: 3) == [])
  #expect(ControlDraws(seed: 1)(of: 2, picking: 0) == [])
}
