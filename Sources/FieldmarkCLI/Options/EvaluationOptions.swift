import Explaining
import Ground
import Measures
import Pictures
import Studies

/// What is measured, and how: a paper's table, or methods and measures by name.
enum EvaluationOptions {
  static let declarations = [
    table.declaration, methods.declaration, strengths.declaration, references.declaration,
    weighting.declaration, rival.declaration, measures.declaration, truth.declaration,
    score.declaration,
    fill.declaration, step.declaration,
  ]

  private static func contenders(_ input: Input) throws -> [Contender] {
    let settings = MethodOptions.settings(input)
    let comparison = try comparison(input)
    guard let table = input[table] else {
      let methods = try once(input[methods]?.values ?? [.gradCAM], "methods")
      return methods.map { .method($0, comparison ?? ClassComparison(), settings) }
    }
    let given: [(String, Bool)] = [
      ("--methods", input[methods] != nil), ("--strengths", input[strengths] != nil),
      ("--references", input[references] != nil), ("--weighting", input[weighting] != nil),
      ("--rival", input[rival] != nil),
    ]
    let refused = table.comparison == nil ? given[...] : given.prefix(1)
    if let option = refused.first(where: \.1)?.0 {
      throw InputError(
        "option \(option)", expected: "none beside --table \(table)", found: "one",
        hint: "its rows are the paper's; --measures may be given", kind: .words)
    }
    return table.contenders(settings, comparison)
  }

  /// How rows compare: as a table's paper does where nothing else is asked for; nil of a table whose
  /// rows say that themselves.
  private static func comparison(_ input: Input) throws -> ClassComparison? {
    guard var comparison = input[table].map(\.comparison) ?? ClassComparison() else { return nil }
    if let rule = input[references] { comparison.references = rule }
    if let way = input[weighting] { comparison.weighting = way }
    if let strengths = input[strengths] {
      comparison.strengths = try once(strengths.values, "strengths")
    }
    if let rival = input[rival] { comparison.rival = rival }
    return comparison
  }

  private static func measures(_ input: Input) throws -> [Measure] {
    try once(
      input[measures]?.values ?? input[table]?.measures
        ?? [.deletion, .relativeDrop5, .relativeDrop10, .energy], "measures")
  }

  /// Refuses what is named twice: a run has one row and one column of each name.
  private static func once<Value: CustomStringConvertible>(
    _ values: [Value], _ option: String
  ) throws -> [Value] {
    var seen: Set<String> = []
    if let twice = values.map(\.description).first(where: { !seen.insert($0).inserted }) {
      throw InputError(
        "option --\(option)", expected: "each once", found: "\(twice) twice", kind: .words)
    }
    return values
  }

  static func references(_ input: Input) -> ReferenceRule? { input[references] }
  static func table(_ input: Input) -> PaperTable? { input[table] }

  private static func changes(_ input: Input, _ preprocessing: Preprocessing) throws
    -> Measured.Changes
  {
    if let step = input[step], step < 1 {
      throw InputError(
        "option --deletion-step", expected: "at least 1", found: "\(step)", kind: .words)
    }
    let seed = MethodOptions.settings(input).seed
    let fill = input[fill].map { $0.fill(seed: seed, preprocessing) }
    return Measured.Changes(fill: fill, step: input[step])
  }

  static func evaluation(_ input: Input, _ surroundings: Surroundings) throws -> Evaluation {
    Evaluation(
      surroundings, try contenders(input), try measures(input), truth: input[truth],
      scale: input[score] ?? .probability,
      changes: try changes(input, surroundings.encoder.preprocessing))
  }

  /// What the run is to keep of all that was asked.
  static func plan(
    _ input: Input, _ evaluation: Evaluation, _ inputs: RunInputs
  ) throws -> EvaluationPlan {
    try EvaluationPlan(
      inputs, of: evaluation, table: input[table]?.name, comparison: comparison(input),
      fill: input[fill], part: RunOptions.part(input))
  }

  private static let table = Option<PaperTable?>(
    "table", "A paper's table instead of methods; 'fieldmark measures' lists them.")
  private static let methods = Option<Listed<Method>?>(
    "methods", "Ways of asking, with commas between; else grad-cam.")
  private static let strengths = Option<Listed<Float>?>(
    "strengths",
    "How strongly the classes most alike are subtracted; 0 is the method alone. Else 0,0.6, or a table's."
  )
  private static let references = Option<ReferenceRule?>(
    "references",
    "How many, and by what: auto:3, auto:3:logits, auto:3:predictions. Else auto:3; the tables finer-1 to "
      + "finer-3 have auto:3:predictions, as their paper's table 2.")
  private static let weighting = Option<Weighting?>(
    "weighting", "How several are made one: \(Weighting.all.map(\.name).joined(separator: ", ")).")
  private static let rival = Option<ReferenceRule.Measure?>(
    "rival",
    "Which one class rd, gap-20 and --truth difference hold the picture's own against, whatever rows are "
      + "compared with: the one most like it by the classifier's rows (directions), the nearest logit, or "
      + "the best of the others on the picture. Else directions; the tables finer-1 to finer-3 have "
      + "predictions.")
  private static let measures = Option<Listed<Measure>?>(
    "measures", "What is measured; 'fieldmark measures' tells of each.")
  private static let truth = Option<TruthChoice>(
    "truth", default: .any,
    "Where the thing is: its box if there is one, else its mask (any); one of them; its parts; or "
      + "where it shows what the most similar class has not (difference).")
  private static let score = Option<Judge.Scale?>(
    "score",
    "Which number of the model is read where a picture is changed and looked at again, by a measure or "
      + "by a method. Else the probability for measures and glas, and the logit for the other methods."
  )
  private static let fill = Option<FillChoice?>(
    "fill", "What stands where they take pixels away; else what each measure's paper has.")
  private static let step = Option<Int?>(
    "deletion-step", "How many pixels go at a step of deletion and insertion; else 224.")
}

extension Judge.Scale: Choice {
  public var description: String { rawValue }
}

extension FillChoice: Choice {
  public var description: String { rawValue }
}

extension Measure: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { "MEASURE" }
  package static var expectation: String { "a measure" }
  package init?(text: String) { self.init(named: text) }
  package static func hint(for text: String) -> String? {
    nearest(to: text, among: all.map(\.name)).map { "did you mean '\($0)'?" }
      ?? "'fieldmark measures' lists them"
  }
}

extension PaperTable: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { "NAME" }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) { self.init(named: text) }
}

extension ReferenceRule.Measure: Choice {
  public var description: String { rawValue }
}

extension TruthChoice: Choice {
  public var description: String { rawValue }
}

extension ReferenceRule: OptionValue {
  package static var placeholder: String { "auto:K" }
  package static var expectation: String { "auto:3, auto:3:logits or auto:3:predictions" }
  package init?(text: String) { self.init(text) }
}
