import Encoders
import Ground
import Pictures

/// Finds the smallest part of a picture that must be blurred for the score to vanish: a mask m, 1
/// where the picture is seen and 0 where it is blurred. By gradient descent it minimizes
///
///     lambda_1 |1 - m|_1 + lambda_2 sum over u of |grad m(u)|^beta + E over tau of f(x(u - tau), m)
///
/// where f is the score of m x + (1 - m) blurred(x). (Fong, Vedaldi 2017, arXiv 1704.03296, eq. 4;
/// lambdas, beta, Adam's rate, blurs, the jitter tau of 0 to 3 pixels and 300 steps are theirs.)
///
/// - In the paper f is a probability. If a logit is read, f is the share that is left of what the
///   picture scores above its blurred version. A negative share counts as 0, or blurring what a
///   contrast is about would go on forever. If the picture scores no more than its blurred version,
///   nothing is found.
/// - m begins as 1 everywhere, not as a circle, so that no place is favored.
package struct DeletionMask {
  /// Returns the score of a picture and its gradient at each of the picture's numbers.
  package typealias Scored = (_ planes: Matrix) -> (score: Float, gradient: Matrix)

  let pixels: Grid
  let planes: Matrix
  let blurred: Matrix
  /// The matrices from m's cells, of 8 pixels each, to pixels along both axes. A blur smooths the
  /// cells' edges.
  private let across: Matrix
  private let down: Matrix

  private let rate: Float = 0.1
  private let smallness: Float = 1e-4
  private let smoothness: Float = 1e-2
  private let jitter = 4

  package init(_ planes: Matrix, _ pixels: Grid) {
    self.pixels = pixels
    self.planes = planes
    let (wide, high) = (Matrix.blur(pixels.width, 10), Matrix.blur(pixels.height, 10))
    blurred = planes.eachPlane(pixels) { (high * $0).timesTurned(wide) }
    across = Matrix.blur(pixels.width, 5) * .stretching(max(1, pixels.width / 8), to: pixels.width)
    down = Matrix.blur(pixels.height, 5) * .stretching(max(1, pixels.height / 8), to: pixels.height)
  }

  /// Returns 1 - m after a number of steps.
  package func map(
    steps: Int, seed: UInt64, _ passes: Passes = .silent, isProbability: Bool = false,
    _ scored: Scored
  ) throws -> Matrix {
    var random = SplitMix(seed: seed)
    try passes.check()
    let none = isProbability ? 0 : scored(blurred).score
    try passes.check()
    let whole = isProbability ? 1 : scored(planes).score - none
    var mask = Matrix(rows: down.columns, columns: across.columns, repeating: 1)
    guard whole > 0 else { return Matrix(rows: pixels.height, columns: pixels.width) }
    var adam = Adam(count: mask.elements.count, rate: rate)
    passes.begin(steps)
    for _ in 0..<steps {
      let shift = (x: random.below(jitter), y: random.below(jitter))
      let answer = try passes.each {
        slope(mask, shift) { planes in
          let (score, gradient) = scored(planes)
          let left = (score - none) / whole
          return (max(0, left), (left > 0 ? 1 / whole : 0) * gradient)
        }
      }
      mask = adam.stepped(mask, answer.gradient).mapped { min(1, max(0, $0)) }
    }
    return shown(mask).mapped { 1 - $0 }
  }

  /// Returns m for each pixel.
  private func shown(_ mask: Matrix) -> Matrix { (down * mask).timesTurned(across) }

  /// Returns the value to be minimized, and its gradient at m.
  package func slope(
    _ mask: Matrix, _ shift: (x: Int, y: Int), _ scored: Scored
  ) -> (value: Float, gradient: Matrix) {
    // d = x - blurred;  y = blurred + m d:  df/dm is the sum over colors of d df/dy.
    let seen = planes.shifted(shift, pixels)
    let hidden = blurred.shifted(shift, pixels)
    let difference = seen - hidden
    let (left, gradient) = scored(hidden + difference.seen(through: shown(mask)))
    let sums = gradient.merged(difference, *).columnSums()
    // shown = down m across':  dm = down' d across.
    let back = Matrix(rows: pixels.height, columns: pixels.width, sums)
    let (size, sizes) = smallnessOf(mask)
    let (edges, slopes) = smoothnessOf(mask)
    return (left + size + edges, down.turnedTimes(back) * across + sizes + slopes)
  }

  /// lambda_1 |1 - m|_1
  private func smallnessOf(_ mask: Matrix) -> (Float, Matrix) {
    let sum = mask.elements.reduce(0) { $0 + abs(1 - $1) }
    return (smallness * sum, mask.mapped { $0 < 1 ? -smallness : 0 })
  }

  /// lambda_2 sum of |difference to the next cell|^3 in both directions.
  private func smoothnessOf(_ mask: Matrix) -> (Float, Matrix) {
    var sum: Float = 0
    var slopes = Matrix(rows: mask.rows, columns: mask.columns)
    func add(_ row: Int, _ column: Int, _ nextRow: Int, _ nextColumn: Int) {
      let step = mask[nextRow, nextColumn] - mask[row, column]
      sum += smoothness * abs(step * step * step)
      let slope = 3 * smoothness * step * abs(step)
      slopes[nextRow, nextColumn] += slope
      slopes[row, column] -= slope
    }
    for row in 0..<mask.rows {
      for column in 0..<mask.columns {
        if row + 1 < mask.rows { add(row, column, row + 1, column) }
        if column + 1 < mask.columns { add(row, column, row, column + 1) }
      }
    }
    return (sum, slopes)
  }
}

/// Adam, whose steps do not depend on the size of the slope. (Kingma, Ba 2015, arXiv 1412.6980.)
private struct Adam {
  private var mean: [Float]
  private var square: [Float]
  private let rate: Float
  /// 0.9 and 0.999 to the power of the steps taken.
  private var meanLeft: Float = 1
  private var squareLeft: Float = 1

  init(count: Int, rate: Float) {
    mean = [Float](repeating: 0, count: count)
    square = mean
    self.rate = rate
  }

  mutating func stepped(_ x: Matrix, _ gradient: Matrix) -> Matrix {
    meanLeft *= 0.9
    squareLeft *= 0.999
    var next = x.elements
    for (index, slope) in gradient.elements.enumerated() {
      mean[index] += 0.1 * (slope - mean[index])
      square[index] += 0.001 * (slope * slope - square[index])
      let size = (square[index] / (1 - squareLeft)).squareRoot() + 1e-8
      next[index] -= rate * mean[index] / (1 - meanLeft) / size
    }
    return Matrix(rows: x.rows, columns: x.columns, next)
  }
}
