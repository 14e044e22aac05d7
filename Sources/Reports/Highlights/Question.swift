import Explaining
import Ground

/// What is asked of pictures: where is this to be seen, rather than those?
///
/// ```swift
/// let question = Question(epaulets, against: [wing], strength: 0.6)
/// try Highlight(question, .gradCAM, view)
/// ```
public struct Question: Sendable {
  public let concept: Target
  public let references: References
  public let strength: Float
  public let weighting: Weighting
  /// The concept with each of its words left out; nil where nobody asks, or where it is no phrase.
  public let words: LeftOutWords?
  /// All concepts that were asked together, of which what they share is to be taken off: CLIP Surgery's
  /// feature surgery. Empty where nobody asks for it, and then there may be references.
  public let surgery: Surgery?
  /// What whoever relies on the answer should know, a sentence without its full stop each.
  public let notes: [String]

  /// One concept of several, by its place among them.
  public struct Surgery: Sendable {
    public let place: Int
    public let labels: [Target]

    public init(on place: Int, among labels: [Target]) {
      (self.place, self.labels) = (place, labels)
    }
  }

  /// Each target is one logit, named like the text or the class that it stands for.
  public init(
    _ concept: Target, _ references: References, strength: Float = 0.6,
    weighting: Weighting = .mean, words: LeftOutWords? = nil, surgery: Surgery? = nil,
    notes: [String] = []
  ) {
    self.concept = concept
    self.references = references
    self.strength = strength
    self.weighting = weighting
    self.words = words
    self.surgery = surgery
    self.notes = notes
  }

  public init(
    _ concept: Target, against references: [Target] = [], strength: Float = 0.6,
    weighting: Weighting = .mean, notes: [String] = []
  ) {
    self.init(
      concept, .named(references), strength: strength, weighting: weighting, notes: notes)
  }

  /// The question as it is put to one picture, of which targets have scores and cosines.
  func asked(_ tiles: Tiles) -> Resolved {
    guard let surgery else { return asked(tiles.score) }
    let weights = Target.surgeryWeights(
      tiles.mean { Target.cosines(of: surgery.labels, with: $0.embedding) })
    return Resolved(
      against: [],
      contrast: Contrast(
        Target.surgery(on: surgery.place, among: surgery.labels, weights: weights)),
      notes: notes, weights: weights)
  }

  /// The same without surgery.
  public func asked(_ score: (Target) -> Float) -> Resolved {
    let references = references.chosen(for: concept, score)
    return Resolved(
      against: references.map(\.name),
      contrast: weighting.contrast(concept, references, strength),
      notes: notes + sameness(references))
  }

  /// A question whose references are known.
  public struct Resolved: Sendable {
    public let against: [String]
    public let contrast: Contrast
    public let notes: [String]
    /// Of surgery, how much each of the labels counts on the picture.
    public var weights: [Float] = []
  }

  private func sameness(_ references: [Target]) -> [String] {
    references.filter { $0.directions == concept.directions && $0.biases == concept.biases }.map {
      "to the model '\(printable(concept.name.utf8))' and '\(printable($0.name.utf8))' are the same, "
        + "so nothing tells them apart"
    }
  }
}
