import Encoders
import Fieldmark

extension Surroundings {
  /// What every run depends on, whatever it asks.
  func members(
    of command: String, _ model: Model, _ weights: TowerFingerprint, _ input: Input
  ) throws -> [JSON.Member] {
    return [
      .init("command", .string(command)), .init("model", .string(model.name)),
      .init("weights", .string(weights.hexadecimal)),
      .init("pool", .string(encoder.pool.rawValue)),
      .init("layer", block.map(JSON.integer) ?? .null),
      .init("preprocessing", encoder.preprocessing.json),
      .init("positions", input[PictureOptions.positions].map { .string($0.name) } ?? .null),
      .init("precision", .string(input[ModelOptions.precision].rawValue)),
      .init("dataset", .string(dataset.description)),
      .init("pictures", .string(dataset.fingerprint)),
      .init("split", .string(input[RunOptions.split].rawValue)),
      .init("classifier", .string(try HeadOptions.fingerprint(input))),
    ]
  }
}

extension Shard {
  var member: JSON.Member { .init("shard", .string("\(index)/\(of)")) }
}

extension Method.Settings {
  /// Those that are not the methods' own.
  var json: JSON {
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
