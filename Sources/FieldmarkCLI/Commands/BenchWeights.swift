import Ground
import Models
import Parsing

private struct Options: OptionGroup {
  let rounds = Option<Int>("rounds", default: 5, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench weights model.safetensors`: the timings and digest that Benchmarks/weights.py
  /// compares with safetensors and PyTorch.
  package static let benchWeights = Command(
    "bench weights", "Checks and times the opening of a checkpoint and the reading of its tensors.",
    operands: .one("FILE", "Weights in any format that Fieldmark reads."),
    options: Options.self,
    notes: """
      Prints one JSON object: the median milliseconds to open a checkpoint, of which nothing is read then; for
      each type of numbers, how many there are and the median seconds in which all of them become floats on one
      thread; and the SHA-256 of all floats in the order of their names.
      """
  ) { input, output in
    let path = input.paths[0]
    let rounds = max(1, input[Options.rounds])
    let checkpoint = try Checkpoint(path)
    let names = checkpoint.names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let tensors = try names.map(checkpoint.tensor)
    var digest = Digest.sha256
    for tensor in tensors { try tensor.floats().withUnsafeBytes { digest.add($0) } }

    let opening = try median(of: rounds) { _ = try Checkpoint(path) }
    let types = Set(tensors.map(\.type.name)).sorted()
    let reading = try types.map { type in
      let alike = tensors.filter { $0.type.name == type }
      let seconds = try median(of: rounds) { for tensor in alike { _ = try tensor.floats() } }
      let count = alike.reduce(0) { $0 + $1.count }
      return JSON.Member(type, ["numbers": .integer(count), "seconds": .number(seconds)])
    }
    let report: JSON = [
      "tensors": .integer(tensors.count),
      "opening": .number(opening * 1000),
      "reading": .object(reading),
      "sha256": .string(digest.hexadecimal),
    ]
    try output.print(report.written())
    return .done
  }

  private static func median(of rounds: Int, _ step: () throws -> Void) throws -> Double {
    let seconds = try (0..<rounds).map { _ in
      try ContinuousClock().measure(step) / .seconds(1)
    }
    return seconds.sorted()[rounds / 2]
  }
}
