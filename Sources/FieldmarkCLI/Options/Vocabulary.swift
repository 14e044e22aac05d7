import Encoders
import Explaining
import Ground
import Models
import Parsing

/// What names mean to a model: a target for each name, from its text encoder or from a classifier's
/// rows.
struct Vocabulary {
  /// The notes about each name, as sentences without the period.
  private(set) var notes: [String: [String]] = [:]
  /// The left-out words of each concept of several words, if they were asked for.
  private(set) var leftOut: [String: LeftOutWords] = [:]
  /// The phrases by which it is told whether a concept is there at all.
  private(set) var presences: [String: AskedPresence] = [:]
  private let directions: [String: Target]
  /// The head whose classes are meant, if there is one.
  let classifier: Classifier?

  /// Makes targets for all named concepts and references. Words are left out only if
  /// `leavingOutWords` is set, since this takes further passes of the text encoder.
  init(
    _ input: Input, _ model: Model, _ encoder: ImageEncoder, _ environment: Environment,
    _ output: Output, leavingOutWords: Bool = false
  ) throws {
    let concepts = try QuestionOptions.askedConcepts(input)
    if let head = try HeadOptions.read(input) {
      try TextOptions.refuseSentences(input)
      let head = try HeadOptions.checked(head, input, model, encoder, environment, output)
      classifier = head
      directions = [:]
      for concept in concepts { notes[concept] = head.remarks }
      return
    }
    classifier = nil
    let references = try QuestionOptions.rule(input) == nil ? input[QuestionOptions.against] : []
    let texts = concepts + references
    let targets = try TextOptions.targets(of: texts, input, model, environment, output)
    directions = Dictionary(targets.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for (text, prompt) in zip(texts, try TextOptions.prompts(of: texts, input, model)) {
      notes[text] = prompt.notes
    }
    for concept in Set(concepts) {
      guard let target = directions[concept] else { continue }
      presences[concept] = try AskedPresence(of: target) { phrases in
        let rows = try TextOptions.embeddings(ofParts: phrases, input, model, environment)
        guard rows.allSatisfy({ $0 != nil }) else { return nil }
        return try model.targets(phrases, Matrix(rows.compactMap { $0 }))
      }
    }
    guard leavingOutWords else { return }
    for concept in Set(concepts) {
      guard let target = directions[concept] else { continue }
      leftOut[concept] = try LeftOutWords(of: target) { phrases in
        let rows = try TextOptions.embeddings(ofParts: phrases, input, model, environment)
        return try rows.map { try $0.map { try model.targets([concept], Matrix([$0]))[0] } }
      }
    }
  }

  func targets(of names: [String]) throws -> [Target] {
    try names.map { name in
      if let classifier { return try classifier.target(name) }
      guard let target = directions[name] else {
        preconditionFailure("Only names that were given mean something.")
      }
      return target
    }
  }

  /// The targets that a concept may be compared with if no reference is named: all other classes or
  /// concepts.
  func others(than concept: Target, among concepts: [Target]) -> [Target] {
    (classifier?.targets ?? concepts).filter { $0.name != concept.name }
  }
}
