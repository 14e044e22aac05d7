import Glibc

/// Student's t distribution, by which the mean of a few differences is told from 0.
///
///     StudentT(freedom: 11).above(2.2)             // 0.025
///     StudentT(freedom: 11).quantile(0.975)        // 2.2
package struct StudentT: Sendable {
  private let freedom: Double

  package init(freedom: Int) {
    precondition(freedom > 0, "A t distribution has at least one degree of freedom.")
    self.freedom = Double(freedom)
  }

  /// Of sums of variances the degrees need not be a whole number.
  package init(freedom: Double) {
    precondition(freedom > 0, "A t distribution has some degrees of freedom.")
    self.freedom = freedom
  }

  /// The probability of a number above t. With n degrees of freedom and I the regularized
  /// incomplete beta function, it is for t >= 0
  ///
  ///     I(n / (n + t^2); n / 2, 1 / 2) / 2
  package func above(_ t: Double) -> Double {
    guard !t.isNaN else { return .nan }
    let tail = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return t < 0 ? 1 - tail : tail
  }

  /// The number below which a share of the distribution lies, found by halving.
  package func quantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1, "A quantile lies inside of the distribution.")
    if share < 0.5 { return -quantile(1 - share) }
    var (low, high) = (0.0, 1.0)
    while above(high) > 1 - share, high < 1e12 { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if above(middle) > 1 - share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// The regularized incomplete beta function I(x; a, b), by Lentz's evaluation of its continued
/// fraction (Abramowitz and Stegun 26.5.8), which converges quickly for x < (a + 1) / (a + b + 2).
/// Elsewhere I(x; a, b) = 1 - I(1 - x; b, a).
private func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  guard x > 0 else { return 0 }
  guard x < 1 else { return 1 }
  // At the bound itself the fraction converges too; turned around, it would be at its bound again.
  guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
  let logBeta: Double = lgamma(a) + lgamma(b) - lgamma(a + b)
  let logPowers: Double = a * log(x) + b * log(1 - x)
  let front = exp(logPowers - logBeta) / a
  // Keeps a denominator from being 0.
  let tiny = 1e-300
  func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var (c, d) = (1.0, 1 / nonzero(1 - (a + b) * x / (a + 1)))
  var fraction = d
  for step in 1...500 {
    let m = Double(step)
    let end: Double = a + 2 * m
    let even: Double = m * (b - m) * x / ((end - 1) * end)
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    fraction *= c * d
    let odd: Double = -(a + m) * (a + b + m) * x / (end * (end + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    fraction *= c * d
    if abs(c * d - 1) < 1e-15 { break }
  }
  return front * fraction
}
