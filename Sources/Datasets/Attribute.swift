/// Something that a picture or a class may have.
///
/// ```swift
/// Attribute("has_wing_color::red").group      // wing_color
/// ```
public struct Attribute: Equatable, Hashable, Sendable {
  /// As the dataset has it.
  public let name: String
  /// What it is about.
  public let group: String
  /// What that is like.
  public let value: String

  /// A name as in CUB-200-2011, `has_GROUP::VALUE`; any other is a group of its own.
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

/// What somebody said when asked whether a picture shows an attribute.
public struct AttributeLabel: Equatable, Sendable {
  /// How sure they were, by CUB-200-2011's numbers.
  public enum Certainty: UInt8, Sendable {
    case notVisible = 1
    case guessing, probably, definitely
  }

  public let isPresent: Bool
  public let certainty: Certainty
  /// How long they took; nil where the table has no number there.
  public let seconds: Double?

  public init(isPresent: Bool, certainty: Certainty, seconds: Double? = nil) {
    (self.isPresent, self.certainty, self.seconds) = (isPresent, certainty, seconds)
  }

  /// From 0, surely not, to 1, surely: as Koh et al. turn answers into numbers for concept
  /// bottlenecks (2020, arXiv 2007.04612, `CUB/generate_new_data.py`). What is not visible counts as
  /// absent, whatever was answered.
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
