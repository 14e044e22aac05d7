import Explaining
import Ground
import Measures

/// The settings of an `evaluate` run: its rows and measures, and everything else that their numbers
/// depend on.
///
/// ```swift
/// let plan = try EvaluationPlan(inputs, of: evaluation, comparison: ClassComparison())
/// let run = try RunFile("birds.run", plan)
/// try EvaluationPlan(run).measures      // energy, deletion
/// ```
public struct EvaluationPlan: RunPlan {
  public var inputs: RunInputs
  /// The name of the paper's table; nil if methods were given instead.
  public var table: String?
  public var rows: [Explainer.Row]
  /// How rows compare a class with others; nil for a table whose rows each have their own
  /// comparison.
  public var references: ReferenceRule?
  public var weighting: Weighting?
  /// The rule for the one class that measures use as the rival.
  public var rival: ReferenceRule.Similarity?
  /// The measures by name, since another version may have more of them.
  public var measures: [String]
  public var truth: TruthChoice?
  /// The output of the model that measures read.
  public var scale: Scorer.Scale?
  /// The fill for pixels that are taken away; nil if each measure uses its own.
  public var fill: FillChoice?
  /// The number of pixels in a step of deletion and insertion.
  public var deletionStep: Int?
  public var seed: UInt64
  /// The further settings of the methods, by the names of their rows.
  public var methodSettings: JSON?
  public var part: RunPart

  /// The plan of an evaluation that is ready to begin.
  public init(
    _ inputs: RunInputs, of evaluation: Evaluation, table: String? = nil,
    comparison: ClassComparison?, fill: FillChoice? = nil, part: RunPart = .whole
  ) throws {
    self.inputs = inputs
    self.table = table
    self.fill = fill
    self.part = part
    rows = evaluation.rows
    references = comparison?.references
    weighting = comparison?.weighting
    rival = comparison?.rival
    measures = evaluation.measures.map(\.name)
    truth = evaluation.truth
    scale = evaluation.scale
    deletionStep = evaluation.changes.step ?? PixelPath.deletion.step
    seed = evaluation.context.seed
    methodSettings = try evaluation.methodSettings()
  }
}

extension EvaluationPlan {
  private static let table = RunSetting<String>.text("table")
  private static let noTable = "none"
  private static let rows = RunSetting<[Explainer.Row]>(
    "rows", "names", written: { .array($0.map(\.json)) },
    read: { json in
      let rows = json.array?.map { Explainer.Row($0) }
      return rows.flatMap { $0.contains(nil) ? nil : $0.compactMap { $0 } }
    })
  private static let references = RunSetting<ReferenceRule>.word(
    "references", "a rule such as auto:3", \.description
  ) { ReferenceRule($0) }
  private static let weighting = RunSetting<Weighting>.word(
    "weighting", "one of \(Weighting.all.map(\.name).joined(separator: ", "))", \.name
  ) { Weighting(named: $0) }
  private static let rival = RunSetting<ReferenceRule.Similarity>.choice("rival")
  private static let measures = RunSetting<[String]>.texts("measures", "names")
  private static let truth = RunSetting<TruthChoice>.choice("truth")
  private static let scale = RunSetting<Scorer.Scale>.choice("score")
  private static let fill = RunSetting<WrittenFill>.word(
    "fill",
    "each measure's own, or one of \(FillChoice.allCases.map(\.rawValue).joined(separator: ", "))",
    \.text, { WrittenFill($0) })
  private static let deletionStep = RunSetting<Int>.integer("pixels_a_step")
  private static let seed = RunSetting<UInt64>.seed("seed")
  private static let methodSettings = RunSetting<JSON>.object("method settings")

  public var settings: RunSettings {
    typealias Own = EvaluationPlan
    let members: [JSON.Member?] = [
      Own.table.member(table ?? Own.noTable), Own.rows.member(rows),
      references.map(Own.references.member),
      weighting.map(Own.weighting.member), rival.map(Own.rival.member),
      Own.measures.member(measures), truth.map(Own.truth.member), scale.map(Own.scale.member),
      Own.fill.member(WrittenFill(fill, seed: seed)), deletionStep.map(Own.deletionStep.member),
      Own.seed.member(seed), methodSettings.map(Own.methodSettings.member),
      RunPart.setting.member(part),
    ]
    return RunSettings(
      [RunKind.setting.member(.evaluate)] + inputs.members + members.compactMap { $0 })
  }

  public init(_ settings: RunSettings, of path: Path) throws {
    typealias Own = EvaluationPlan
    inputs = try RunInputs(settings, of: path)
    let table = try Own.table.read(settings, of: path)
    self.table = table == Own.noTable ? nil : table
    rows = try Own.rows.read(settings, of: path) ?? []
    references = try Own.references.read(settings, of: path)
    weighting = try Own.weighting.read(settings, of: path)
    rival = try Own.rival.read(settings, of: path)
    measures = try Own.measures.read(settings, of: path) ?? []
    truth = try Own.truth.read(settings, of: path)
    scale = try Own.scale.read(settings, of: path)
    fill = try Own.fill.read(settings, of: path)?.choice
    deletionStep = try Own.deletionStep.read(settings, of: path)
    seed = try Own.seed.read(settings, of: path) ?? 0
    methodSettings = try Own.methodSettings.read(settings, of: path)
    part = try RunPart.setting.read(settings, of: path) ?? .whole
  }
}

/// A fill as a run writes it. Noise is written with the run's seed.
private struct WrittenFill {
  let choice: FillChoice?
  let text: String

  private static let own = "each measure's own"

  init(_ choice: FillChoice?, seed: UInt64) {
    self.choice = choice
    text = choice?.name(seed: seed) ?? WrittenFill.own
  }

  /// Nil if the text is no fill.
  init?(_ text: String) {
    self.text = text
    choice = FillChoice(written: text)
    if choice == nil, text != WrittenFill.own { return nil }
  }
}

extension Explainer.Row {
  fileprivate var json: JSON {
    guard let against else { return ["name": .string(name)] }
    return ["name": .string(name), "against": .string(against)]
  }

  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string else { return nil }
    self.init(written: name, against: json["against"]?.string)
  }
}
