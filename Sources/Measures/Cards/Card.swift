import Ground

/// Everything that a measure's number depends on, kept beside the number.
///
/// ```swift
/// curve.card.json.written()
/// // {"measure":"deletion","paper":"Petsiuk et al. 2018 ...","fill":"zero", ... "left_out":[]}
/// Measure.energy.card["map"]      // "numbers below 0 become 0"
/// ```
///
/// Five public implementations of "deletion" give five different numbers, because they differ in
/// fill, steps, score and ties. Numbers whose cards differ should not be compared.
public struct Card: Equatable, Sendable {
  public let measure: String
  /// The paper that defines the measure.
  public let paper: String
  /// What is done to the map, fill, steps, score, ties and the other settings of the measure.
  /// Settings that do not apply are absent.
  public let settings: [JSON.Member]
  /// What the number does not include although one would expect it. The card of a measure says for
  /// which pictures there is no number; the card of a picture's number says what was left out
  /// there.
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
      measure, paper: paper, settings.map { JSON.Member($0.key, $0.value) }, leftOut: leftOut)
  }

  init(_ measure: String, paper: String, _ settings: [JSON.Member], leftOut: [LeftOut]) {
    self.measure = measure
    self.paper = paper
    self.settings = settings
    self.leftOut = leftOut
  }

  /// The value of a setting; nil if the measure does not have it.
  public subscript(setting: String) -> JSON? { settings.first { $0.key == setting }?.value }

  /// The card with one more thing left out.
  func leaving(_ what: String, _ why: String) -> Card {
    Card(measure, paper: paper, settings, leftOut: leftOut + [LeftOut(what: what, why: why)])
  }

  /// The card with other values for some settings.
  package func with(_ others: [String: JSON]) -> Card {
    Card(
      measure, paper: paper, settings.map { JSON.Member($0.key, others[$0.key] ?? $0.value) },
      leftOut: leftOut)
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

/// A number with its card. The value is nil if the measure has none for this picture.
public struct CardedNumber: Equatable, Sendable {
  public let value: Double?
  public let card: Card
}

extension Card {
  /// Throws if a setting is out of range: `deletion's step: expected at least 1, found 0.`
  package static func check(
    _ setting: String, _ value: Double, _ expected: String, _ isRight: (Double) -> Bool
  ) throws {
    guard !isRight(value) else { return }
    let found = Int(exactly: value).map { "\($0)" } ?? "\(value)"
    throw InputError(setting, expected: expected, found: found, kind: .words)
  }

  /// Throws if a map has a number that is not finite, for measures that could not give any value
  /// then: `ROAD's map: expected finite numbers, found nan.`
  package static func check(_ measure: String, map: [Float]) throws {
    guard let stray = map.first(where: { !$0.isFinite }) else { return }
    throw InputError("\(measure)'s map", expected: "finite numbers", found: "\(stray)")
  }
}
