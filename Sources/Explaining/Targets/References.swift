import Encoders
import Ground

/// What a concept is compared with: targets that are named, or the most similar ones.
public enum References: Sendable {
  case named([Target])
  case similar(ReferenceRule, among: [Target])

  /// Returns the targets that a concept is compared with on a picture, the most similar first by a
  /// rule.
  public func chosen(for concept: Target, _ score: (Target) -> Float) -> [Target] {
    switch self {
    case .named(let targets): targets
    case .similar(let rule, let others): rule.chosen(for: concept, among: others, score)
    }
  }

  public var rule: ReferenceRule? {
    if case .similar(let rule, _) = self { rule } else { nil }
  }
}

/// A rule for references that are not named: the concept is compared with the most similar others.
public struct ReferenceRule: Equatable, Sendable {
  /// What counts as similar.
  public enum Similarity: String, CaseIterable, Named {
    public static let kind = "a measure of similarity"

    /// The cosine of their directions: the paper's figure 1 and eq. 11.
    case directions
    /// The nearest logit on this very picture, above or below: the official code's way.
    case logits
    /// The highest scores of the others on this picture: its next predictions.
    case predictions
  }

  public let count: Int
  public let measure: Similarity

  public init(_ count: Int, by measure: Similarity = .directions) {
    self.count = count
    self.measure = measure
  }

  /// Returns the most similar of the others, in order. Of equals the first counts.
  public func chosen(
    for concept: Target, among others: [Target], _ score: (Target) -> Float
  ) -> [Target] {
    places(for: concept, among: others, score).map { others[$0] }
  }

  /// Returns the places of the most similar ones among the others.
  package func places(
    for concept: Target, among others: [Target], _ score: (Target) -> Float
  ) -> [Int] {
    let distances: [Float]
    switch measure {
    case .directions:
      let directions = Matrix.stacked(others.map(\.firstDirection)).scaledToUnitRows()
      distances = directions.timesTurned(concept.firstDirection.scaledToUnitRows()).elements
        .map { -$0 }
    case .logits:
      let logit = score(concept)
      distances = others.map { abs(score($0) - logit) }
    case .predictions:
      distances = others.map { -score($0) }
    }
    let order = others.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    return Array(order.prefix(count))
  }
}

extension ReferenceRule: CustomStringConvertible {
  /// The rule as it is asked for: `auto:3`, `auto:3:logits`.
  public var description: String {
    "auto:\(count)" + (measure == .directions ? "" : ":\(measure.rawValue)")
  }

  /// Reads a rule; nil if the text is not one, or asks for no references.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts[0] == "auto", let count = Int(parts[1]), count > 0
    else { return nil }
    let measure = parts.count == 3 ? Similarity(rawValue: String(parts[2])) : .directions
    guard let measure else { return nil }
    self.init(count, by: measure)
  }
}

extension Target {
  fileprivate var firstDirection: Matrix { direction ?? directions.rows(0..<1) }
}
