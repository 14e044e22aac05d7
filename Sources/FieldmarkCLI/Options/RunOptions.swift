import Datasets
import Parsing
import Studies

/// The options of commands that go through a dataset picture by picture and store the results in a
/// run.
struct RunOptions: OptionGroup {
  let format = Option<DatasetFormat?>(
    "format", "The format of the dataset. Without it, the format is recognized.")
  let split = Option<RunSplit>("split", default: .test, "Which pictures of the dataset are used.")
  let limit = Option<Int?>(
    "limit", short: "n",
    "How many pictures are used, spread evenly over the dataset. The same command with a larger number "
      + "continues the same run.")
  let shard = Option<RunPart?>(
    "shard", "Works on a part of the pictures: 3/8 is the third of eight parts.")
  let retryFailed = Option<Bool>(
    "retry-failed",
    "Tries again all pictures that failed. Pictures that failed and whose files have changed since are "
      + "tried again in any case.")
  let retryChanged = Option<Bool>(
    "retry-changed",
    "Measures pictures again whose files have been replaced. Without it, the command stops if there are "
      + "any.")

  static func part(_ input: Input) -> RunPart { input[RunOptions.shard] ?? .whole }
}

extension RunSplit: OptionValue {}

extension RunPart: OptionValue {
  package static var placeholder: String { "I/N" }
  package init?(text: String) { self.init(text) }
}
