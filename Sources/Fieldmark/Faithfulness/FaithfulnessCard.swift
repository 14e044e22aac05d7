import Encoders

/// What a measure's number depends on, to stand beside the number wherever it goes.
///
///     curve.card.json.written()
///     // {"measure":"deletion","paper":"Petsiuk et al. 2018 ...","fill":"zero", ... "left_out":[]}
///
/// Five public implementations of "deletion" give five numbers, by fill, steps, score and ties.
/// Numbers of two cards that differ are not to be compared.
public struct FaithfulnessCard: Equatable, Sendable {
  public let measure: String
  public let paper: String
  /// Fill, steps, score, ties and whatever else the measure can be asked for.
  public let settings: [JSON.Member]
  /// What the number is not made of, though one would expect it.
  public let leftOut: [LeftOut]

  public struct LeftOut: Equatable, Sendable {
    public let what: String
    public let why: String

    public init(what: String, why: String) {
      self.what = what
      self.why = why
    }
  }

  public init(
    _ measure: String, paper: String, _ settings: KeyValuePairs<String, JSON>,
    leftOut: [LeftOut] = []
  ) {
    self.init(
      measure: measure, paper: paper, settings: settings.map { JSON.Member($0.key, $0.value) },
      leftOut: leftOut)
  }

  private init(measure: String, paper: String, settings: [JSON.Member], leftOut: [LeftOut]) {
    self.measure = measure
    self.paper = paper
    self.settings = settings
    self.leftOut = leftOut
  }

  /// The same, with one more thing left out.
  func leaving(_ what: String, _ why: String) -> FaithfulnessCard {
    FaithfulnessCard(
      measure: measure, paper: paper, settings: settings,
      leftOut: leftOut + [LeftOut(what: what, why: why)])
  }

  public var json: JSON {
    let left = leftOut.map { left -> JSON in
      ["what": .string(left.what), "why": .string(left.why)]
    }
    return .object(
      [JSON.Member("measure", .string(measure)), JSON.Member("paper", .string(paper))]
        + settings + [JSON.Member("left_out", .array(left))])
  }
}

/// A number with its card; no number where the measure has none for this picture.
public struct CardedNumber: Equatable, Sendable {
  public let value: Double?
  public let card: FaithfulnessCard
}

extension FaithfulnessCard {
  /// Refuses a setting out of its range: `deletion's step: expected at least 1, found 0.`
  static func check(
    _ setting: String, _ value: Double, _ expected: String, _ isRight: (Double) -> Bool
  ) throws {
    guard !isRight(value) else { return }
    let found = Int(exactly: value).map { "\($0)" } ?? "\(value)"
    throw InputError(setting, expected: expected, found: found, kind: .words)
  }
}
