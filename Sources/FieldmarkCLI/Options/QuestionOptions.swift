import Encoders
import Fieldmark

/// What every command that asks where takes: concepts, what they are compared with, and how.
enum QuestionOptions {
  static let concepts = Option<[String]>(
    "concept", short: "c", placeholder: "TEXT", "What to look for, in words.")
  static let against = Option<[String]>(
    "against", short: "a", placeholder: "TEXT",
    "What it is to be told apart from; several count together.")
  static let strength = Option<Float>(
    "strength", short: "g", default: 0.6,
    "How much of what it is compared with is subtracted; 0 is the plain method.")
  static let weighting = Option<Question.Weighting>(
    "weighting", default: .mean,
    "How several are made one: the paper's mean, or the official code's softmax.")
  static let method = Option<Method>(
    "method", placeholder: "NAME", default: .gradCAM,
    "How relevance is spread over the picture; 'fieldmark methods' lists them.")
  static let layer = Option<Int?>(
    "layer", "The block that is explained, counted from 0; else the last.")
  static let seed = Option<Int>("seed", default: 0, "Of every draw at random.")

  static let declarations = [
    concepts.declaration, against.declaration, strength.declaration, weighting.declaration,
    method.declaration, layer.declaration, seed.declaration,
  ]

  /// The concepts, of which there must be one.
  static func concepts(_ input: Input) throws -> [String] {
    let concepts = input[concepts]
    if !concepts.isEmpty { return concepts }
    throw InputError(
      input.name, expected: "at least one concept", found: "none",
      hint: "--concept takes one, and may be repeated", kind: .words)
  }

  /// A question for each concept.
  static func questions(
    _ input: Input, _ model: Model, _ environment: Environment, _ output: Output
  ) throws -> [Question] {
    let concepts = try concepts(input)
    let texts = concepts + input[against]
    let rows = try TextOptions.embeddings(of: texts, input, model, environment, output)
    let notes = try TextOptions.prompts(of: texts, input, model).map(\.notes)
    let space = Target.Space.cosine(scale: try model.logitScale())
    let targets = texts.enumerated().map { Target($1, Array(rows[row: $0]), space) }
    let references = concepts.count..<texts.count
    return concepts.indices.map { index in
      Question(
        targets[index], against: Array(targets[references]), strength: input[strength],
        weighting: input[weighting], notes: notes[index] + notes[references].flatMap { $0 })
    }
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

  static func settings(_ input: Input) -> Method.Settings {
    Method.Settings(seed: UInt64(bitPattern: Int64(input[seed])))
  }
}

extension Question.Weighting: Choice {
  public var description: String { rawValue }
}

extension Method: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { "NAME" }
  package static var expectation: String { "a method" }
  package init?(text: String) { self.init(named: text) }
  package static func hint(for text: String) -> String? {
    nearest(to: text, among: all.map(\.name)).map { "did you mean '\($0)'?" }
      ?? "'fieldmark methods' lists them"
  }
}
