import Encoders
import Glibc
import Pictures
import Words

/// GLAS, Gaussian light and shadow: a spot at each of k x k search points mu_i is scored twice, as
/// light and as shadow.
///
///     f_l(mu_i) = P(y | I * G(mu_i, sigma_l))                                      (eq. 1)
///     f_s(mu_i) = |P(y | I) - P(y | I * (1 - G(mu_i, sigma_s)))| + lambda          (eq. 2)
///     S(x_j) = 1/|Omega| sum over i of exp(-D(x_j, mu_i) / sigma_spatial^2) f_l f_s   (eq. 3)
///
/// P is a probability. A logit has no natural zero, so if a logit is read instead, P is what the
/// picture adds to a picture of mean color: f(x) - f(0). Under light this may be negative, and so
/// may the map.
///
/// ("Salient Explanation for Fine-grained Classification", anonymous, under review.) Where the
/// paper leaves something open, this was decided:
///
/// - lambda keeps f_s from being 0. The paper's 10^5 would make f_s a constant, and the shadow
///   would have no effect; it is read as 10^-5.
/// - The peak of G is 1, or 1 - G would not be a shadow. D is the square of the distance, or the
///   weights would not be Gaussians.
/// - Sigmas are in steps of the grid; in pixels they would show less than one patch. Eq. 2 has
///   sigma_l where the text has sigma_s, which is used here.
package struct GLAS: Sendable {
  /// The factor that is summed over the points.
  package enum Part: Sendable {
    case light
    case shadow
    case fusion
  }

  let pixels: Grid
  /// The number of points on a side. In the paper's table 1, more than 15 gain nothing.
  let k: Int
  /// The sigmas, in steps of the grid. The paper uses 3 for all of them on birds and cars, and 5, 3
  /// and 6 on ImageNet.
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

  /// Returns S, over all points or over those that are still searched.
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
    // Only the first search covers all points and the unchanged picture, so only its outputs are
    // kept.
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

  /// Returns a Gaussian in one direction around the middle of each step. Products of two of them
  /// make a spot.
  private func slopes(_ length: Int, _ deviation: Double) -> [[Float]] {
    (0..<k).map { step in
      (0..<length).map { place in
        let way = (Double(place) + 0.5) * Double(k) / Double(length) - (Double(step) + 0.5)
        return Float(exp(-way * way / (2 * deviation * deviation)))
      }
    }
  }

  /// Returns the pixel that a search point lies in.
  func pixel(of point: Int) -> Int {
    let (row, column) = point.quotientAndRemainder(dividingBy: k)
    let x = (2 * column + 1) * pixels.width / (2 * k)
    let y = (2 * row + 1) * pixels.height / (2 * k)
    return y * pixels.width + x
  }
}
