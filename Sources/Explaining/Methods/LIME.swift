import Encoders
import Glibc
import Ground

/// A linear model of the score around a picture: how much each of its parts adds.
///
///     w = argmin over w, b: sum over i of pi_i (f(z_i) - b - <w, z_i>)^2 + |w|^2
///
/// z_i says which parts are seen, each by chance of a half, in the first one all. pi_i is larger the
/// more are seen: exp(-d^2 / 0.25^2)^(1/2) with d = 1 - cos(z_i, 1), the cosine being the root of
/// the share that is seen. (Ribeiro et al. 2016, arXiv 1602.04938; the numbers are those of the
/// authors' code for pictures. There parts are hidden by their own mean color, which leaves what is
/// said about colors; here by the mean color of all pictures.)
package struct LIME: Sendable {
  let parts: Superpixels
  let samples: Int
  let seed: UInt64

  package init(_ parts: Superpixels, samples: Int, seed: UInt64) {
    self.parts = parts
    self.samples = samples
    self.seed = seed
  }

  /// Which parts are seen in a sample.
  private func seen(_ index: Int) -> [Float] {
    var random = SplitMix(seed: seed, index)
    return (0..<parts.count).map { _ in index == 0 || random.unit() < 0.5 ? 1 : 0 }
  }

  /// For each pixel what its part adds.
  package func map(_ planes: Matrix, _ score: Score) throws -> Matrix {
    let pixels = parts.pixels
    let masks = Masks(samples, named: "lime \(samples) \(seed) \(parts.count)") { index in
      let seen = seen(index)
      return Matrix(rows: pixels.height, columns: pixels.width, parts.labels.map { seen[$0] })
    }
    let scores = try masks.scores(of: planes, score)
    let slopes = LIME.slopes((0..<samples).map(seen), scores)
    return Matrix(
      rows: pixels.height, columns: pixels.width, parts.labels.map { Float(slopes[$0]) })
  }

  /// w. With everything taken from its weighted mean b is 0, and
  ///
  ///     (sum pi z z' + 1) w = sum pi z f
  package static func slopes(_ seen: [[Float]], _ scores: [Float]) -> [Double] {
    let count = seen.first?.count ?? 0
    let weights = seen.map { seen in
      let share = Double(seen.reduce(0, +)) / Double(max(1, count))
      let distance = 1 - share.squareRoot()
      return exp(-distance * distance / (0.25 * 0.25)).squareRoot()
    }
    let whole = weights.reduce(0, +)
    let score = zip(weights, scores).reduce(0) { $0 + $1.0 * Double($1.1) } / whole
    var mean = [Double](repeating: 0, count: count)
    for (weight, seen) in zip(weights, seen) {
      for part in 0..<count { mean[part] += weight / whole * Double(seen[part]) }
    }
    var products = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var sums = [Double](repeating: 0, count: count)
    for (index, seen) in seen.enumerated() {
      let centered = (0..<count).map { Double(seen[$0]) - mean[$0] }
      for part in 0..<count {
        let weighed = weights[index] * centered[part]
        sums[part] += weighed * (Double(scores[index]) - score)
        for other in 0...part { products[part][other] += weighed * centered[other] }
      }
    }
    for part in 0..<count { products[part][part] += 1 }
    return solution(products, sums)
  }

  /// Of a x = b for a symmetric, positive a of which the lower half is given: a = l l', by Cholesky.
  private static func solution(_ a: [[Double]], _ b: [Double]) -> [Double] {
    var l = a
    var x = b
    for row in b.indices {
      for column in 0...row {
        let known = (0..<column).reduce(0) { $0 + l[row][$1] * l[column][$1] }
        let rest = a[row][column] - known
        l[row][column] = row == column ? rest.squareRoot() : rest / l[column][column]
      }
      let known = (0..<row).reduce(0) { $0 + l[row][$1] * x[$1] }
      x[row] = (b[row] - known) / l[row][row]
    }
    for row in b.indices.reversed() {
      let known = (row + 1..<b.count).reduce(0) { $0 + l[$1][row] * x[$1] }
      x[row] = (x[row] - known) / l[row][row]
    }
    return x
  }
}
