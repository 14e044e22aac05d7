import Auditing
import Datasets
import Encoders
import Explaining
import Ground
import Models
import Studies

/// What an audit compares with what.
enum AuditOptions {
  static let declarations = [
    against.declaration, strength.declaration, references.declaration, method.declaration,
    compare.declaration, attributeStrength.declaration, count.declaration, least.declaration,
    isAnywhere.declaration, isOnePerPart.declaration, isNormalized.declaration,
    table.declaration, phrases.declaration, thing.declaration, QuestionOptions.layer.declaration,
  ]

  /// The class that every picture is told apart from, by name, or the rule that finds it.
  static func lookAlike(_ input: Input, _ classifier: Classifier) throws -> LookAlike {
    guard let word = input[against] else { return .attributes }
    if let rule = LookAlike.rules.first(where: { $0.name == word })?.rule { return rule }
    // The rules of other commands are none here, and no class is called so by chance.
    if word.lowercased().hasPrefix("auto"), !classifier.names.contains(word) {
      throw InputError(
        "option --against",
        expected: "a class, or one of \(LookAlike.rules.map(\.name).joined(separator: ", "))",
        found: quoted(Word(word.utf8)),
        hint:
          "a picture is told apart from one class; --references 3 takes the three most alike for "
          + "the classifier's second map", kind: .words)
    }
    return .named(try classifier.place(of: word))
  }

  /// Class by class: what the pictures of one share is kept for a few classes.
  static func order(_ numbers: [Int], of dataset: Dataset) -> [Int] {
    let labels = numbers.map { (dataset.examples.label($0) ?? 0, $0) }
    return labels.sorted { $0 < $1 }.map(\.1)
  }

  static func choice(_ input: Input) throws -> AttributeChoice {
    var choice = AttributeChoice()
    guard (1...20).contains(input[count]) else {
      throw InputError(
        "option --traits", expected: "1 to 20", found: "\(input[count])", kind: .words)
    }
    guard (0...100).contains(input[least]) else {
      throw InputError(
        "option --least", expected: "points from 0 to 100", found: "\(input[least])", kind: .words)
    }
    choice.count = input[count]
    choice.least = input[least]
    choice.isLocal = !input[isAnywhere]
    choice.isOnePerPart = input[isOnePerPart]
    choice.isNormalized = input[isNormalized]
    return choice
  }

  /// The classes' attributes: a table that is named, the dataset's own, or what the head was told when
  /// it was trained.
  static func attributes(
    _ input: Input, _ dataset: Dataset, _ classifier: Classifier, _ output: Output
  ) throws -> ClassAttributes {
    if let file = input[table] {
      let (own, notes) = try ClassAttributes.read(file, of: dataset)
      for note in notes { output.note(note + ".") }
      return own
    }
    if let own = dataset.classAttributes ?? classifier.attributes { return own }
    throw InputError(
      "what the classes have", expected: "a table of the dataset's, of the head's, or --attributes",
      found: "none",
      hint: "a CSV file with a row for each class and a column for each attribute is one")
  }

  static func vocabulary(
    _ input: Input, _ model: Model, _ table: ClassAttributes, _ environment: Environment,
    _ output: Output
  ) throws -> AuditVocabulary {
    let words =
      try input[phrases].map {
        try AttributeWords(of: table.attributes, thing: input[thing], from: $0)
      } ?? AttributeWords(of: table.attributes, thing: input[thing])
    let phrases = words.phrases
    let rows = try TextOptions.embeddings(of: phrases, input, model, environment, output)
    let space = Target.Space.cosine(scale: try model.logitScale())
    let bias = try model.logitBias()
    let targets = Dictionary(
      phrases.enumerated().map { ($1, Target($1, Array(rows[row: $0]), space, bias: bias)) },
      uniquingKeysWith: { first, _ in first })
    return AuditVocabulary(
      table, words, base: input[compare], strength: input[attributeStrength]
    ) { phrase in
      guard let target = targets[phrase] else {
        preconditionFailure("Every phrase of an audit was embedded.")
      }
      return target
    }
  }

  static func audit(
    _ input: Input, _ surroundings: Surroundings, _ vocabulary: AuditVocabulary
  ) throws -> Audit {
    let others = surroundings.classifier.targets.count - 1
    let wanted = input[references] ?? min(3, others)
    guard (1...others).contains(wanted) else {
      throw InputError(
        "option --references", expected: "1 to the \(others) other classes", found: "\(wanted)",
        kind: .words)
    }
    return Audit(
      surroundings, vocabulary, lookAlike: try lookAlike(input, surroundings.classifier),
      choice: try choice(input), strength: input[strength], others: wanted,
      method: input[method], MethodOptions.settings(input))
  }

  /// What the run is to keep of all that was asked.
  static func plan(
    _ input: Input, _ audit: Audit, _ inputs: RunInputs, _ texts: AuditPlan.Texts
  ) throws -> AuditPlan {
    try AuditPlan(
      inputs, of: audit, lookAlike: input[against] ?? LookAlike.rules[0].name, texts: texts,
      part: RunOptions.part(input))
  }

  private static let against = Option<String?>(
    "against", short: "a", placeholder: "CLASS|RULE",
    "The class to be told apart from: its name, or attributes (the most alike by the table), "
      + "weights (by the head's rows) or predictions (the best of the others on each picture). Else "
      + "attributes.")
  private static let strength = Option<Float>(
    "strength", short: "g", default: 1, "How much of the look-alike is subtracted.")
  private static let references = Option<Int?>(
    "references", "How many look-alikes the classifier's second map is against; else 3.")
  private static let method = Option<Method>(
    "method", default: .gradCAM, "How relevance is spread; 'fieldmark methods' lists them.")
  private static let compare = Option<AuditVocabulary.Base>(
    "compare", default: .rival,
    "What a phrase is compared with: what the look-alike has in its place (rival), the part alone, "
      + "or the thing, as in the Finer-CAM paper.")
  private static let attributeStrength = Option<Float>(
    "attribute-strength", default: 0.6, "How much of that is subtracted.")
  private static let count = Option<Int>("traits", default: 3, "How many attributes are compared.")
  private static let least = Option<Float>(
    "least", default: 10, "By how many percentage points a class must be ahead.")
  private static let isAnywhere = Option<Bool>(
    "anywhere", "Takes attributes that belong to no part too, such as a bird's size.")
  private static let isOnePerPart = Option<Bool>(
    "one-per-part", "Of attributes of the same parts only the first.")
  private static let isNormalized = Option<Bool>(
    "normalise", "Each group's percentages as shares of the group.")
  private static let table = Option<Path?>(
    "attributes", placeholder: "FILE",
    "What each class has, a CSV file: a column class, and one for each attribute: percent, shares from "
      + "0 to 1, 0 and 1, or yes and no.")
  private static let phrases = Option<Path?>(
    "phrases", placeholder: "FILE",
    "What to say for attributes: name, phrase, what to compare it with, parts; tabs between.")
  static let thing = Option<String>("thing", default: "bird", "What all pictures show.")
}

extension AuditVocabulary.Base: Choice {
  public var description: String { rawValue }
}
