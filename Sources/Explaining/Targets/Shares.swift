import Encoders
import Glibc

/// A weighted sum of probabilities of classes of one space, which is what a target is on the scale
/// of probabilities.
///
///     Shares(directions: rows, biases: biases, weights: [8: 1]).scored(logits).score
struct Shares: Sendable {
  /// A row for each class.
  let directions: Matrix
  let biases: [Float]
  /// The factors of the classes' probabilities; classes that are not listed have 0.
  let weights: [Int: Float]

  /// Returns the probability of one of the same classes.
  func of(_ place: Int) -> Shares { with([place: 1]) }

  private func with(_ weights: [Int: Float]) -> Shares {
    Shares(directions: directions, biases: biases, weights: weights)
  }

  static func * (factor: Float, shares: Shares) -> Shares {
    shares.with(shares.weights.mapValues { factor * $0 })
  }

  /// Returns the sum; nil if the two are probabilities among different classes.
  func adding(_ other: Shares) -> Shares? {
    guard biases == other.biases, directions == other.directions else { return nil }
    return with(weights.merging(other.weights, uniquingKeysWith: +))
  }

  /// Returns sum_i w_i p_i with p = softmax of y, and its slopes `p_j (w_j - sum_i w_i p_i)` in
  /// y_j.
  func scored(_ logits: [Float]) -> (score: Float, slopes: [Float]) {
    let most = logits.max() ?? 0
    let powers = logits.map { expf($0 - most) }
    let sum = powers.reduce(0, +)
    let shares = powers.map { $0 / sum }
    let ordered = weights.sorted { $0.key < $1.key }
    let score = ordered.reduce(0) { $0 + $1.value * shares[$1.key] }
    var slopes = shares.map { -score * $0 }
    for (place, weight) in ordered { slopes[place] += weight * shares[place] }
    return (score, slopes)
  }
}
