import Encoders
import Ground
import Models
import Studies

extension Surroundings {
  /// What every run depends on, whatever it asks.
  func members(
    of command: String, _ model: Model, _ weights: TowerFingerprint, _ input: Input
  ) throws -> [JSON.Member] {
    return [
      .init("command", .string(command)), .init("model", .string(model.name)),
      .init("weights", .string(weights.hexadecimal)),
      .init("pool", .string(encoder.pool.rawValue)),
      .init("layer", .integer(place)),
      .init("preprocessing", encoder.preprocessing.json),
      .init("positions", .string(encoder.positions.name)),
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
