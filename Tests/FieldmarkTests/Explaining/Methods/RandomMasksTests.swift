import Fieldmark
import Testing

@Test func masksCountByHowMuchTheyScoreAboveTheMean() throws {
  let masks = Masks(2) { Matrix([$0 == 0 ? [1, 0, 1] : [0, 0.5, 1]]) }
  // Mean 2; 1 / (0.5 * 2) of 1 M_0 - 1 M_1.
  #expect(try RandomMasks.map(masks, [3, 1], share: 0.5) == Matrix([[1, -0.5, 0]]))
  #expect(try RandomMasks.map(masks, [1003, 1001], share: 0.5) == Matrix([[1, -0.5, 0]]))
}

@Test func randomMasksShowHalfOfThePictureEverywhere() throws {
  let grid = Grid(width: 24, height: 31)
  let masks = RandomMasks(2000, over: grid, seed: 3).masks
  let mean = try masks.sum(weightedBy: [Float](repeating: 1 / 2000, count: 2000))
  #expect(mean.rows == 31 && mean.columns == 24)
  #expect(mean.elements.allSatisfy { abs($0 - 0.5) < 0.06 }, "\(mean)")
  #expect(masks.mask(5) == RandomMasks(6, over: grid, seed: 3).masks.mask(5))
  #expect(masks.mask(5) != RandomMasks(6, over: grid, seed: 4).masks.mask(5))
}

@Test func randomMasksFindTheOnlyPixelThatCounts() throws {
  let grid = Grid(width: 35, height: 28)
  let planes = Matrix(rows: 3, columns: grid.pixels, repeating: 1)
  let pixel = 9 * 35 + 20
  let map = try RandomMasks(1500, over: grid, seed: 1).map(planes, Score { 40 + $0[0, pixel] })
  let best = map.elements.indices.max { map.elements[$0] < map.elements[$1] } ?? 0
  #expect(abs(best % 35 - 20) <= 2 && abs(best / 35 - 9) <= 2, "at \(best % 35), \(best / 35)")
}
