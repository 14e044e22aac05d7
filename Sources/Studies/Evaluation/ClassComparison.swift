import Explaining

/// How the rows of an evaluation compare a picture's class with others, and which one measures hold it
/// against.
///
/// ```swift
/// ClassComparison(references: ReferenceRule(3, by: .predictions)).references.description
/// // auto:3:predictions
/// ```
public struct ClassComparison: Sendable {
  public var references: ReferenceRule
  /// How several references are made one.
  public var weighting: Weighting
  /// How strongly they are subtracted; 0 is the method alone.
  public var strengths: [Float]
  /// Which one class the relative drop and its like are relative to: the first by this, whatever rows
  /// are compared with. Else rows with other references would be measured by other rulers.
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
