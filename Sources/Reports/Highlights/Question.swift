import Explaining
import Ground

/// A question about pictures: where is this concept, rather than its references?
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
  /// The concept with each of its words left out. Nil if this is not asked for, or if the concept
  /// is not a phrase.
  public let words: LeftOutWords?
  /// The phrases by which it is told whether the concept is in a picture; nil where none of its kind are
  /// known.
  public let presence: AskedPresence?
  /// All concepts of the call, of which the common part is subtracted: CLIP Surgery's feature
  /// surgery. Nil if it is not asked for; only then may there be references.
  public let surgery: Surgery?
  /// Notes for the user of the answer, as sentences without the period.
  public let notes: [String]

  /// One concept among several, given by its index.
  public struct Surgery: Sendable {
    public let place: Int
    public let labels: [Target]

    public init(on place: Int, among labels: [Target]) {
      (self.place, self.labels) = (place, labels)
    }
  }

  /// - Parameter concept: A target with a single logit, like each of the references, named after
  ///   its text or class.
  public init(
    _ concept: Target, _ references: References, strength: Float = 0.6,
    weighting: Weighting = .mean, words: LeftOutWords? = nil, presence: AskedPresence? = nil,
    surgery: Surgery? = nil, notes: [String] = []
  ) {
    self.concept = concept
    self.references = references
    self.strength = strength
    self.weighting = weighting
    self.words = words
    self.presence = presence
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

  /// The question with the references and weights that its scores and cosines on one picture
  /// determine.
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

  /// Like the other `asked`, for a question without feature surgery.
  public func asked(_ score: (Target) -> Float) -> Resolved {
    let references = references.chosen(for: concept, score)
    return Resolved(
      against: references.map(\.name),
      contrast: weighting.contrast(concept, references, strength),
      notes: notes + sameness(references))
  }

  /// A question whose references are known for one picture.
  public struct Resolved: Sendable {
    public let against: [String]
    public let contrast: Contrast
    public let notes: [String]
    /// With feature surgery, the weight of each label on the picture.
    public var weights: [Float] = []
  }

  private func sameness(_ references: [Target]) -> [String] {
    references.filter { $0.directions == concept.directions && $0.biases == concept.biases }.map {
      "to the model '\(printable(concept.name.utf8))' and '\(printable($0.name.utf8))' are the same, "
        + "so nothing tells them apart"
    }
  }
}
