import Encoders
import Fieldmark

/// What commands take that go through a dataset picture by picture and keep what they find in a run.
enum RunOptions {
  static let format = Option<DatasetFormat?>(
    "format", "What the dataset is; else what it looks like.")
  static let split = Option<RunSplit>("split", default: .test, "Which pictures.")
  static let limit = Option<Int?>(
    "limit", short: "n",
    "Takes so many of the pictures, spread evenly over them; a larger number goes on with the same run."
  )
  static let shard = Option<RunPart?>("shard", "Every N-th picture, from the I-th on.")

  static let retryFailed = Option<Bool>(
    "retry-failed",
    "Tries pictures again that failed; those whose files have changed since are tried anyway.")
  static let retryChanged = Option<Bool>(
    "retry-changed",
    "Measures pictures again whose files were replaced since; without it the command stops there.")

  static let declarations = [
    format.declaration, split.declaration, limit.declaration, shard.declaration,
    retryFailed.declaration, retryChanged.declaration,
  ]

  static func part(_ input: Input) -> RunPart { input[shard] ?? .whole }
}

extension RunSplit: Choice {
  public var description: String { rawValue }
}

extension RunPart: OptionValue {
  package static var placeholder: String { "I/N" }
  package init?(text: String) { self.init(text) }
}
