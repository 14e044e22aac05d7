import Encoders
import Ground

extension Command {
  /// `fieldmark bench texts MODEL`: what Benchmarks/encoders.py holds against PyTorch.
  package static func benchTexts(_ environment: Environment) -> Command {
    Command(
      "bench texts", "Times a text encoder on the lines of a file.",
      options: ModelOptions.declarations + [file.declaration, rounds.declaration],
      notes: """
        Prints one object: the median seconds from token numbers to embeddings, the weights being
        read already, the seconds from texts to numbers, how many texts there were, and how many
        tokens up to their ends.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let lines = try MappedFile(input[file]).withBytes {
        $0.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
      }
      let encoder = try TextEncoder(model, precision: input[ModelOptions.precision])
      var ids: [[Int32]] = []
      let reading = try ContinuousClock().measure { ids = try encoder.prompts(lines).map(\.ids) }
      _ = try encoder(ids)
      let seconds = try (0..<max(1, input[Self.rounds])).map { [ids] _ in
        try ContinuousClock().measure { _ = try encoder(ids) } / .seconds(1)
      }.sorted()
      let report: JSON = [
        "seconds": .number(seconds[seconds.count / 2]),
        "reading": .number(reading / .seconds(1)),
        "texts": .integer(lines.count),
        "tokens": .integer(ids.reduce(0) { $0 + $1.count }),
      ]
      try output.print(report.written())
      return .done
    }
  }

  private static let file = Option<Path>(
    "file", default: "phrases.txt", "A text on each line.")
  private static let rounds = Option<Int>("rounds", default: 5, "How often it is timed.")
}
