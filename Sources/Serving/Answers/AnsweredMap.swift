import Encoders
import Explaining
import Ground
import Reports

/// The answer to one question about a picture and, if the method is linear, the maps from which the
/// answer for any other strength follows:
///
///     values = own - strength * references
///
/// in 32 bits and in this order of operations, which a browser can repeat to the last bit.
struct AnsweredMap: Sendable {
  let highlight: Highlight
  /// The map of the concept alone; nil if the method is not linear.
  let own: Matrix?
  /// What is subtracted at strength 1; nil if there are no references or the method is not linear.
  let references: Matrix?
  /// The score of what is subtracted at strength 1; nil without references.
  let referenceScore: Float?

  /// The map at the question's strength.
  var heatmap: Heatmap {
    guard let own else { return highlight.heatmap }
    guard let references else { return highlight.heatmap.with(own) }
    let strength = highlight.question.strength
    return highlight.heatmap.with(own.merged(references) { $0 - strength * $1 })
  }

  static func all(
    _ questions: [Question], _ method: Method, _ tiles: Tiles, _ settings: Method.Settings
  ) throws -> [AnsweredMap] {
    let highlights = try Highlight.all(questions, method, tiles, settings)
    let means = questions.map { question -> Target? in
      let chosen = question.references.chosen(for: question.concept, tiles.score)
      return chosen.isEmpty ? nil : .mean(chosen)
    }
    let linear = questions.map { isLinear($0, method, settings) }
    // All parts of all questions are explained together, since methods share what they have in
    // common.
    let parts = questions.indices.flatMap { index in
      linear[index] ? [questions[index].concept] + [means[index]].compactMap { $0 } : []
    }
    var maps = try tiles.maps { try method.maps($0, parts, settings) }[...]
    return questions.indices.map { index in
      let own = linear[index] ? maps.popFirst()?.values : nil
      let references = linear[index] && means[index] != nil ? maps.popFirst()?.values : nil
      // Where a number is out of range, the page asks again instead of combining.
      let isSound = [own, references].allSatisfy { $0?.elements.allSatisfy(\.isFinite) ?? true }
      return AnsweredMap(
        highlight: highlights[index], own: isSound ? own : nil,
        references: isSound ? references : nil, referenceScore: means[index].map(tiles.score))
    }
  }

  /// Whether the answer is linear in the strength: the method is, and the comparison is a plain mean.
  private static func isLinear(
    _ question: Question, _ method: Method, _ settings: Method.Settings
  ) -> Bool {
    method.isLinear(settings) && question.surgery == nil
      && question.weighting.name == Weighting.mean.name
  }

  func json(_ look: LookRequest) -> JSON {
    let (map, question) = (heatmap, highlight.question)
    var members: [JSON.Member] = [
      .init("concept", .string(question.concept.name)),
      .init("against", .array(highlight.against.map(JSON.string))),
      .init("strength", JSON(question.strength)),
      .init("weighting", .string(question.weighting.name)),
      .init("method", .string(highlight.method)), .init("layer", .integer(highlight.block)),
      .init("model", .string(look.model.model.name)),
    ]
    members += map.members
    members.append(.init("is_linear", .bool(own != nil)))
    if let own { members.append(.init("own", own.elements.json)) }
    if let references { members.append(.init("references", references.elements.json)) }
    members += [
      .init("score", JSON(highlight.score)), .init("concept_score", JSON(highlight.conceptScore)),
    ]
    if let referenceScore { members.append(.init("reference_score", JSON(referenceScore))) }
    members += [
      .init("settings", .object(highlight.settings)),
      .init("notes", .array((highlight.notes + look.caution).map(JSON.string))),
    ]
    return .object(members)
  }
}

extension Heatmap {
  /// The members of a map's object that tell its values and where they lie in the picture.
  var members: [JSON.Member] {
    let (region, peak) = (region, peak)
    return [
      .init("width", .integer(width)), .init("height", .integer(height)),
      .init(
        "region",
        [
          "x": .number(region.x), "y": .number(region.y), "width": .number(region.width),
          "height": .number(region.height),
        ]),
      .init("rows", .integer(values.rows)), .init("columns", .integer(values.columns)),
      .init("values", values.elements.json),
      .init("peak", ["x": .number(peak.x), "y": .number(peak.y)]),
    ]
  }
}

extension [Float] {
  var json: JSON { .array(map { JSON($0) }) }
}

extension LookRequest {
  /// What anyone who asks this model about this picture should know, as sentences without their
  /// periods.
  var caution: [String] {
    guard let caution = model.model.caution, !picture.isDrawnBird else { return [] }
    return [caution.hasSuffix(".") ? String(caution.dropLast()) : caution]
  }
}
