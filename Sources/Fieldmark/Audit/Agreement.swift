import Encoders

/// A way of saying how far a classifier's map lies where an attribute's map lies: a name, one line of
/// help, and one function.
///
///     Agreement.rank(classifier, epaulets, [])      // 0.61
///     Agreement.all.map(\.name)
///
/// The paper looks at both maps and judges by eye (appendix A.2); these numbers are ours. Every map of
/// birds lights birds, so that none of them means anything but beside the same of controls.
public struct Agreement: Sendable {
  public let name: String
  public let summary: String
  /// Whether more of it is more agreement.
  public let isHigherBetter: Bool
  private let measure: @Sendable (Heatmap, Heatmap, [PartPoint]) -> Double?

  /// The share of places that count as a map's top region.
  static let top = 0.2
  /// Around a part that carries the attribute, as a share of the picture's longer side.
  static let reach = 1.0 / 15

  /// Nil where there is no number: a map that is the same everywhere, or no part that is seen.
  public func callAsFunction(
    _ classifier: Heatmap, _ attribute: Heatmap, _ parts: [PartPoint]
  ) -> Double? {
    precondition(
      classifier.values.rows == attribute.values.rows
        && classifier.values.columns == attribute.values.columns
        && classifier.region == attribute.region, "Maps of one picture on one grid are compared.")
    let isSound = (classifier.values.elements + attribute.values.elements).allSatisfy(\.isFinite)
    return isSound ? measure(classifier, attribute, parts) : nil
  }

  public static let all: [Agreement] = [.rank, .energy, .overlap, .distance, .parts]

  public static let rank = Agreement(
    name: "rank", summary: "The rank correlation of both over the grid.", isHigherBetter: true
  ) { classifier, attribute, _ in
    correlation(classifier.values.elements.ranks, attribute.values.elements.ranks)
  }

  public static let energy = Agreement(
    name: "energy",
    summary: "The share of the classifier's energy in the best fifth of the attribute's map.",
    isHigherBetter: true
  ) { classifier, attribute, _ in
    guard let region = attribute.best(top) else { return nil }
    let clipped = classifier.values.elements.map { Double(max(0, $0)) }
    let sum = clipped.reduce(0, +)
    return sum > 0 ? region.reduce(0) { $0 + clipped[$1] } / sum : nil
  }

  public static let overlap = Agreement(
    name: "overlap", summary: "How far the best fifths of both overlap: intersection over union.",
    isHigherBetter: true
  ) { classifier, attribute, _ in
    guard let a = classifier.best(top), let b = attribute.best(top) else { return nil }
    return Double(a.intersection(b).count) / Double(a.union(b).count)
  }

  public static let distance = Agreement(
    name: "distance", summary: "How far the peaks are apart, in diagonals of what the model saw.",
    isHigherBetter: false
  ) { classifier, attribute, _ in
    guard classifier.best(top) != nil, attribute.best(top) != nil else { return nil }
    let (a, b) = (classifier.peak, attribute.peak)
    let (across, down) = (a.x - b.x, a.y - b.y)
    let (width, height) = (classifier.region.width, classifier.region.height)
    return ((across * across + down * down) / (width * width + height * height)).squareRoot()
  }

  public static let parts = Agreement(
    name: "parts", summary: "The share of the classifier's energy near the parts that carry it.",
    isHigherBetter: true
  ) { classifier, _, parts in
    guard !parts.isEmpty else { return nil }
    let (width, height) = (classifier.width, classifier.height)
    let near = Truth(
      around: parts, radius: reach * Double(max(width, height)), width: width, height: height)
    return classifier.clipped().resized().energy(in: near)
  }
}

extension Heatmap {
  /// The places with the most, so large a share of all; of equals the first. Nil of a map that is the
  /// same everywhere: its best would be the upper left corner.
  fileprivate func best(_ share: Double) -> Set<Int>? {
    let values = values.elements
    guard let least = values.min(), let most = values.max(), most > least else { return nil }
    let count = max(1, Int((share * Double(values.count)).rounded()))
    return Set(values.orderFromLargest.prefix(count))
  }
}
