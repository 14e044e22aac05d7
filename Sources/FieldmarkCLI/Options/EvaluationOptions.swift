import Explaining
import Ground
import Measures
import Parsing
import Pictures
import Studies

/// The options that say what is measured and how: a table of a paper, or methods and measures by
/// name.
enum EvaluationOptions {
  struct Options: OptionGroup {
    let table = Option<PaperTable?>(
      "table",
      "A table of a paper, which says the methods and measures; 'fieldmark measures' lists the tables."
    )
    let methods = Option<Listed<Method>?>(
      "methods",
      "The methods that are measured, with commas between; 'fieldmark methods' lists them. Without it, "
        + "grad-cam is measured.")
    let strengths = Option<Listed<Float>?>(
      "strengths",
      "How much of the reference classes is subtracted, with commas between; 0 is the method alone. Without "
        + "it, the strengths are 0 and 0.6, or those of the table.")
    let references = Option<ReferenceRule?>(
      "references",
      "How many reference classes there are, and by what they are similar: auto:3, auto:3:logits or "
        + "auto:3:predictions. Without it, auto:3 is used; the tables finer-1 to finer-3 use "
        + "auto:3:predictions, as their paper's table 2 does.")
    let weighting = Option<Weighting?>(
      "weighting",
      "How several references are combined: \(Weighting.all.map(\.name).joined(separator: ", ")).")
    let rival = Option<ReferenceRule.Similarity?>(
      "rival",
      "The one class that rd, gap-20 and --truth difference compare the picture's own class with, whatever "
        + "the references are: the class with the most similar row of the classifier (directions), the one "
        + "with the nearest logit (logits), or the one with the highest logit of the others (predictions). "
        + "Without it, directions is used; the tables finer-1 to finer-3 use predictions.")
    let measures = Option<Listed<Measure>?>(
      "measures",
      "The measures, with commas between; 'fieldmark measures' describes each of them.")
    let truth = Option<TruthChoice>(
      "truth", default: .any,
      "Where the object is: its box if there is one and else its mask (any), its box, its mask, its parts, "
        + "or where the picture shows what the most similar class lacks (difference).")
    let score = Option<Scorer.Scale?>(
      "score",
      "Which output of the model is read by measures and methods that change the picture and run the model "
        + "again. Without it, measures and glas read the probability, and the other methods the logit."
    )
    let fill = Option<FillChoice?>(
      "fill",
      "What replaces the pixels that measures take away. Without it, each measure uses what its paper uses."
    )
    let step = Option<Int?>(
      "deletion-step",
      "How many pixels are changed in one step of deletion and insertion. Without it, 224 are changed."
    )
  }

  private static func explainers(_ input: Input) throws -> [Explainer] {
    let settings = MethodOptions.settings(input)
    let comparison = try comparison(input)
    guard let table = input[Options.table] else {
      let methods = try once(input[Options.methods]?.values ?? [.gradCAM], "methods")
      return methods.map { .method($0, comparison ?? ClassComparison(), settings) }
    }
    let given: [(String, Bool)] = [
      ("--methods", input[Options.methods] != nil),
      ("--strengths", input[Options.strengths] != nil),
      ("--references", input[Options.references] != nil),
      ("--weighting", input[Options.weighting] != nil),
      ("--rival", input[Options.rival] != nil),
    ]
    let refused = table.comparison == nil ? given[...] : given.prefix(1)
    if let option = refused.first(where: \.1)?.0 {
      throw InputError(
        "option \(option)", expected: "to be used without --table \(table)", found: "both",
        hint: "the table's rows are those of the paper; --measures may be given", kind: .words)
    }
    return table.explainers(settings, comparison)
  }

  /// How the rows of the table compare classes. The options override what the table's paper does;
  /// nil for a table whose rows each have their own comparison.
  private static func comparison(_ input: Input) throws -> ClassComparison? {
    guard var comparison = input[Options.table].map(\.comparison) ?? ClassComparison() else {
      return nil
    }
    if let rule = input[Options.references] { comparison.references = rule }
    if let way = input[Options.weighting] { comparison.weighting = way }
    if let strengths = input[Options.strengths] {
      comparison.strengths = try once(strengths.values, "strengths")
    }
    if let rival = input[Options.rival] { comparison.rival = rival }
    return comparison
  }

  private static func measures(_ input: Input) throws -> [Measure] {
    try once(
      input[Options.measures]?.values ?? input[Options.table]?.measures
        ?? [.deletion, .relativeDrop5, .relativeDrop10, .energy], "measures")
  }

  /// Refuses a name that is given twice, since a run has one row or column for each name.
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

  static func references(_ input: Input) -> ReferenceRule? { input[Options.references] }
  static func table(_ input: Input) -> PaperTable? { input[Options.table] }

  private static func changes(_ input: Input, _ preprocessing: Preprocessing) throws
    -> MeasuredMap.Changes
  {
    if let step = input[Options.step], step < 1 {
      throw InputError(
        "option --deletion-step", expected: "at least 1", found: "\(step)", kind: .words)
    }
    let seed = MethodOptions.settings(input).seed
    let fill = input[Options.fill].map { $0.fill(seed: seed, preprocessing) }
    return MeasuredMap.Changes(fill: fill, step: input[Options.step])
  }

  static func evaluation(_ input: Input, _ context: EvaluationContext) throws -> Evaluation {
    Evaluation(
      context, try explainers(input), try measures(input), truth: input[Options.truth],
      scale: input[Options.score] ?? .probability,
      changes: try changes(input, context.encoder.preprocessing))
  }

  /// The settings that the run keeps.
  static func plan(
    _ input: Input, _ evaluation: Evaluation, _ inputs: RunInputs
  ) throws -> EvaluationPlan {
    try EvaluationPlan(
      inputs, of: evaluation, table: input[Options.table]?.name, comparison: comparison(input),
      fill: input[Options.fill], part: RunOptions.part(input))
  }
}

extension FillChoice: OptionValue {}
extension Measure: OptionValue {
  package static var command: String? { "measures" }
}

extension PaperTable: OptionValue {}
extension ReferenceRule.Similarity: OptionValue {}
extension TruthChoice: OptionValue {}

extension ReferenceRule: OptionValue {
  package static var placeholder: String { "auto:K" }
  package static var expectation: String { "auto:3, auto:3:logits or auto:3:predictions" }
  package init?(text: String) { self.init(text) }
}
