import Encoders
import Fieldmark

/// What every command that asks where takes: concepts, what they are compared with, and how.
enum QuestionOptions {
  static let concepts = Option<[String]>(
    "concept", short: "c", placeholder: "TEXT", "What to look for, in words.")
  static let against = Option<[String]>(
    "against", short: "a", placeholder: "TEXT|auto:K",
    "What it is to be told apart from; several count together. auto:3 takes the three most similar "
      + "of the other concepts or classes: by their directions, or, as auto:3:logits and "
      + "auto:3:predictions, by their scores on the picture.")
  static let strength = Option<Float>(
    "strength", short: "g", default: 0.6,
    "How much of what it is compared with is subtracted; 0 is the plain method.")
  static let weighting = Option<Weighting>(
    "weighting", default: .mean,
    "How several are made one: "
      + Weighting.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + ".")
  static let classifier = Option<Path?>(
    "classifier", "A linear head over embeddings; concepts are then names of its classes.")
  static let classes = Option<Path?>(
    "classes", "The names of a classifier's classes, one on each line, if the head has none.")
  static let layer = Option<Int?>(
    "layer", "The block that is explained, counted from 0; else the last.")

  static let declarations = [
    concepts.declaration, against.declaration, strength.declaration, weighting.declaration,
    classifier.declaration, classes.declaration, layer.declaration,
  ]

  /// The concepts, of which there must be one.
  static func concepts(_ input: Input) throws -> [String] {
    let concepts = input[concepts]
    if !concepts.isEmpty { return concepts }
    throw InputError(
      input.name, expected: "at least one concept", found: "none",
      hint: "--concept takes one, and may be repeated", kind: .words)
  }

  /// The rule that finds references, where they are not named.
  static func rule(_ input: Input) throws -> ReferenceRule? {
    guard let rule = input[against].lazy.compactMap({ ReferenceRule($0) }).first else { return nil }
    if input[against].count == 1 { return rule }
    throw InputError(
      "option --against", expected: "names, or \(rule) alone", found: "both", kind: .words)
  }

  /// A target for each concept and each named reference, and a question for each concept, of whatever
  /// they are compared with.
  static func questions(
    _ input: Input, _ model: Model, _ vocabulary: Vocabulary
  ) throws -> [Question] {
    let (concepts, rule) = (try concepts(input), try rule(input))
    let targets = try vocabulary.targets(of: concepts)
    let named = rule == nil ? try vocabulary.targets(of: input[against]) : []
    return try targets.enumerated().map { index, concept in
      var references = References.named(named)
      if let rule {
        let others = vocabulary.others(than: concept, among: targets)
        try check(rule, others.count, concept)
        references = .similar(rule, among: others)
      }
      let (name, names) = (concepts[index], rule == nil ? input[against] : [])
      return Question(
        concept, references, strength: input[strength], weighting: input[weighting],
        words: vocabulary.leftOut[name],
        notes: ([name] + names).flatMap { vocabulary.notes[$0] ?? [] })
    }
  }

  /// Answers in words to one picture.
  static func ask(
    _ input: Input, _ model: Model, _ encoder: ImageEncoder, _ environment: Environment,
    _ output: Output, leavingOutWords: Bool
  ) throws -> PictureGroupOptions.Ask {
    let vocabulary = try Vocabulary(
      input, model, encoder, environment, output, leavingOutWords: leavingOutWords)
    let questions = try questions(input, model, vocabulary)
    let (method, settings) = (input[MethodOptions.method], MethodOptions.settings(input))
    return { path, picture, tiles in
      try Highlight.all(questions, method, tiles, settings).map { Shown($0, path, picture) }
    }
  }

  static func check(_ rule: ReferenceRule, _ others: Int, _ concept: Target) throws {
    guard others < rule.count else { return }
    throw InputError(
      "option --against \(rule)", expected: "at least \(rule.count) others to choose from",
      found: others == 0 ? "none" : "\(others)",
      hint: "each --concept is one, and so is each class of a --classifier", kind: .words)
  }

  /// The block that is named; nil for the last.
  static func block(_ input: Input, _ encoder: ImageEncoder) throws -> Int? {
    guard let block = input[layer], !(0..<encoder.blocks).contains(block) else {
      return input[layer]
    }
    throw InputError(
      "option --layer", expected: "a block of the model, 0 to \(encoder.blocks - 1)",
      found: "\(block)", kind: .words)
  }
}

extension Weighting: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { all.map(\.name).joined(separator: "|") }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) { self.init(named: text) }
}
