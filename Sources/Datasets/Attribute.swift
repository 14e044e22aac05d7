/// A property that a picture or a class may have.
///
/// ```swift
/// Attribute("has_wing_color::red").group      // wing_color
/// ```
public struct Attribute: Equatable, Hashable, Sendable {
  /// The name as the dataset spells it.
  public let name: String
  /// The group that the attribute belongs to, such as a color or a shape.
  public let group: String
  /// The value within the group; empty where the name has none.
  public let value: String

  /// Parses a name of CUB-200-2011, `has_GROUP::VALUE`. Any other name is a group of its own, with
  /// an empty value.
  public init(_ name: String) {
    self.name = name
    let bare = name.hasPrefix("has_") ? name.dropFirst(4) : name[...]
    guard let colons = bare.firstRange(of: "::") else {
      (group, value) = (String(bare), "")
      return
    }
    (group, value) = (String(bare[..<colons.lowerBound]), String(bare[colons.upperBound...]))
  }
}

/// The answer that an annotator gave when asked whether a picture shows an attribute.
public struct AttributeLabel: Equatable, Sendable {
  /// How certain the annotator was, by the numbers of CUB-200-2011.
  public enum Certainty: UInt8, Sendable {
    case notVisible = 1
    case guessing, probably, definitely
  }

  public let isPresent: Bool
  public let certainty: Certainty
  /// How long the annotator took; nil where the table has no number for it.
  public let seconds: Double?

  public init(isPresent: Bool, certainty: Certainty, seconds: Double? = nil) {
    (self.isPresent, self.certainty, self.seconds) = (isPresent, certainty, seconds)
  }

  /// From 0 (surely absent) to 1 (surely present), by the rule with which Koh et al. turn answers
  /// into numbers for concept bottlenecks (2020, arXiv 2007.04612, `CUB/generate_new_data.py`). An
  /// attribute that is not visible counts as absent, whatever the answer was.
  public var confidence: Float {
    switch (certainty, isPresent) {
    case (.notVisible, _), (.definitely, false): 0
    case (.guessing, _): 0.5
    case (.probably, true): 0.75
    case (.probably, false): 0.25
    case (.definitely, true): 1
    }
  }
}
