import Explaining
import Glibc

extension PixelMap {
  /// The structural similarity of two maps of one picture, each scaled from 0 for its minimum to 1
  /// for its maximum: 1 for equal maps, about 0 for unrelated ones.
  ///
  /// ```swift
  /// before.structuralSimilarity(with: after)      // 0.41
  /// ```
  ///
  /// Around each pixel, with means u, variances s^2 and the covariance s_ab under a Gaussian window
  /// of 11 x 11 pixels and sigma 1.5, it is
  ///
  ///     (2 u_a u_b + C_1) (2 s_ab + C_2) / ((u_a^2 + u_b^2 + C_1) (s_a^2 + s_b^2 + C_2))
  ///
  /// where C_1 = 0.01^2 and C_2 = 0.03^2, averaged over the pixels around which the window fits.
  /// (Wang et al. 2004, eq. 13 to 17; scikit-image's `structural_similarity` with
  /// `gaussian_weights=True, use_sample_covariance=False`. Quantus uses scikit-image's defaults, a
  /// plain window of 7 x 7 and sample variances.) Nil if both models saw less than a window in
  /// common.
  public func structuralSimilarity(with other: PixelMap) -> Double? {
    guard isSound, other.isSound else { return nil }
    let (first, second) = (seen(by: other), other.seen(by: self))
    guard first.rows >= window.count, first.columns >= window.count else { return nil }
    let (a, b) = (first.elements.units, second.elements.units)
    func blurred(_ body: (Double, Double) -> Double) -> [Double] {
      zip(a, b).map { body($0, $1) }.blurred(rows: first.rows, columns: first.columns)
    }
    let (meansA, meansB) = (blurred { a, _ in a }, blurred { _, b in b })
    let squaresA = blurred { a, _ in a * a }
    let squaresB = blurred { _, b in b * b }
    let products = blurred { $0 * $1 }
    var sum = 0.0
    for place in meansA.indices {
      let (u, v) = (meansA[place], meansB[place])
      let (varianceA, varianceB) = (squaresA[place] - u * u, squaresB[place] - v * v)
      let covariance = products[place] - u * v
      sum +=
        (2 * u * v + 1e-4) * (2 * covariance + 9e-4)
        / ((u * u + v * v + 1e-4) * (varianceA + varianceB + 9e-4))
    }
    return sum / Double(meansA.count)
  }
}

/// exp(-x^2 / (2 1.5^2)) at x = -5 ... 5, summing to 1.
private let window: [Double] = {
  let weights = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
  let sum = weights.reduce(0, +)
  return weights.map { $0 / sum }
}()

extension [Double] {
  /// The weighted mean around each pixel around which the window fits. The window is a product, so
  /// blurring along rows and then along columns equals blurring in both directions at once.
  fileprivate func blurred(rows: Int, columns: Int) -> [Double] {
    let across = columns - window.count + 1
    var lines = [Double](repeating: 0, count: rows * across)
    for row in 0..<rows {
      for (place, weight) in window.enumerated() {
        lines.add(weight, self, from: row * columns + place, to: row * across, count: across)
      }
    }
    let down = rows - window.count + 1
    var all = [Double](repeating: 0, count: down * across)
    for row in 0..<down {
      for (place, weight) in window.enumerated() {
        all.add(weight, lines, from: (row + place) * across, to: row * across, count: across)
      }
    }
    return all
  }

  /// Adds `count` numbers of another list, from index `start` on and multiplied by a weight, to the
  /// numbers from index `place` on.
  private mutating func add(
    _ weight: Double, _ other: [Double], from start: Int, to place: Int, count: Int
  ) {
    precondition(place + count <= self.count && start + count <= other.count, "Both have them.")
    withUnsafeMutableBufferPointer { sums in
      other.withUnsafeBufferPointer { other in
        for index in 0..<count { sums[place + index] += weight * other[start + index] }
      }
    }
  }
}
