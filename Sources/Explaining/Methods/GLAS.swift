import Encoders
import Glibc
import Pictures
import Words

/// Gaussian light and shadow: spots on a grid of k x k search points mu_i, each asked for twice.
///
///     f_l(mu_i) = P(y | I * G(mu_i, sigma_l))                                      (eq. 1)
///     f_s(mu_i) = |P(y | I) - P(y | I * (1 - G(mu_i, sigma_s)))| + lambda          (eq. 2)
///     S(x_j) = 1/|Omega| sum over i of exp(-D(x_j, mu_i) / sigma_spatial^2) f_l f_s   (eq. 3)
///
/// P is a probability. A logit has no zero of its own, so where that is read in its place it is what
/// the picture adds to one of all mean color: f(x) - f(0). Under light it may be below 0, and so may
/// the map.
///
/// ("Salient Explanation for Fine-grained Classification", anonymous, under review.) What the paper
/// leaves open is decided so:
///
/// - lambda is to keep f_s from being 0. The paper's 10^5 would make f_s a constant and the shadow
///   of no effect; it is taken for 10^-5.
/// - G's peak is 1, or 1 - G would be no shadow. D is the square of the distance, or the weights
///   would be no Gaussians.
/// - Sigmas are in steps of the grid: of pixels they would show less than one patch. Eq. 2 has
///   sigma_l where the text has sigma_s, which is taken.
package struct GLAS: Sendable {
  /// What is added up at each point.
  package enum Part: Sendable {
    case light
    case shadow
    case fusion
  }

  let pixels: Grid
  /// Of a side. The paper's table 1 gains nothing from more than 15.
  let k: Int
  /// The paper has 3 for all of them to tell birds and cars apart, and 5, 3 and 6 on ImageNet.
  let light: Double
  let shadow: Double
  let space: Double
  var lambda: Float = 1e-5

  package init(
    over pixels: Grid, k: Int = 15, light: Double = 3, shadow: Double = 3, space: Double = 3
  ) {
    precondition(
      k > 0 && min(light, shadow, space) > 0, "There is a point to search, and a spot around it.")
    self.pixels = pixels
    self.k = k
    (self.light, self.shadow, self.space) = (light, shadow, space)
  }

  /// Omega: all of the search points, row by row.
  var points: [Int] { Array(0..<k * k) }

  /// S, of all points or of those that are still searched.
  package func map(
    _ planes: Matrix, _ score: Score, _ part: Part, searching points: [Int]? = nil
  ) throws -> Matrix {
    let points = points ?? self.points
    let share = 1 / Float(points.count)
    let factors = try factors(planes, score, points, part)
    // exp(-D / sigma^2) is a Gaussian of deviation sigma / sqrt(2).
    let spots = spots(points, space / 2.0.squareRoot())
    return share * (try spots.sum(weightedBy: factors, score.passes))
  }

  /// f_l, f_s, or their product at each point.
  private func factors(
    _ planes: Matrix, _ score: Score, _ points: [Int], _ part: Part
  ) throws -> [Float] {
    let all = points.count == k * k
    // Only the first search is over all points, and of the picture as it is.
    func lit() throws -> [Float] {
      let bright = spots(points, light, named: all ? "glas light \(k) \(light)" : nil)
      let none = score.isProbability ? 0 : score(planes.hidden)
      return try bright.scores(of: planes, score).map { $0 - none }
    }
    func shaded() throws -> [Float] {
      let whole = score(planes)
      let spots = spots(points, shadow)
      let dark = Masks(points.count, named: all ? "glas shadow \(k) \(shadow)" : nil) {
        spots.mask($0).mapped { 1 - $0 }
      }
      return try dark.scores(of: planes, score).map { abs(whole - $0) + lambda }
    }
    switch part {
    case .light: return try lit()
    case .shadow: return try shaded()
    case .fusion: return zip(try lit(), try shaded()).map { $0 * $1 }
    }
  }

  /// exp(-D / (2 deviation^2)) around each point, D and the deviation in steps of the grid.
  private func spots(_ points: [Int], _ deviation: Double, named name: String? = nil) -> Masks {
    let across = slopes(pixels.width, deviation)
    let down = slopes(pixels.height, deviation)
    return Masks(points.count, named: name) { index in
      let (row, column) = points[index].quotientAndRemainder(dividingBy: k)
      return Matrix(rows: pixels.height, columns: 1, down[row])
        * Matrix(rows: 1, columns: pixels.width, across[column])
    }
  }

  /// A Gaussian is the product of one in each direction: here for each step's middle on the way.
  private func slopes(_ length: Int, _ deviation: Double) -> [[Float]] {
    (0..<k).map { step in
      (0..<length).map { place in
        let way = (Double(place) + 0.5) * Double(k) / Double(length) - (Double(step) + 0.5)
        return Float(exp(-way * way / (2 * deviation * deviation)))
      }
    }
  }

  /// The pixel that a search point lies in.
  func pixel(of point: Int) -> Int {
    let (row, column) = point.quotientAndRemainder(dividingBy: k)
    let x = (2 * column + 1) * pixels.width / (2 * k)
    let y = (2 * row + 1) * pixels.height / (2 * k)
    return y * pixels.width + x
  }
}
