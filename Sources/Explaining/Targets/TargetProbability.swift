/// A target read on the scale of probabilities.
///
/// ```swift
/// birds.targets[8].probability      // of a head's class among all of its classes
/// epaulets.compared(with: [beak, wing], strength: 0.6).probability
/// // of a concept among it and its references
/// ```
extension Target {
  /// What it is on the scale of probabilities: of a head's class, its probability among all of the
  /// head's; of a contrast of such classes, the contrast of their probabilities; of a concept with
  /// references, its probability among it and them. nil of a concept alone.
  public var probability: Target? { shares.map { probability($0, "probability of \(name)") } }

  /// Of a sum of probabilities of classes, which are of the target's space.
  private func probability(_ shares: Shares, _ name: String) -> Target {
    Target(name, space, shares.directions, shares.biases, weights: nil) { shares.scored($0) }
  }

  /// The target as it is read on a scale, as far as it is there.
  func read(as scale: Scorer.Scale?) -> Target {
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
    return with(Target.shares(classes, of: 0), own)
  }

  /// Each of several classes, knowing the others.
  static func sharing(_ classes: [Target]) -> [Target] {
    guard classes.count > 1 else { return classes }
    let first = shares(classes, of: 0)
    return classes.indices.map { classes[$0].with(first.of($0)) }
  }

  /// The probability of one of several classes:
  ///
  ///     p_c = exp(y_c) / sum_d exp(y_d),   dp_c/dy_d = p_c ([c = d] - p_d)
  package static func probability(of place: Int, among classes: [Target]) -> Target {
    classes[place].probability(
      shares(classes, of: place), "probability of \(classes[place].name)")
  }

  private static func shares(_ classes: [Target], of place: Int) -> Shares {
    precondition(
      classes.allSatisfy { $0.space == classes[place].space && $0.directions.rows == 1 },
      "A softmax is over single logits of one space.")
    return Shares(
      directions: .stacked(classes.map(\.directions)), biases: classes.flatMap(\.biases),
      weights: [place: 1])
  }
}
