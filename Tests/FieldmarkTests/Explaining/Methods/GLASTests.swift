import Fieldmark
import Glibc
import Testing

/// Two search points beside each other on two pixels: each lies on one of them.
private let glas = GLAS(over: Grid(width: 2, height: 2), k: 2)
private let planes = Matrix(rows: 3, columns: 4, repeating: 1)
/// Of four pixels only the first counts.
private let score = Score { 50 + 8 * $0[0, 0] }

/// exp(-D / 9): the spatial weight at sigma 3; its square root is the light's.
private func weight(_ distance: Float) -> Float { expf(-distance / 9) }
private func light(_ distance: Float) -> Float { expf(-distance / 18) }

@Test func lightShadowAndTheirProductFollowTheFormulas() throws {
  // From the first pixel the points are at squared distances 0, 1, 1, 2.
  let distances: [[Float]] = [[0, 1, 1, 2], [1, 0, 2, 1], [1, 2, 0, 1], [2, 1, 1, 0]]
  let lit = distances[0].map { 8 * light($0) }
  let shadowed = distances[0].map { 8 * light($0) + 1e-5 }
  for (part, factors) in [
    (GLAS.Part.light, lit), (.shadow, shadowed), (.fusion, zip(lit, shadowed).map { $0 * $1 }),
  ] {
    let map = try glas.map(planes, score, part)
    for pixel in 0..<4 {
      let sum = zip(distances[pixel], factors).reduce(0) { $0 + weight($1.0) * $1.1 }
      #expect(abs(map.elements[pixel] - sum / 4) < 1e-4 * sum, "\(part) at \(pixel)")
    }
  }
}

@Test func theSearchEndsWhenLittleIsLeft() {
  let recursive = RecursiveGLAS(glas: glas)
  // sqrt(0.5 / left) reaches 5 at left = 0.02.
  let half = Matrix([[0, 1]])
  #expect(recursive.goesOn(half, 0.021))
  #expect(!recursive.goesOn(half, 0.019))
  #expect(!recursive.goesOn(half, 0))
  #expect(!recursive.goesOn(half, -1))
  #expect(!recursive.goesOn(half, .nan))
}

@Test func whatOneTimeHidesAnotherFinds() throws {
  // Two pixels of a wide picture count, the left one more.
  let grid = Grid(width: 60, height: 12)
  let planes = Matrix(rows: 3, columns: grid.pixels, repeating: 1)
  let (left, right) = (6 * 60 + 8, 6 * 60 + 52)
  let score = Score { 9 * $0[0, left] + 6 * $0[0, right] }
  let glas = GLAS(over: grid)
  let once = try glas.map(planes, score, .fusion).scaledToUnit()
  let often = try RecursiveGLAS(glas: glas).map(planes, score)
  let ratio = often.elements[right] / (often.elements.max() ?? 1)
  #expect(once.elements[right] < 0.75)
  #expect(ratio > once.elements[right] + 0.1, "\(once.elements[right]), then \(ratio)")
}
