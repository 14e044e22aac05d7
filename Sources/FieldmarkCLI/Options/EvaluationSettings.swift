import Encoders
import Ground
import Models
import Studies

extension Evaluation {
  /// What the run's numbers depend on.
  func settings(
    _ model: Model, _ weights: TowerFingerprint, _ input: Input
  ) throws -> RunSettings {
    let rows = rows.map { row -> JSON in
      guard let against = row.against else { return ["name": .string(row.name)] }
      return ["name": .string(row.name), "against": .string(against)]
    }
    let table = EvaluationOptions.table(input)
    // Some tables' rows are compared each in its own way.
    let comparison = try EvaluationOptions.comparison(input).map {
      [
        JSON.Member("references", .string($0.references.description)),
        .init("weighting", .string($0.weighting.name)), .init("rival", .string($0.rival.rawValue)),
      ]
    }
    return RunSettings(
      try surroundings.members(of: "evaluate", model, weights, input) + [
        .init("table", .string(table?.name ?? "none")), .init("rows", .array(rows)),
      ] + (comparison ?? []) + [
        .init("measures", .array(measures.map { .string($0.name) })),
        .init("truth", .string(truth.rawValue)),
        .init("score", .string(scale.rawValue)),
      ] + changes.members + [
        .init("seed", JSON(seed: surroundings.seed)),
        .init("method settings", try methodSettings()),
        RunOptions.part(input).member,
      ])
  }
}
