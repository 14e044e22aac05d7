import Encoders
import Ground
import Parsing

private struct Options: OptionGroup {
  let model = ModelOptions()
  let file = Option<Path>(
    "file", default: "phrases.txt", "The file with one text on each line.")
  let rounds = Option<Int>("rounds", default: 5, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench texts MODEL`: the timings that Benchmarks/encoders.py compares with PyTorch.
  package static func benchTexts(_ environment: Environment) -> Command {
    Command(
      "bench texts", "Times a text encoder on the lines of a file.",
      options: Options.self,
      notes: """
        Prints one JSON object: the median seconds from token numbers to embeddings, with weights that are read
        already, the seconds from texts to token numbers, the number of texts, and the number of tokens up to
        their ends.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let lines = try MappedFile(input[Options.file]).withBytes {
        $0.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
      }
      let encoder = try TextEncoder(model, precision: input[ModelOptions.precision])
      var ids: [[Int32]] = []
      let reading = try ContinuousClock().measure { ids = try encoder.prompts(lines).map(\.ids) }
      _ = try encoder(ids)
      let seconds = try (0..<max(1, input[Options.rounds])).map { [ids] _ in
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
}
