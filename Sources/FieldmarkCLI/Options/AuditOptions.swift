import Auditing
import Datasets
import Explaining
import Ground
import Models
import Nuisances
import Parsing
import Studies
import Traits

/// The options that say what an audit compares.
struct AuditOptions: OptionGroup {
  let against = Option<String?>(
    "against", short: "a", placeholder: "CLASS|RULE",
    "The class that a picture's class is compared with (its look-alike): a name, or attributes (the most "
      + "similar class by the table of attributes), weights (by the classifier's rows) or predictions (the "
      + "highest logit of the others on each picture). Without it, attributes is used.")
  let strength = Option<Float>(
    "strength", short: "g", default: 1, "How much of the look-alike is subtracted.")
  let references = Option<Int?>(
    "references",
    "How many similar classes the classifier's second map is compared with. Without it, there are 3."
  )
  let method = Option<Method>(
    "method", default: .gradCAM, "The explanation method; 'fieldmark methods' lists them.")
  let compare = Option<AuditVocabulary.Base>(
    "compare", default: .rival,
    "The reference concept of an attribute's phrase: what the look-alike has in its place (rival), the body "
      + "part alone (part), or the object (thing), as in the Finer-CAM paper.")
  let attributeStrength = Option<Float>(
    "attribute-strength", default: 0.6, "How much of that reference concept is subtracted.")
  let count = Option<Int>(
    "traits", default: 3, "How many attributes that tell the two classes apart are compared.")
  let least = Option<Float>(
    "least", default: 10,
    "By how many percentage points more of a class than of its look-alike must have an attribute.")
  let isAnywhere = Option<Bool>(
    "anywhere", "Also uses attributes that belong to no body part, such as the size of a bird.")
  let isOnePerPart = Option<Bool>(
    "one-per-part", "Uses only the first of several attributes of the same body parts.")
  let isNormalized = Option<Bool>(
    "normalize", formerly: "normalise",
    "Divides the percentages of each group of attributes by their sum.")
  let table = Option<Path?>(
    "attributes", placeholder: "FILE",
    "A CSV file with the attributes of each class: a column named class, and one column for each attribute, "
      + "in percent, shares from 0 to 1, 0 and 1, or yes and no.")
  let phrases = Option<Path?>(
    "phrases", placeholder: "FILE",
    "A file with the words for attributes, separated by tabs: name, phrase, reference concept, body parts."
  )
  let thing = Option<String>("thing", default: "bird", "What all pictures show, in words.")
  let isQuick = Option<Bool>(
    "quick",
    "Compares maps only and changes no picture, which is about eight times as fast."
  )
  let nuisances = Option<[Nuisance]>(
    "nuisance", placeholder: "NAME",
    "Something that is no trait, which is moved toward the look-alike. Without it, all of these are tried."
  )
  let counterfactuals = Option<Path?>(
    "counterfactuals", placeholder: "FILE|FOLDER",
    "A CSV file with columns picture, changed, what, kind and toward: pictures of the dataset, and the same "
      + "with one thing changed, as 'fieldmark aviary --counterfactuals' draws them. Or a folder of pictures in "
      + "which one attribute was exchanged, CLASS/ATTRIBUTE/PICTURE, such as those of SUB.")
  let layer = QuestionOptions.layer

  /// The class that every picture is compared with, by name, or the rule that finds it.
  static func lookAlike(_ input: Input, _ classifier: Classifier) throws -> LookAlike {
    guard let word = input[AuditOptions.against] else { return .attributes }
    if let rule = LookAlike(named: word) { return rule }
    // Rules of other commands, such as auto:3, do not apply here, and a class is hardly ever named
    // like one.
    if word.lowercased().hasPrefix("auto"), !classifier.names.contains(word) {
      throw InputError(
        "option --against",
        expected: "a class, or one of \(LookAlike.all.map(\.name).joined(separator: ", "))",
        found: quoted(Word(word.utf8)),
        hint:
          "a picture is told apart from one class; --references 3 takes the three most alike for "
          + "the classifier's second map", kind: .words)
    }
    return .named(try classifier.place(of: word))
  }

  /// Orders pictures class by class, because what the pictures of a class share is kept in memory
  /// for only a few classes.
  static func order(_ numbers: [Int], of dataset: Dataset) -> [Int] {
    let labels = numbers.map { (dataset.examples.label($0) ?? 0, $0) }
    return labels.sorted { $0 < $1 }.map(\.1)
  }

  static func choice(_ input: Input) throws -> AttributeChoice {
    var choice = AttributeChoice()
    guard (1...20).contains(input[AuditOptions.count]) else {
      throw InputError(
        "option --traits", expected: "1 to 20", found: "\(input[AuditOptions.count])", kind: .words)
    }
    guard (0...100).contains(input[AuditOptions.least]) else {
      throw InputError(
        "option --least", expected: "points from 0 to 100", found: "\(input[AuditOptions.least])",
        kind: .words)
    }
    choice.count = input[AuditOptions.count]
    choice.least = input[AuditOptions.least]
    choice.isLocal = !input[AuditOptions.isAnywhere]
    choice.isOnePerPart = input[AuditOptions.isOnePerPart]
    choice.isNormalized = input[AuditOptions.isNormalized]
    return choice
  }

