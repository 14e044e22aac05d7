import Ground

/// What a number depends on, to stand beside it wherever it goes.
///
/// ```swift
/// curve.card.json.written()
/// // {"measure":"deletion","paper":"Petsiuk et al. 2018 ...","fill":"zero", ... "left_out":[]}
/// Measure.energy.card["map"]      // "numbers below 0 become 0"
/// ```
///
/// Five public implementations of "deletion" give five numbers, by fill, steps, score and ties.
/// Numbers of two cards that differ are not to be compared.
public struct Card: Equatable, Sendable {
  public let measure: String
  /// Who came up with it.
  public let paper: String
  /// What is done to the map, fill, steps, score, ties and whatever else the measure can be asked
  /// for. What does not apply has no member.
  public let settings: [JSON.Member]
  /// What the number is not made of, though one would expect it. A measure's own card says for which
  /// pictures it has no number; that of a picture's number, what went without it there.
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

  /// A setting; nil where the measure has none of that name.
  public subscript(setting: String) -> JSON? { settings.first { $0.key == setting }?.value }

  /// The same, with one more thing left out.
  func leaving(_ what: String, _ why: String) -> Card {
    Card(measure, paper: paper, settings, leftOut: leftOut + [LeftOut(what: what, why: why)])
  }

  /// The same with other values for some settings.
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

/// A number with its card; no number where the measure has none for this picture.
public struct CardedNumber: Equatable, Sendable {
  public let value: Double?
  public let card: Card
}

extension Card {
  /// Refuses a setting out of its range: `deletion's step: expected at least 1, found 0.`
  package static func check(
    _ setting: String, _ value: Double, _ expected: String, _ isRight: (Double) -> Bool
  ) throws {
    guard !isRight(value) else { return }
    let found = Int(exactly: value).map { "\($0)" } ?? "\(value)"
    throw InputError(setting, expected: expected, found: found, kind: .words)
  }

  /// Refuses a map of which some number is not finite, where nothing could be said of it but what is
  /// wrong: `ROAD's map: expected finite numbers, found nan.`
  package static func check(_ measure: String, map: [Float]) throws {
    guard let stray = map.first(where: { !$0.isFinite }) else { return }
    throw InputError("\(measure)'s map", expected: "finite numbers", found: "\(stray)")
  }
}
