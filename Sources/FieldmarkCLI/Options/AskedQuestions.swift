import Encoders
import Explaining
import Ground
import Models
import Parsing
import Reports

/// Turns options into questions, and questions into their answers on a picture.
extension QuestionOptions {
  /// Makes a target for each concept and each named reference, and returns a question for each
  /// concept, compared with whatever the options name.
  static func questions(
    _ input: Input, _ model: Model, _ vocabulary: Vocabulary
  ) throws -> [Question] {
    let (concepts, rule) = (try askedConcepts(input), try rule(input))
    let targets = try vocabulary.targets(of: concepts)
    let named = rule == nil ? try vocabulary.targets(of: input[QuestionOptions.against]) : []
    return try targets.enumerated().map { index, concept in
      let (name, names) = (concepts[index], rule == nil ? input[QuestionOptions.against] : [])
      return Question(
        concept, try references(rule, named, for: concept, vocabulary, among: targets),
        strength: input[QuestionOptions.strength], weighting: input[QuestionOptions.weighting],
        words: vocabulary.leftOut[name], presence: vocabulary.presences[name],
        surgery: isSurgery(input) ? .init(on: index, among: targets) : nil,
        notes: ([name] + names).flatMap { vocabulary.notes[$0] ?? [] })
    }
  }

  private static func references(
    _ rule: ReferenceRule?, _ named: [Target], for concept: Target, _ vocabulary: Vocabulary,
    among targets: [Target]
  ) throws -> References {
    guard let rule else { return .named(named) }
    let others = vocabulary.others(than: concept, among: targets)
    try check(rule, others.count, concept)
    return .similar(rule, among: others)
  }

  /// Returns a function that answers the questions of the options on one picture.
  static func ask(
    _ input: Input, _ model: Model, _ encoder: ImageEncoder, _ environment: Environment,
    _ output: Output, leavingOutWords: Bool
  ) throws -> PictureGroupOptions.Ask {
    let vocabulary = try Vocabulary(
      input, model, encoder, environment, output, leavingOutWords: leavingOutWords)
    let questions = try questions(input, model, vocabulary)
    let (method, settings) = (input[MethodOptions.method], MethodOptions.settings(input))
    guard let head = vocabulary.classifier, predicts(input) else {
      return { path, picture, tiles in
        try Highlight.all(questions, method, tiles, settings).map {
          ExplainedPicture($0, path, picture)
        }
      }
    }
    // Wrong references are reported before any picture is read.
    let rule = try rule(input)
    let named = rule == nil ? try vocabulary.targets(of: input[QuestionOptions.against]) : []
    if let rule { try check(rule, head.targets.count - 1, head.targets[0]) }
    let (strength, weighting) = (input[QuestionOptions.strength], input[QuestionOptions.weighting])
    return { path, picture, tiles in
      let (concept, notes) = head.predicted(of: tiles)
      let question = Question(
        concept, try references(rule, named, for: concept, vocabulary, among: []),
        strength: strength, weighting: weighting, notes: notes)
      return try Highlight.all([question], method, tiles, settings).map {
        ExplainedPicture($0, path, picture)
      }
    }
  }
}
