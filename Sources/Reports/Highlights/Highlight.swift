import Explaining
import Ground

/// Where a picture shows what a question asks for, by one method: the answer, and all that is
/// needed to ask again.
///
///     let highlight = try Highlight(question, .gradCAM, view)
///     highlight.heatmap.peak
///     highlight.json(picture: "bird.jpg", Provenance(model: "demo")).written()
public struct Highlight: Sendable {
  public let question: Question
  /// Names of what the concept was compared with on this picture.
  public let against: [String]
  /// Of CLIP Surgery's features, how much each of the question's labels counts on this picture.
  public let weights: [Float]
  /// The method's name.
  public let method: String
  /// What it takes besides, as it was used.
  public let settings: [JSON.Member]
  /// The block that was explained.
  public let block: Int
  /// How many tiles the picture was seen in; nil where it was seen once.
  public let tiles: Int?
  public let heatmap: Heatmap
  /// Of the target: what the map is an account of.
  public let score: Float
  /// Of the concept alone, without what it is compared with.
  public let conceptScore: Float
  /// What the concept scores without each of its words; nil where nobody asked.
  public let words: LeftOutWords.Scores?
  /// What one should know of the map, of the picture and of the question, a sentence without its
  /// full stop each.
  public let notes: [String]

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

  /// Several questions to one picture. What their maps have in common is computed once.
  public static func all(
    _ questions: [Question], _ method: Method, _ tiles: Tiles,
    _ settings: Method.Settings = .init()
  ) throws -> [Highlight] {
    let asked = questions.map { $0.asked(tiles) }
    let parts = asked.flatMap(\.contrast.parts)
    // What a contrast does to whole maps, as clipping them, it does to those of the whole picture.
    var maps = try tiles.maps { try method.maps($0, parts, settings) }[...]
    return try zip(questions, asked).map { question, asked in
      let count = asked.contrast.parts.count
      let map = asked.contrast.joined(Array(maps.prefix(count)))
      maps = maps.dropFirst(count)
      return try Highlight(question, asked, method, tiles, map, settings)
    }
  }

  /// Refuses maps with numbers that are none: weights that overflow would show up in no other way.
  private init(
    _ question: Question, _ asked: Question.Asked, _ method: Method, _ tiles: Tiles,
    _ heatmap: Heatmap, _ settings: Method.Settings
  ) throws {
    let score = tiles.score(asked.contrast.target)
    if let stray = (heatmap.values.elements + [score]).first(where: { !$0.isFinite }) {
      throw InputError(
        "map of '\(printable(question.concept.name.utf8))' by \(method.name)",
        expected: "finite numbers out of the model", found: stray.isNaN ? "nan" : "\(stray)",
        hint: "its weights may be damaged, or they or the strength too large for 32 bits")
    }
    self.question = question
    against = asked.against
    weights = asked.weights
    self.method = method.name
    self.settings = try method.settings(
      settings, for: asked.contrast.target, tiles.views[0].encoder, block: tiles.views[0].block)
    self.heatmap = heatmap
    self.score = score
    self.tiles = tiles.count
    block = tiles.views[0].block
    conceptScore = tiles.score(question.concept)
    words = question.words?.scores(tiles.score)
    notes =
      heatmap.notes + tiles.views[0].picture.notes + asked.notes
      + method.notes(asked.contrast.target, settings)
  }

  /// What `fieldmark highlight --json` prints: all that the numbers depend on. What nobody asked for is
  /// left out, and nothing is null.
  public func json(picture: Path, _ provenance: Provenance) -> JSON {
    let (region, peak) = (heatmap.region, heatmap.peak)
    let sides = [region.x, region.y, region.width, region.height]
    let object: JSON = [
      "picture": .string(picture.description),
      "width": .integer(heatmap.width),
      "height": .integer(heatmap.height),
      "model": .string(provenance.model),
      "method": .string(method),
      "layer": .integer(block),
      "concept": .string(question.concept.name),
      "against": .array(against.map(JSON.string)),
      "references": question.references.rule.map { .string($0.description) } ?? .null,
      "strength": JSON(question.strength),
      "weighting": .string(question.weighting.name),
      "surgery": surgery,
      "score": JSON(score),
      "concept_score": JSON(conceptScore),
      "grid": [.integer(heatmap.values.rows), .integer(heatmap.values.columns)],
      "values": .array(heatmap.values.elements.map { JSON($0) }),
      "region": .array(sides.map(JSON.number)),
      "peak": [.number(peak.x), .number(peak.y)],
      "tiles": tiles.map(JSON.integer) ?? .null,
      "words": words?.json ?? .null,
      "notes": .array((notes + provenance.notes).map(JSON.string)),
      "settings": .object(settings),
    ]
    let own = (object.members ?? []).filter { $0.value != .null }
    return .object(own + provenance.members)
  }
}

extension Highlight {
  /// `{"among": ["red epaulets", "bird"], "weights": [1.1, 0.9]}`; null of a map without it.
  private var surgery: JSON {
    guard let surgery = question.surgery else { return .null }
    return [
      "among": .array(surgery.labels.map { .string($0.name) }),
      "weights": .array(weights.map { JSON($0) }),
    ]
  }
}

extension Heatmap {
  /// What a drawing of the map would not tell.
  public var notes: [String] {
    let (least, most) = (values.elements.min() ?? 0, values.elements.max() ?? 0)
    if most <= 0 { return ["the map is empty: nothing in it is above 0"] }
    if least == most { return ["the map is flat: all of it is \(most)"] }
    let isInside = (0..<Double(width)).contains(peak.x) && (0..<Double(height)).contains(peak.y)
    return isInside ? [] : ["the map's peak lies beyond the picture's edge"]
  }
}
