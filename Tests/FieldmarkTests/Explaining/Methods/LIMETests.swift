import Fieldmark
import Testing

@Test func aScoreThatIsASumIsTakenApart() {
  // f = 7 + 30 z_0 - 10 z_1: with many samples the |w|^2 hardly counts.
  var seen: [[Float]] = []
  var scores: [Float] = []
  for index in 0..<4000 {
    let (first, second, third) = (Float(index & 1), Float(index / 2 & 1), Float(index / 4 & 1))
    seen.append([first, second, third])
    scores.append(7 + 30 * first - 10 * second)
  }
  let slopes = LIME.slopes(seen, scores)
  let expected: [Double] = [30, -10, 0]
  for part in 0..<3 { #expect(abs(slopes[part] - expected[part]) < 0.5) }
}

@Test func aPartThatIsAlwaysSeenAddsNothing() {
  #expect(LIME.slopes([[1], [1]], [3, 5]) == [0])
}

@Test func twoSamplesByHand() {
  // pi = 1 and exp(-8); means 1 / (1 + pi) of both z and f / 4; p = pi / (1 + pi) is what is left:
  // (p + 1) w = 4 p.
  let pi = 0.000_335_462_627_902_511_8
  let left = pi / (1 + pi)
  let slopes = LIME.slopes([[1], [0]], [4, 0])
  #expect(abs(slopes[0] - 4 * left / (left + 1)) < 1e-12)
}

@Test func thePartThatCountsIsFound() throws {
  let grid = Grid(width: 32, height: 24)
  var colors = Matrix(rows: 3, columns: grid.pixels)
  // The right half is of another color, and alone counts.
  for pixel in 0..<grid.pixels where pixel % 32 >= 16 { colors[0, pixel] = 60 }
  let parts = Superpixels(colors, over: grid, count: 8)
  let planes = Matrix(rows: 3, columns: grid.pixels, repeating: 1)
  let score = Score { planes in
    let counting = (0..<grid.pixels).filter { $0 % 32 >= 16 }
    return counting.reduce(0) { $0 + planes[0, $1] }
  }
  let map = try LIME(parts, samples: 500, seed: 2).map(planes, score)
  let shares = (0..<grid.pixels).map { map.elements[$0] > 10 }
  #expect(shares == (0..<grid.pixels).map { $0 % 32 >= 16 })
}
