import Encoders
import Fieldmark

extension Evaluation {
  /// What the run's numbers depend on.
  func settings(
    _ model: Model, _ weights: TowerFingerprint, _ input: Input
  ) throws -> RunSettings {
    let rows = rows.map { row -> JSON in
      guard let against = row.against else { return ["name": .string(row.name)] }
      return ["name": .string(row.name), "against": .string(against)]
    }
    return RunSettings(
      try surroundings.members(of: "evaluate", model, weights, input) + [
        .init("table", EvaluationOptions.table(input).map { .string($0.name) } ?? .null),
        .init("rows", .array(rows)),
        .init(
          "references", EvaluationOptions.references(input).map { .string($0.description) } ?? .null
        ),
        .init("weighting", EvaluationOptions.weighting(input).map { .string($0.name) } ?? .null),
        .init("measures", .array(measures.map { .string($0.name) })),
        .init("truth", .string(truth.rawValue)),
        .init("score", scale == .probability ? .null : .string(scale.rawValue)),
      ] + changes.members + [
        .init("method settings", MethodOptions.settings(input).json),
        RunOptions.part(input).member,
      ])
  }
}
