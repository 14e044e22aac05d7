import Fieldmark
import Glibc
import Testing

@Test func aMapIsLikeItself() throws {
  let map = try PlacesReference.read().map("smooth")
  #expect(isClose(map.structuralSimilarity(with: map), 1, within: 1e-12))
  let other = PixelMap(map) { 5 * $0 - 2 }
  #expect(isClose(map.structuralSimilarity(with: other), 1), "each is scaled first")
}

@Test func aWindowMustFit() {
  let small = pixelMap([[Float]](repeating: [Float](repeating: 1, count: 10), count: 30))
  #expect(small.structuralSimilarity(with: small) == nil)
  let flat = pixelMap([[Float]](repeating: [Float](repeating: 1, count: 11), count: 11))
  #expect(isClose(flat.structuralSimilarity(with: flat), 1, within: 1e-12))
}

/// The formula as it stands: every window by itself, its means, variances and covariance.
private func plain(_ a: PixelMap, _ b: PixelMap) -> Double {
  let line = (-5...5).map { exp(-Double($0 * $0) / 4.5) }
  let sum = line.reduce(0, +)
  let (x, y) = (a.values.units, b.values.units)
  let (rows, columns) = (a.values.rows, a.values.columns)
  var similarities: [Double] = []
  for row in 5..<rows - 5 {
    for column in 5..<columns - 5 {
      var places: [(weight: Double, x: Double, y: Double)] = []
      for down in -5...5 {
        for across in -5...5 {
          let place = (row + down) * columns + column + across
          places.append((line[down + 5] * line[across + 5] / (sum * sum), x[place], y[place]))
        }
      }
      func mean(_ body: (Double, Double) -> Double) -> Double {
        places.reduce(0) { $0 + $1.weight * body($1.x, $1.y) }
      }
      let (u, v) = (mean { x, _ in x }, mean { _, y in y })
      let spreadX = mean { x, _ in (x - u) * (x - u) }
      let spreadY = mean { _, y in (y - v) * (y - v) }
      let together = mean { ($0 - u) * ($1 - v) }
      let (c1, c2) = (0.01 * 0.01, 0.03 * 0.03)
      let above = (2 * u * v + c1) * (2 * together + c2)
      similarities.append(above / ((u * u + v * v + c1) * (spreadX + spreadY + c2)))
    }
  }
  return similarities.reduce(0, +) / Double(similarities.count)
}

extension Matrix {
  fileprivate var units: [Double] {
    let numbers = elements.map { Double($0) }
    let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
    return numbers.map { ($0 - least) / (most - least) }
  }
}

@Test func linesAfterLinesEqualTheFormula() throws {
  let reference = try PlacesReference.read()
  for (a, b) in [("smooth", "steps"), ("distinct", "spots")] {
    let (first, second) = (reference.map(a), reference.map(b))
    let found = first.structuralSimilarity(with: second)
    #expect(isClose(found, plain(first, second), within: 1e-10))
  }
}

/// scikit-image 0.26.0's structural_similarity with gaussian_weights=True, sigma=1.5,
/// use_sample_covariance=False, data_range=1 on maps from 0 to 1.
@Test func similaritiesEqualThoseOfScikitImage() throws {
  let reference = try PlacesReference.read()
  for pair in reference.together {
    let found = reference.map(pair.first).structuralSimilarity(with: reference.map(pair.second))
    #expect(isClose(found, pair.ssim, within: 1e-9), "\(pair)")
  }
}
