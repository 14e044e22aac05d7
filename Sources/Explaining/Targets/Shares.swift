import Encoders
import Glibc

/// Probabilities of some of several classes, each times a number: what a target is where it is read on
/// the scale of probabilities.
///
///     birds.targets[8].probability                     // of a head's class among all of its classes
///     epaulets.among([bird, wing]).probability         // of a concept among it and its references
struct Shares: Sendable {
  let space: Target.Space
  /// A row for each class.
  let directions: Matrix
  let biases: [Float]
  /// What the probabilities of classes are multiplied by; 0 for all others.
  let weights: [Int: Float]

  init(_ classes: [Target], of place: Int) {
    precondition(
      classes.allSatisfy { $0.space == classes[place].space && $0.directions.rows == 1 },
      "A softmax is over single logits of one space.")
    self.init(
      space: classes[place].space, directions: .stacked(classes.map(\.directions)),
      biases: classes.flatMap(\.biases), weights: [place: 1])
  }

  init(space: Target.Space, directions: Matrix, biases: [Float], weights: [Int: Float]) {
    self.space = space
    self.directions = directions
    self.biases = biases
    self.weights = weights
  }

  /// Of another of the same classes.
  func of(_ place: Int) -> Shares { with([place: 1]) }

  private func with(_ weights: [Int: Float]) -> Shares {
    Shares(space: space, directions: directions, biases: biases, weights: weights)
  }

  static func * (factor: Float, shares: Shares) -> Shares {
    shares.with(shares.weights.mapValues { factor * $0 })
  }

  /// The sum; nil where the two are shared among other classes.
  func adding(_ other: Shares) -> Shares? {
    guard space == other.space, biases == other.biases, directions == other.directions else {
      return nil
    }
    return with(weights.merging(other.weights, uniquingKeysWith: +))
  }

  /// sum_i w_i p_i of p = softmax of y, and how it changes:  p_j (w_j - sum_i w_i p_i) with y_j.
  func target(_ name: String) -> Target {
    let ordered = weights.sorted { $0.key < $1.key }
    return Target(name, space, directions, biases, weights: nil) { logits in
      let most = logits.max() ?? 0
      let powers = logits.map { expf($0 - most) }
      let sum = powers.reduce(0, +)
      let shares = powers.map { $0 / sum }
      let score = ordered.reduce(0) { $0 + $1.value * shares[$1.key] }
      var slopes = shares.map { -score * $0 }
      for (place, weight) in ordered { slopes[place] += weight * shares[place] }
      return (score, slopes)
    }
  }
}

extension Target {
  /// What it is on the scale of probabilities: of a head's class, its probability among all of the
  /// head's; of a contrast of such classes, the contrast of their probabilities; of a concept with
  /// references, its probability among it and them. nil of a concept alone.
  public var probability: Target? { shares?.target("probability of \(name)") }

  /// The target as it is read on a scale, as far as it is there.
  func read(as scale: Judge.Scale?) -> Target {
    scale == .probability ? probability ?? self : self
  }

  /// The concept without what it is compared with.
  var concept: Target { own?() ?? self }

  /// The same with a probability among it and others, where it has none of its own.
  func among(_ others: [Target]) -> Target {
    let classes = [self] + others
    guard shares == nil, !others.isEmpty,
      classes.allSatisfy({ $0.space == space && $0.directions.rows == 1 })
    else { return self }
    return with(Shares(classes, of: 0), own)
  }

  /// Each of several classes, knowing the others.
  static func sharing(_ classes: [Target]) -> [Target] {
    guard classes.count > 1 else { return classes }
    let first = Shares(classes, of: 0)
    return classes.indices.map { classes[$0].with(first.of($0)) }
  }
}
