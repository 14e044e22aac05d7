import Encoders
import Explaining
import Ground
import Models
import Parsing
import Words

/// The further options of commands that embed texts.
struct TextOptions: OptionGroup {
  let templates = Option<[String]>(
    "template", placeholder: "TEXT",
    "A sentence that each text is put into, in place of {}. The mean embedding over all sentences is "
      + "used.")
  let ensemble = Option<Bool>(
    "ensemble",
    "Puts each text into the \(Prompts.templates.count) sentences that come with Fieldmark, and uses the "
      + "mean embedding.")
  let truncate = Option<Bool>(
    "truncate", role: .silent, setting: "truncating",
    "Cuts texts that are too long for the model, and says what was cut.")
  let allowEmpty = Option<Bool>(
    "allow-empty", role: .silent, setting: "allowingEmpty", "Accepts texts without any words.")
  let forget = Option<Bool>(
    "no-cache", role: .silent,
    "Neither reads nor writes the cache of text embeddings and picture features.")

  /// Whether texts are put into template sentences.
  static func hasSentences(_ input: Input) -> Bool {
    !input[TextOptions.templates].isEmpty || input[TextOptions.ensemble]
  }

  /// Refuses templates with a classifier: its classes are rows of weights and not texts.
  static func refuseSentences(_ input: Input) throws {
    guard hasSentences(input) else { return }
    throw InputError(
      "option --classifier", expected: "no --template or --ensemble",
      found: input[TextOptions.templates].isEmpty ? "--ensemble" : "--template",
      hint: "a classifier's classes are not texts that could be put into sentences", kind: .words)
  }

  /// The sentences that texts are put into; empty if texts stand by themselves.
  static func sentences(_ input: Input) -> [String] {
    input[TextOptions.templates] + (input[TextOptions.ensemble] ? Prompts.templates : [])
  }

  /// Each text as a prompt of the model.
  static func prompts(of texts: [String], _ input: Input, _ model: Model) throws -> [Prompt] {
    let tokenizer = try Tokenizer(of: model)
    return try texts.map {
      try tokenizer.prompt(
        $0, truncating: input[TextOptions.truncate], allowingEmpty: input[TextOptions.allowEmpty])
    }
  }

  /// A row for each text: its raw embedding, or the mean over the sentences if there are any.
  static func embeddings(
    of texts: [String], _ input: Input, _ model: Model, _ environment: Environment,
    _ output: Output
  ) throws -> Matrix {
    for prompt in try prompts(of: texts, input, model) {
      for note in prompt.notes { output.note(note + ".") }
    }
    for template in input[TextOptions.templates] where template.firstRange(of: "{}") == nil {
      throw InputError(
        "option --template", expected: "a sentence with {} where the text goes",
        found: "'\(template)'", kind: .words)
    }
    return try remembered(texts, input, model, environment)
  }

  /// A row for each phrase that is a part of another text, without notes about it; nil for a phrase
  /// in which the model finds no words.
  static func embeddings(
    ofParts phrases: [String], _ input: Input, _ model: Model, _ environment: Environment
  ) throws -> [[Float]?] {
    let tokenizer = try Tokenizer(of: model)
    let hasWords = try phrases.map {
      // A prompt of two tokens has only the start and the end.
      try tokenizer.prompt($0, truncating: true, allowingEmpty: true).ids.count > 2
    }
    let whole = zip(phrases, hasWords).filter(\.1).map(\.0)
    let rows = whole.isEmpty ? nil : try remembered(whole, input, model, environment)
    var next = 0
    return hasWords.map { hasWords in
      guard hasWords, let rows else { return nil }
      defer { next += 1 }
      return Array(rows[row: next])
    }
  }

  /// A target for each text.
  static func targets(
    of texts: [String], _ input: Input, _ model: Model, _ environment: Environment,
    _ output: Output
  ) throws -> [Target] {
    try model.targets(
      texts, embeddings(of: texts, input, model, environment, output))
  }

  private static func remembered(
    _ texts: [String], _ input: Input, _ model: Model, _ environment: Environment
  ) throws -> Matrix {
    let clip = CLIP(
      model, precision: input[ModelOptions.precision],
      remembering: input[TextOptions.forget] ? nil : .textMemory(environment))
    return try clip.embeddings(
      of: texts, in: sentences(input), truncating: input[TextOptions.truncate])
  }
}
