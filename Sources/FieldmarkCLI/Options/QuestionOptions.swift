import Encoders
import Explaining
import Ground
import Parsing

/// The options of every command that locates concepts: the concepts, what they are compared with,
/// and how.
struct QuestionOptions: OptionGroup {
  let concepts = Option<[String]>(
    "concept", short: "c", placeholder: "TEXT", role: .spelled,
    "What to look for, in words; with --classifier, the name of a class.")
  let against = Option<[String]>(
    "against", short: "a", placeholder: "TEXT|auto:K", role: .spelled,
    "A reference concept, which the concept is told apart from. Several references are combined. auto:3 "
      + "takes the three most similar of the other concepts or classes: by the cosine of their directions "
      + "or, as auto:3:logits and auto:3:predictions, by their scores on the picture.")
  let strength = Option<Float>(
    "strength", short: "g", default: 0.6, role: .spelled,
    "How much of the references is subtracted (gamma in the Finer-CAM paper). 0 explains the concept "
      + "alone.")
  let weighting = Option<Weighting>(
    "weighting", default: .mean,
    "How several references are combined: "
      + Weighting.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + ".")
  let head = HeadOptions()
  let layer = Option<Int?>(
    "layer",
    "The block of the image encoder that is explained, counted from 0, or from the end with -1 for the "
      + "last one. Without it, the last block is explained.")

  /// The concepts. There must be at least one, unless a classifier predicts the class that is
  /// explained.
  static func askedConcepts(_ input: Input) throws -> [String] {
    let concepts = input[QuestionOptions.concepts]
    if !concepts.isEmpty || input[HeadOptions.classifier] != nil { return concepts }
    throw InputError(
      input.name, expected: "at least one concept, or a classifier", found: "neither",
      hint: "name a concept with --concept, or a trained classifier with --classifier, whose "
        + "predicted class is then explained", kind: .words)
  }

  /// Whether each picture is asked about the class that a classifier predicts for it.
  static func predicts(_ input: Input) -> Bool {
    input[HeadOptions.classifier] != nil && input[QuestionOptions.concepts].isEmpty
  }

  /// The titles that maps are named after, which are needed before a picture is read.
  static func titles(_ input: Input) throws -> [String] {
    // Errors in the words are reported before anything is opened.
    _ = try rule(input)
    return predicts(input) ? ["predicted class"] : try askedConcepts(input)
  }

  /// Notes the options that have no effect because there is nothing to compare a concept with.
  static func noteIdle(_ options: [Declaration], _ input: Input, _ output: Output) {
    guard input[QuestionOptions.against].isEmpty else { return }
    // Strength 0 has an effect even then: it turns off CLIP Surgery's comparison of several
    // concepts.
    let isPlain = input.changed(QuestionOptions.strength) == 0
    for option in options where input.isGiven(option) && !isPlain {
      output.note("\(option.flag) does nothing without --against: there is nothing to subtract.")
    }
  }

  /// Whether CLIP Surgery's feature surgery tells the concepts of the call apart. It does so for
  /// several concepts in words that are compared with nothing else. Strength 0 gives the plain
  /// method.
  static func isSurgery(_ input: Input) -> Bool {
    guard input.changed(MethodOptions.method)?.name == Method.clipSurgery.name else { return false }
    return input[QuestionOptions.concepts].count > 1 && input[QuestionOptions.against].isEmpty
      && input[HeadOptions.classifier] == nil
      && input[QuestionOptions.strength] != 0
  }

  /// The rule that finds references; nil if they are named.
  static func rule(_ input: Input) throws -> ReferenceRule? {
    if let wrong = input[QuestionOptions.against].first(where: ReferenceRule.isMeant(by:)) {
      throw InputError(
        "option --against", expected: ReferenceRule.expectation, found: quoted(Word(wrong.utf8)),
        hint: "the number says how many of the most similar others are taken", kind: .words)
    }
    guard let rule = input[QuestionOptions.against].lazy.compactMap({ ReferenceRule($0) }).first
    else { return nil }
    if input[QuestionOptions.against].count == 1 { return rule }
    throw InputError(
      "option --against", expected: "names, or \(rule) alone", found: "both", kind: .words)
  }

  static func check(_ rule: ReferenceRule, _ others: Int, _ concept: Target) throws {
    guard others < rule.count else { return }
    throw InputError(
      "option --against \(rule)", expected: "at least \(rule.count) others to choose from",
      found: others == 0 ? "none" : "\(others)",
      hint: "the others are the other concepts, or the other classes of the classifier",
      kind: .words)
  }

  /// The block of `--layer`, counted from the start; nil for the last one.
  static func block(_ input: Input, _ encoder: ImageEncoder) throws -> Int? {
    guard let asked = input[QuestionOptions.layer] else { return nil }
    let count = encoder.blocks
    guard (-count..<count).contains(asked) else {
      throw InputError(
        "option --layer",
        expected: "a block of the model, 0 to \(count - 1), or -1 to -\(count) from the end",
        found: "\(asked)", kind: .words)
    }
    return asked < 0 ? count + asked : asked
  }
}

extension ReferenceRule {
  /// Whether the text looks like a rule without being a valid one: `auto`, `auto:x`, `auto3`.
  fileprivate static func isMeant(by text: String) -> Bool {
    let folded = text.lowercased()
    guard ReferenceRule(text) == nil, folded.hasPrefix("auto") else { return false }
    return folded.dropFirst(4).first.map { ":=-".contains($0) || $0.isWholeNumber } ?? true
  }
}

extension Weighting: OptionValue {}
