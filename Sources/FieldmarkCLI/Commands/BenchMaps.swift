import Aviary
import Encoders
import Explaining
import Ground
import Parsing
import Words

private struct Options: OptionGroup {
  let model = ModelOptions()
  let method = MethodOptions.method
  let rounds = Option<Int>("rounds", default: 9, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench maps MODEL`: the timings that Benchmarks/maps.py compares with other
  /// implementations.
  package static func benchMaps(_ environment: Environment) -> Command {
    Command(
      "bench maps", "Times the maps of all 312 attributes of birds in one picture.",
      options: Options.self,
      notes: """
        Prints one JSON object: the median seconds of a plain pass to the embedding, those of a pass with all maps
        (of each phrase against its base), and their ratio.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let encoder = try ImageEncoder(model, precision: input[ModelOptions.precision])
      let words = try TextEncoder(model)
      let phrases = try words.targets(Prompts.attributes.map(\.phrase))
      let bases = try words.targets(Prompts.attributes.map(\.base))
      let targets = zip(phrases, bases).map { $0.compared(with: [$1], strength: 0.6) }
      let picture = World(seed: 4, size: 448).draw(0).picture
      let method = input[MethodOptions.method]
      _ = try method.maps(View(encoder, picture), targets)
      let planes = encoder.planes(of: picture)
      let clock = ContinuousClock()
      let rounds = try (0..<max(1, input[Options.rounds])).map { _ in
        (
          clock.measure { _ = encoder.layers(planes) } / .seconds(1),
          try clock.measure { _ = try method.maps(View(encoder, picture, planes: planes), targets) }
            / .seconds(1)
        )
      }
      func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
      let report: JSON = [
        "pass": .number(median(rounds.map(\.0))),
        "maps": .number(median(rounds.map(\.1))),
        "ratio": .number(median(rounds.map { $0.1 / $0.0 })),
        "targets": .integer(targets.count),
      ]
      try output.print(report.written())
      return .done
    }
  }
}
