/// A number that says how far a classifier's evidence lies where an attribute's lies: a name, one line
/// of help, and one function.
///
/// ```swift
/// Agreement.rank(classifier, epaulets)      // 0.61
/// Agreement.all.map(\.name)
/// ```
///
/// The paper compares both maps by eye (appendix A.2); these numbers are ours. Every map of a bird
/// highlights the bird, so a number means something only beside that of other attributes.
public struct Agreement: Sendable {
  public let name: String
  public let summary: String
  /// Whether a larger number means more agreement.
  public let isHigherBetter: Bool
  private let measure: @Sendable (Evidence, Evidence, [Float]) -> Double?

  /// The radius around a part that carries the attribute, as a share of the picture's longer side.
  static let reach = 1.0 / 15

  /// Returns nil if there is no number, because a map is constant or no part is visible. `near` is the
  /// share of each place that lies near the attribute's parts; it is empty if none is visible.
  public func callAsFunction(
    _ classifier: Evidence, _ attribute: Evidence, near: [Float] = []
  ) -> Double? {
    precondition(
      classifier.map.values.rows == attribute.map.values.rows
        && classifier.map.values.columns == attribute.map.values.columns,
      "Evidence on one grid is compared.")
    return measure(classifier, attribute, near)
  }

  public static let all: [Agreement] = [
    .rank, .energy, .overlap, .distance, .parts, .words,
  ]

  /// The agreements that need the picture and grow with the agreement. They are compared with those of
  /// the traits of other pairs.
  static let ofPlaces: [Agreement] = [.rank, .energy, .overlap]
  /// The agreement that verdicts use.
  static let decisive = rank

  public static let rank = Agreement(
    name: "rank", summary: "The rank correlation of both maps over the grid.",
    isHigherBetter: true
  ) { classifier, attribute, _ in
    product(classifier.ranks, attribute.ranks).map { $0 / (classifier.spread * attribute.spread) }
  }

  public static let energy = Agreement(
    name: "energy",
    summary: "The share of the classifier's energy in the best fifth of the attribute's map.",
    isHigherBetter: true
  ) { classifier, attribute, _ in
    guard classifier.energy > 0, !attribute.best.isEmpty else { return nil }
    let values = classifier.map.values.elements
    // Both sums are taken in different orders, so rounding may make the share exceed 1.
    return min(1, attribute.best.reduce(0) { $0 + Double(max(0, values[$1])) } / classifier.energy)
  }

  public static let overlap = Agreement(
    name: "overlap", summary: "How far the best fifths of both overlap: intersection over union.",
    isHigherBetter: true
  ) { classifier, attribute, _ in
    guard !classifier.best.isEmpty, !attribute.best.isEmpty else { return nil }
    let both = attribute.best.count { classifier.isBest[$0] }
    return Double(both) / Double(classifier.best.count + attribute.best.count - both)
  }

  public static let distance = Agreement(
    name: "distance", summary: "How far the peaks are apart, in diagonals of what the model saw.",
    isHigherBetter: false
  ) { classifier, attribute, _ in
    guard let a = classifier.best.first, let b = attribute.best.first else { return nil }
    let (rows, columns) = (classifier.map.values.rows, classifier.map.values.columns)
    // The region turns places of the grid into pixels.
    let region = classifier.map.region
    let across = Double(a % columns - b % columns) / Double(columns) * region.width
    let down = Double(a / columns - b / columns) / Double(rows) * region.height
    return
      ((across * across + down * down)
      / (region.width * region.width + region.height * region.height)).squareRoot()
  }

  public static let parts = Agreement(
    name: "parts", summary: "The share of the classifier's energy near the parts that carry it.",
    isHigherBetter: true
  ) { classifier, _, near in
    guard classifier.energy > 0, !near.isEmpty else { return nil }
    return classifier.map.values.elements.sum(with: near) { $0.clipped * $1 } / classifier.energy
  }

  /// The cosine of the gradients g and h of two scores at one embedding, <g, h> / (|g| |h|): whether
  /// what raises one score raises the other. It needs no map and says nothing about places; for a
  /// linear classifier it hardly depends on the picture.
  public static let words = Agreement(
    name: "words",
    summary: "The cosine of the classifier's weights and the words, without any map.",
    isHigherBetter: true
  ) { classifier, attribute, _ in
    product(classifier.direction, attribute.direction)
  }
}

/// Returns nil if one of the lists is missing.
private func product(_ a: [Float], _ b: [Float]) -> Double? {
  a.isEmpty || a.count != b.count ? nil : a.sum(with: b) { $0 * $1 }
}
