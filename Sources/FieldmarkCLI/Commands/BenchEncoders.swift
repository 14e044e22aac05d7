import Encoders
import Ground
import Parsing

private struct Options: OptionGroup {
  let model = ModelOptions()
  let rounds = Option<Int>("rounds", default: 5, "How often the timing is repeated.")
  let pictures = Option<Int>("pictures", default: 8, "How many pictures a round has.")
}

extension Command {
  /// `fieldmark bench encoders MODEL`: the timings that Benchmarks/encoders.py compares with other
  /// implementations.
  package static func benchEncoders(_ environment: Environment) -> Command {
    Command(
      "bench encoders", "Times an image encoder, beside what the machine could do.",
      options: Options.self,
      notes: """
        Prints one JSON object: pictures per second, one at a time on all cores and one on each core, as medians of
        the rounds; the speed of a plain large product of 32-bit floats in the same rounds, in 10^9 operations
        per second; and the share of that speed that the encoder reaches.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let encoder = try ImageEncoder(model, precision: input[ModelOptions.precision])
      let bench = EncoderBench(encoder)
      _ = bench.singly(1)
      let rounds = try (0..<max(1, input[Options.rounds])).map { _ in
        (
          bench.singly(input[Options.pictures]), try bench.batched(input[Options.pictures]),
          bench.peak()
        )
      }
      func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
      let work = encoder.operations
      let report: JSON = [
        "singly": .number(median(rounds.map(\.0))),
        "batched": .number(median(rounds.map(\.1))),
        "peak": .number(median(rounds.map(\.2))),
        "operations": .number(work),
        "share": .number(median(rounds.map { $0.1 * work / ($0.2 * 1e9) })),
        "singly share": .number(median(rounds.map { $0.0 * work / ($0.2 * 1e9) })),
      ]
      try output.print(report.written())
      return .done
    }
  }
}
