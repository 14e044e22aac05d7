import Encoders
import Explaining
import Ground

/// One or more rows of a table: their names, and a function that makes a map for each. Rows whose
/// maps have much in common are computed together.
///
/// ```swift
/// Explainer.method(.gradCAM, [0, 0.6], .init(3), .mean, .init()).rows.map(\.name)
/// // grad-cam, grad-cam + finer 0.6
/// ```
public struct Explainer: Sendable {
  public let rows: [Row]
  /// The number of other classes that the picture's own class is compared with, if the classifier
  /// has that many.
  public let others: Int
  /// The settings of the methods by the names of their rows, as an encoder uses them at a block.
  let settings: @Sendable (ImageEncoder, _ block: Int) throws -> [JSON.Member]
  /// The class that measures use as the rival.
  let rival: @Sendable (EvaluationCase) throws -> Int
  private let run: @Sendable (EvaluationCase) throws -> Answer

  public struct Row: Equatable, Sendable {
    public let name: String
    /// The row that this one is compared with.
    public let against: String?
    /// The method, as its rows name it, and how strongly other classes are subtracted. Both are nil
    /// for a row that compares in another way.
    public private(set) var method: String?
    public private(set) var strength: Float?

    public init(_ name: String, against: String? = nil) {
      (self.name, self.against) = (name, against)
    }
  }

  /// A map for each row, or the reason why there are none for this picture.
  enum Answer: Sendable {
    case maps([Heatmap])
    case none(reason: String)
  }

  init(
    _ rows: [Row], others: Int = 0, of methods: [(row: String, Method)] = [],
    _ settings: Method.Settings = .init(),
    rival: @escaping @Sendable (EvaluationCase) throws -> Int,
    _ run: @escaping @Sendable (EvaluationCase) throws -> Answer
  ) {
    self.rows = rows
    self.others = others
    self.rival = rival
    self.settings = { encoder, block in
      try methods.map { row, method in
        .init(row, .object(try method.settings(settings, encoder, block: block)))
      }
    }
    self.run = run
  }

  func callAsFunction(_ subject: EvaluationCase) throws -> Answer {
    let answer = try run(subject)
    if case .maps(let maps) = answer {
      precondition(maps.count == rows.count, "Every row has its map.")
    }
    return answer
  }
}

extension Explainer.Row {
  private static let finer = " + finer "

  /// The row of a method at a strength; 0 is the method alone.
  init(of method: String, at strength: Float, against: String? = nil) {
    self.init(method + (strength == 0 ? "" : Self.finer + "\(strength)"), against: against)
    (self.method, self.strength) = (method, strength)
  }

  /// A row read from a run, whose method and strength follow from its name.
  init(written name: String, against: String?) {
    self.init(name, against: against)
    let parts = name.split(separator: Self.finer, omittingEmptySubsequences: false)
    strength = parts.count == 2 ? Float(parts[1]) : parts.count == 1 ? 0 : nil
    if strength != nil { method = String(parts[0]) }
  }
}

extension Explainer {
  /// A method at several strengths, compared with the classes most similar to the picture's own.
  /// The rows may have another name than the method.
  public static func method(
    _ method: Method, named given: String? = nil, _ strengths: [Float],
    _ references: ReferenceRule = ReferenceRule(3),
    _ weighting: Weighting = .mean, _ settings: Method.Settings = .init()
  ) -> Explainer {
    self.method(
      method, named: given,
      ClassComparison(references: references, weighting: weighting, strengths: strengths), settings)
  }

  public static func method(
    _ method: Method, named given: String? = nil, _ comparison: ClassComparison,
    _ settings: Method.Settings = .init()
  ) -> Explainer {
    let name = given ?? method.name
    let (strengths, references) = (comparison.strengths, comparison.references)
    let rows = strengths.map { strength in
      Row(of: name, at: strength, against: strength != 0 && strengths.contains(0) ? name : nil)
    }
    let others = strengths.contains { $0 != 0 } ? references.count : 0
    return Explainer(
      rows, others: others, of: [(name, method)], settings,
      rival: nearest(ReferenceRule(1, by: comparison.rival))
    ) { subject in
      let rivals = subject.rivals(references).map { subject.targets[$0] }
      return try .maps(
        maps(
          method, settings, subject,
          strengths.map {
            comparison.weighting.contrast(subject.concept, $0 == 0 ? [] : rivals, $0)
          }))
    }
  }

  /// The class that is most similar to the picture's own, by the measure of a rule.
  static func nearest(_ rule: ReferenceRule) -> @Sendable (EvaluationCase) -> Int {
    { subject in subject.rivals(ReferenceRule(1, by: rule.measure)).first ?? subject.label }
  }

  /// A method's maps of several contrasts. What they share is computed once.
  static func maps(
    _ method: Method, _ settings: Method.Settings, _ subject: EvaluationCase,
    _ contrasts: [Contrast]
  ) throws -> [Heatmap] {
    var maps = try method.maps(subject.view, contrasts.flatMap(\.parts), settings)[...]
    return contrasts.map { contrast in
      defer { maps = maps.dropFirst(contrast.parts.count) }
      return contrast.joined(Array(maps.prefix(contrast.parts.count)))
    }
  }
}
