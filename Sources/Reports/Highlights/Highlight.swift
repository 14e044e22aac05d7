import Explaining
import Ground

/// The map of a picture for a question by one method, with everything that is needed to compute it
/// again.
///
/// ```swift
/// let highlight = try Highlight(question, .gradCAM, view)
/// highlight.heatmap.peak
/// highlight.json(picture: "bird.jpg", Provenance(model: "demo")).written()
/// ```
public struct Highlight: Sendable {
  public let question: Question
  /// The names of the references that the concept was compared with on this picture.
  public let against: [String]
  /// With feature surgery (CLIP Surgery), the weight of each of the question's labels on this
  /// picture.
  public let weights: [Float]
  private let map: ScoredMap
  /// The further settings of the method, as they were used.
  public let settings: [JSON.Member]
  /// The number of tiles in which the picture was seen; nil if it was seen as a whole.
  public let tiles: Int?
  /// The score of the concept alone, without its references.
  public let conceptScore: Float
  /// The concept's scores without each of its words; nil if they were not asked for.
  public let words: LeftOutWords.Scores?
  /// Whether the concept is in the picture at all; nil where that is not known.
  public let presence: Presence?

  /// The method's name.
  public var method: String { map.method }
  /// The block that was explained.
  public var block: Int { map.block }
  public var heatmap: Heatmap { map.heatmap }
  /// The score of the target, which the map explains.
  public var score: Float { map.score }
  /// Notes about the map, the picture and the question, as sentences without the period.
  public var notes: [String] { map.notes + (absence.map { [$0] } ?? []) }

  /// That the concept is probably not in the picture, as a note.
  var absence: String? {
    presence.flatMap { $0.verdict == .absent ? String($0.sentence.dropLast()) : nil }
  }

  public init(
    _ question: Question, _ method: Method, _ view: View, _ settings: Method.Settings = .init()
  ) throws {
    self = try Highlight.all([question], method, Tiles(view), settings)[0]
  }

  public static func all(
    _ questions: [Question], _ method: Method, _ view: View, _ settings: Method.Settings = .init()
  ) throws -> [Highlight] {
    try all(questions, method, Tiles(view), settings)
  }

  /// Answers several questions about one picture. What their maps have in common is computed once.
  public static func all(
    _ questions: [Question], _ method: Method, _ tiles: Tiles,
    _ settings: Method.Settings = .init()
  ) throws -> [Highlight] {
    let asked = questions.map { $0.asked(tiles) }
    let parts = asked.flatMap(\.contrast.parts)
    // Operations of a contrast on whole maps, such as clipping, apply to the maps of the whole
    // picture and not to those of its tiles.
    var maps = try tiles.maps { try method.maps($0, parts, settings) }[...]
    return try zip(questions, asked).map { question, asked in
      let count = asked.contrast.parts.count
      let map = asked.contrast.joined(Array(maps.prefix(count)))
      maps = maps.dropFirst(count)
      return try Highlight(question, asked, method, tiles, map, settings)
    }
  }

  private init(
    _ question: Question, _ asked: Question.Resolved, _ method: Method, _ tiles: Tiles,
    _ heatmap: Heatmap, _ settings: Method.Settings
  ) throws {
    let (target, view) = (asked.contrast.target, tiles.views[0])
    map = try ScoredMap(
      "map of '\(printable(question.concept.name.utf8))' by \(method.name)", method.name, view,
      heatmap, score: tiles.score(target), notes: asked.notes + method.notes(target, settings),
      hint:
        "its weights may be damaged, or the weights or the strength may be too large for 32 bits")
    self.question = question
    against = asked.against
    weights = asked.weights
    self.settings = try method.settings(
      settings, for: target, view.encoder, block: view.block)
    self.tiles = tiles.count
    conceptScore = tiles.score(question.concept)
    words = question.words?.scores(tiles.score)
    presence = question.presence?.presence(tiles.score)
  }

  /// The object that `fieldmark highlight --json` prints, with everything that the numbers depend
  /// on. Members that do not apply are left out instead of being null.
  public func json(picture: Path, _ provenance: Provenance) -> JSON {
    let own: [JSON.Member] = [
      .init("concept", .string(question.concept.name)),
      .init("against", .array(against.map(JSON.string))),
      .init("references", question.references.rule.map { .string($0.description) } ?? .null),
      .init("strength", JSON(question.strength)),
      .init("weighting", .string(question.weighting.name)), .init("surgery", surgery),
      .init("score", JSON(score)), .init("concept_score", JSON(conceptScore)),
    ]
    let rest: [JSON.Member] = [
      .init("tiles", tiles.map(JSON.integer) ?? .null), .init("words", words?.json ?? .null),
      .init("presence", presence?.json ?? .null),
      map.notes(provenance), .init("settings", .object(settings)),
    ]
    let all = map.opening(picture, provenance) + own + map.members + rest
    return .object(all.filter { $0.value != .null } + provenance.members)
  }
}

extension Highlight {
  /// The member "surgery", `{"among": ["red epaulets", "bird"], "weights": [1.1, 0.9]}`; null for a
  /// map without feature surgery.
  private var surgery: JSON {
    guard let surgery = question.surgery else { return .null }
    return [
      "among": .array(surgery.labels.map { .string($0.name) }),
      "weights": .array(weights.map { JSON($0) }),
    ]
  }
}
