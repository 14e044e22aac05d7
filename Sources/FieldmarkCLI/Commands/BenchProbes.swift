import Encoders
import Ground
import Models
import Studies

extension Command {
  /// `fieldmark bench probes rows.npz`: what Benchmarks/probes.py holds against PyTorch.
  package static func benchProbes(_ environment: Environment) -> Command {
    Command(
      "bench probes", "Times the training of linear heads on the rows of a file.",
      options: [
        file.declaration, ways.declaration, rounds.declaration, ModelOptions.threads.declaration,
      ],
      notes: """
        The file has 'features', 'labels' (as floats), 'test' and 'test_labels'. Prints an object for
        each way: the median seconds of training, and the accuracy on both.
        """
    ) { input, output in
      try ModelOptions.takeCores(input, environment)
      let rows = try Checkpoint(input[file])
      func labelled(_ features: String, _ labels: String) throws -> LabelledRows {
        let tensor = try rows.tensor(features)
        let classes = try rows.tensor(labels).floats().map { Int($0) }
        return try LabelledRows(
          Matrix(rows: tensor.shape[0], columns: tensor.shape[1], try tensor.floats()),
          labels: classes, classes: (classes.max() ?? 0) + 1)
      }
      let (train, test) = (
        try labelled("features", "labels"), try labelled("test", "test_labels")
      )
      for way in input[ways].values {
        var head = try way(train)
        let seconds = try (0..<max(1, input[rounds])).map { _ in
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

  private static let file = Option<Path>("file", default: "rows.npz", "Rows, classes and others.")
  private static let ways = Option<Listed<Training>>(
    "with", default: Listed(Training.all), "Ways of training.")
  private static let rounds = Option<Int>("rounds", default: 3, "How often each is timed.")
}

extension Training: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { all.map(\.name).joined(separator: "|") }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) { self.init(named: text) }
}
