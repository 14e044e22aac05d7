import Encoders
import Fieldmark

extension Evaluation {
  /// What the run's numbers depend on.
  func settings(
    _ model: Model, _ weights: TowerFingerprint, _ input: Input, split: String, _ shard: Shard
  ) throws -> RunSettings {
    let (encoder, dataset) = (surroundings.encoder, surroundings.dataset)
    let classifierBytes = try input[QuestionOptions.classifier].map { try $0.read(limit: 1 << 30) }
    var digest = Digest.sha256
    digest.add(classifierBytes ?? [])
    let rows = rows.map { row -> JSON in
      guard let against = row.against else { return ["name": .string(row.name)] }
      return ["name": .string(row.name), "against": .string(against)]
    }
    return RunSettings(
      [
        .init("command", "evaluate"), .init("model", .string(model.name)),
        .init("weights", .string(weights.hexadecimal)),
        .init("pool", .string(encoder.pool.rawValue)),
        .init("layer", surroundings.block.map(JSON.integer) ?? .null),
        .init("preprocessing", encoder.preprocessing.json),
        .init("positions", input[PictureOptions.positions].map { .string($0.name) } ?? .null),
        .init("precision", .string(input[ModelOptions.precision].rawValue)),
        .init("dataset", .string(dataset.description)),
        .init("pictures", .string(dataset.fingerprint)),
        .init("split", .string(split)), .init("classifier", .string(digest.hexadecimal)),
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
        .init("shard", .string("\(shard.index)/\(shard.of)")),
      ])
  }
}

extension Method.Settings {
  /// Those that are not the methods' own.
  fileprivate var json: JSON {
    let counts: [(String, Int?)] = [
      ("masks", masks), ("channels", channels), ("window", window), ("step", step),
      ("iterations", iterations), ("points", points),
    ]
    var members: [JSON.Member] = [.init("seed", .string("\(seed)"))]
    for (name, count) in counts {
      if let count { members.append(.init(name, .integer(count))) }
    }
    if let sigma { members.append(.init("sigma", JSON(sigma))) }
    return .object(members)
  }
}