  /// The attributes of the classes: from the table that `--attributes` names, from the dataset, or
  /// from the head's file.
  static func attributes(
    _ input: Input, _ dataset: Dataset, _ classifier: Classifier, _ output: Output
  ) throws -> ClassAttributes {
    if let file = input[AuditOptions.table] {
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
      try input[AuditOptions.phrases].map {
        try AttributeWords(of: table.attributes, thing: input[AuditOptions.thing], from: $0)
      } ?? AttributeWords(of: table.attributes, thing: input[AuditOptions.thing])
    let targets = Dictionary(
      try TextOptions.targets(of: words.phrases, input, model, environment, output)
        .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return AuditVocabulary(
      table, words, base: input[AuditOptions.compare],
      strength: input[AuditOptions.attributeStrength]
    ) { phrase in
      guard let target = targets[phrase] else {
        preconditionFailure("Every phrase of an audit was embedded.")
      }
      return target
    }
  }

  static func audit(
    _ input: Input, _ context: EvaluationContext, _ vocabulary: AuditVocabulary,
    groups: CounterfactualGroups?, again: [LinearHead]
  ) throws -> Audit {
    let others = context.classifier.targets.count - 1
    let wanted = input[AuditOptions.references] ?? min(3, others)
    guard (1...others).contains(wanted) else {
      throw InputError(
        "option --references", expected: "1 to the \(others) other classes", found: "\(wanted)",
        kind: .words)
    }
    let method = input[AuditOptions.method]
    guard !method.ignoresTarget else {
      throw InputError(
        "option --method", expected: "a method whose map depends on what is explained",
        found: quoted(Word(method.name.utf8)),
        hint: "its map is the same for every class and attribute", kind: .words)
    }
    return Audit(
      context, vocabulary, lookAlike: try lookAlike(input, context.classifier),
      choice: try choice(input), strength: input[AuditOptions.strength], others: wanted,
      nuisances: try changes(input), counterfactuals: try changedPictures(input, context.dataset),
      groups: groups, again: again, method: method, MethodOptions.settings(input))
  }

  /// What is moved toward the look-alike; nil where only maps are compared.
  private static func changes(_ input: Input) throws -> [Nuisance]? {
    let asked = input[AuditOptions.nuisances]
    guard input[AuditOptions.isQuick] else {
      return asked.isEmpty ? Nuisance.all : asked
    }
    guard asked.isEmpty else {
      throw InputError(
        "option --nuisance", expected: "not together with --quick", found: "both", kind: .words)
    }
    return nil
  }

  private static func changedPictures(
    _ input: Input, _ dataset: Dataset
  ) throws -> CounterfactualPictures? {
    guard let file = try changedFile(input), !file.isFolder else { return nil }
    return try CounterfactualPictures(file, of: dataset)
  }

  private static func changedFile(_ input: Input) throws -> Path? {
    guard let file = input[AuditOptions.counterfactuals] else { return nil }
    guard !input[AuditOptions.isQuick] else {
      throw InputError(
        "option --counterfactuals", expected: "not together with --quick", found: "both",
        kind: .words)
    }
    return file
  }

  /// The embeddings of the pictures in the folder that `--counterfactuals` names, of the classes that are
  /// asked about. Nil where it names none; throws `Interrupted` if the user interrupted it.
  static func groups(
    _ input: Input, _ study: OpenedStudy, _ table: ClassAttributes, _ output: Output
  ) throws -> CounterfactualGroups? {
    guard let path = try changedFile(input), path.isFolder else { return nil }
    let dataset = study.context.dataset
    let labels = Set(study.asked.numbers(having: []).compactMap { dataset.examples.label($0) })
    let folder = try CounterfactualFolder(path, of: dataset, table, labels: labels)
    if folder.leftOut > 0 {
      output.note(
        "\(path): left out \(counted(folder.leftOut, "picture")) of classes or attributes that are not known "
          + "here.")
    }
    guard !folder.examples.isEmpty else { return nil }
    let found = try study.embeddings(folder.examples)
    return CounterfactualGroups(folder, found.rows, places: found.places)
  }

  /// The settings that the run keeps.
  static func plan(
    _ input: Input, _ audit: Audit, _ inputs: RunInputs, _ texts: AuditPlan.Texts
  ) throws -> AuditPlan {
    try AuditPlan(
      inputs, of: audit, lookAlike: input[AuditOptions.against] ?? LookAlike.attributes.name,
      texts: texts,
      part: RunOptions.part(input))
  }
}

extension AuditVocabulary.Base: OptionValue {}
extension Nuisance: OptionValue {}
