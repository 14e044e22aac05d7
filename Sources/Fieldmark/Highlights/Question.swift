import Encoders

/// What is asked of pictures: where is this to be seen, rather than those?
///
///     let question = Question(epaulets, against: [bird], strength: 0.6)
///     try Highlight(question, .gradCAM, view)
public struct Question: Sendable {
  public let concept: Target
  public let references: References
  public let strength: Float
  public let weighting: Weighting
  /// The concept with each of its words left out; nil where nobody asks, or where it is no phrase.
  public let words: LeftOutWords?
  /// What whoever relies on the answer should know, a sentence without its full stop each.
  public let notes: [String]

  /// Each target is one logit, named like the text or the class that it stands for.
  public init(
    _ concept: Target, _ references: References, strength: Float = 0.6,
    weighting: Weighting = .mean, words: LeftOutWords? = nil, notes: [String] = []
  ) {
    self.concept = concept
    self.references = references
    self.strength = strength
    self.weighting = weighting
    self.words = words
    self.notes = notes
  }

  public init(
    _ concept: Target, against references: [Target] = [], strength: Float = 0.6,
    weighting: Weighting = .mean, notes: [String] = []
  ) {
    self.init(
      concept, .named(references), strength: strength, weighting: weighting, notes: notes)
  }

  /// The question as it is put to one picture, of which targets have scores.
  public func asked(_ score: (Target) -> Float) -> Asked {
    let references = references.chosen(for: concept, score)
    return Asked(
      against: references.map(\.name),
      contrast: weighting.contrast(concept, references, strength),
      notes: notes + sameness(references))
  }

  /// A question whose references are known.
  public struct Asked: Sendable {
    public let against: [String]
    public let contrast: Contrast
    public let notes: [String]
  }

  private func sameness(_ references: [Target]) -> [String] {
    references.filter { $0.directions == concept.directions && $0.biases == concept.biases }.map {
      "to the model '\(printable(concept.name.utf8))' and '\(printable($0.name.utf8))' are the same, "
        + "so nothing tells them apart"
    }
  }
}
