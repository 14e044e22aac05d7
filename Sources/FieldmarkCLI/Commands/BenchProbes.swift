import Encoders
import Ground
import Models
import Parsing
import Studies

private struct Options: OptionGroup {
  let file = Option<Path>(
    "file", default: "rows.npz", "The file with embeddings and classes.")
  let ways = Option<Listed<Training>>(
    "with", default: Listed(Training.all), "The ways of training, with commas between.")
  let rounds = Option<Int>("rounds", default: 3, "How often the timing is repeated.")
  let threads = ModelOptions.threads
}

extension Command {
  /// `fieldmark bench probes rows.npz`: the timings and accuracies that Benchmarks/probes.py
  /// compares with PyTorch.
  package static func benchProbes(_ environment: Environment) -> Command {
    Command(
      "bench probes", "Times the training of linear classifiers on the embeddings of a file.",
      options: Options.self,
      notes: """
        The file has 'features', 'labels' (as floats), 'test' and 'test_labels'. Prints one JSON object for each way
        of training: the median seconds, and the accuracy on both parts.
        """
    ) { input, output in
      try ModelOptions.takeCores(input, environment)
      let rows = try Checkpoint(input[Options.file])
      func labeled(_ features: String, _ labels: String) throws -> LabeledRows {
        let tensor = try rows.tensor(features)
        let classes = try rows.tensor(labels).floats().map { Int($0) }
        return try LabeledRows(
          Matrix(rows: tensor.shape[0], columns: tensor.shape[1], try tensor.floats()),
          labels: classes, classes: (classes.max() ?? 0) + 1)
      }
      let (train, test) = (
        try labeled("features", "labels"), try labeled("test", "test_labels")
      )
      for way in input[Options.ways].values {
        var head = try way(train)
        let seconds = try (0..<max(1, input[Options.rounds])).map { _ in
          try ContinuousClock().measure { head = try way(train) } / .seconds(1)
        }.sorted()
        let report: JSON = [
          "training": .string(way.name), "seconds": .number(seconds[seconds.count / 2]),
          "accuracy": .number(head.accuracy(on: train)), "test": .number(head.accuracy(on: test)),
        ]
        try output.print(report.written())
      }
      return .done
    }
  }
}
