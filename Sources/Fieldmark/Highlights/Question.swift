import Encoders

/// What is asked of pictures: where is this to be seen, rather than those?
///
///     let question = Question(epaulets, against: [bird], strength: 0.6)
///     try Highlight(question, .gradCAM, view)
public struct Question: Sendable {
  /// How several references are made one.
  public enum Weighting: String, CaseIterable, Sendable {
    /// The paper's: each counts the same.
    case mean
    /// The official code's: those that the model thinks likely count more.
    case softmax
  }

  public let concept: String
  public let against: [String]
  public let strength: Float
  public let weighting: Weighting
  /// What is explained.
  public let target: Target
  /// What whoever relies on the answer should know, a sentence without its full stop each.
  public let notes: [String]

  /// Each target is one logit, named like the text or the class that it stands for.
  public init(
    _ concept: Target, against references: [Target] = [], strength: Float = 0.6,
    weighting: Weighting = .mean, notes: [String] = []
  ) {
    self.concept = concept.name
    against = references.map(\.name)
    self.strength = strength
    self.weighting = weighting
    target =
      switch weighting {
      case .mean: concept.compared(with: references, strength: strength)
      case .softmax: concept.comparedBySoftmax(with: references, strength: strength)
      }
    let same = references.filter { $0.directions == concept.directions }
    self.notes =
      notes
      + same.map { reference in
        "to the model '\(printable(concept.name.utf8))' and '\(printable(reference.name.utf8))' "
          + "are the same, so nothing tells them apart"
      }
  }
}
