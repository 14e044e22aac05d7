import Encoders
import Glibc
import Ground

/// LIME: a linear model of the score around a picture, which tells how much each part adds.
///
///     w = argmin over w, b: sum over i of pi_i (f(z_i) - b - <w, z_i>)^2 + |w|^2
///
/// z_i tells which parts are seen: all in the first sample, and each with a chance of a half in the
/// others. pi_i is larger the more parts are seen: exp(-d^2 / 0.25^2)^(1/2) with
/// `d = 1 - cos(z_i, 1)`, where the cosine is the square root of the share that is seen. (Ribeiro
/// et al. 2016, arXiv 1602.04938; the numbers are those of the authors' code for pictures. There a
/// part is hidden by its own mean color, which keeps what its color says; here by the mean color of
/// all pictures.)
package struct LIME: Sendable {
  let parts: Superpixels
  let samples: Int
  let seed: UInt64

  package init(_ parts: Superpixels, samples: Int, seed: UInt64) {
    self.parts = parts
    self.samples = samples
    self.seed = seed
  }

  /// Returns z_i: which parts are seen in a sample.
  private func seen(_ index: Int) -> [Float] {
    var random = SplitMix(seed: seed, index)
    return (0..<parts.count).map { _ in index == 0 || random.unit() < 0.5 ? 1 : 0 }
  }

  /// Returns for each pixel how much its part adds.
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

  /// Returns w. If everything is centered at its weighted mean, b is 0 and
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

  /// Returns x with a x = b, by Cholesky's a = l l'. The lower half of a symmetric, positive
  /// definite a is given.
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
