/// A target read on the scale of probabilities.
///
/// ```swift
/// birds.targets[8].probability      // of a head's class among all of its classes
/// epaulets.compared(with: [beak, wing], strength: 0.6).probability
/// // of a concept among it and its references
/// ```
extension Target {
  /// The target on the scale of probabilities. For a class of a head it is the probability among
  /// all classes of the head; for a contrast of such classes, the contrast of their probabilities;
  /// for a concept with references, its probability among itself and them. It is nil for a concept
  /// alone.
  public var probability: Target? { shares.map { probability($0, "probability of \(name)") } }

  /// Returns the target of a sum of probabilities of classes that are of this target's space.
  private func probability(_ shares: Shares, _ name: String) -> Target {
    Target(name, space, shares.directions, shares.biases, weights: nil) { shares.scored($0) }
  }

  /// Returns the target as it is read on a scale; the target itself if it has no probability.
  func read(as scale: Scorer.Scale?) -> Target {
    scale == .probability ? probability ?? self : self
  }

  /// The concept without what it is compared with.
  var concept: Target { own?() ?? self }

  /// Returns the same target with a probability among itself and others, if it has none of its own.
  func among(_ others: [Target]) -> Target {
    let classes = [self] + others
    guard shares == nil, !others.isEmpty,
      classes.allSatisfy({ $0.space == space && $0.directions.rows == 1 })
    else { return self }
    return with(Target.shares(classes, of: 0), own)
  }

  /// Returns the same classes, each with its probability among all of them.
  static func sharing(_ classes: [Target]) -> [Target] {
    guard classes.count > 1 else { return classes }
    let first = shares(classes, of: 0)
    return classes.indices.map { classes[$0].with(first.of($0)) }
  }

  /// Returns the probability of one of several classes:
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
