import Explaining

/// How the rows of an evaluation compare a picture's class with others, and which class measures
/// use as its rival.
///
/// ```swift
/// ClassComparison(references: ReferenceRule(3, by: .predictions)).references.description
/// // auto:3:predictions
/// ```
public struct ClassComparison: Sendable {
  public var references: ReferenceRule
  /// How several references are combined.
  public var weighting: Weighting
  /// How strongly references are subtracted; 0 is the method alone.
  public var strengths: [Float]
  /// The rule that finds the rival, the one class that the relative drop and similar measures are
  /// relative to. It does not depend on a row's references, because rows with other references
  /// would otherwise be measured by different standards.
  public var rival: ReferenceRule.Similarity

  public init(
    references: ReferenceRule = ReferenceRule(3), weighting: Weighting = .mean,
    strengths: [Float] = [0, 0.6], rival: ReferenceRule.Similarity = .directions
  ) {
    self.references = references
    self.weighting = weighting
    self.strengths = strengths
    self.rival = rival
  }
}
