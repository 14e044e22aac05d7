import Encoders
import Fieldmark
import Synchronization

/// What commands take that go through a dataset picture by picture and keep what they find in a run.
struct RunOptions: OptionGroup {
  let format = Option<DatasetFormat?>(
    "format", "The format of the dataset. Without it, the format is recognized.")
  let split = Option<Split>("split", default: .test, "Which pictures of the dataset are used.")
  let limit = Option<Int?>(
    "limit", short: "n",
    "How many pictures are used, spread evenly over the dataset. The same command with a larger number "
      + "continues the same run.")
  let shard = Option<Shard?>(
    "shard", "Works on a part of the pictures: 3/8 is the third of eight parts.")
  let retryFailed = Option<Bool>(
    "retry-failed",
    "Tries again all pictures that failed. Pictures that failed and whose files have changed since are "
      + "tried again in any case.")
  let retryChanged = Option<Bool>(
    "retry-changed",
    "Measures pictures again whose files were replaced since. Without it, the command stops if there are "
      + "any.")

  enum Split: String, CaseIterable, Named, OptionValue {
    static let kind = "a split"
    case test, training, all
  }

  static func part(_ input: Input) -> Shard { input[RunOptions.shard] ?? Shard(index: 1, of: 1) }

  /// Looks at what a run has not yet, and keeps each picture as soon as it is done. What fails for a
  /// picture alone is kept as its failure; one that is interrupted is dropped. False where somebody
  /// stopped it.
  static func fill(
    _ run: RunFile, with asked: AskedPictures, of dataset: Dataset, _ input: Input,
    _ output: Output, _ work: LongWork, order: ([Int]) -> [Int] = { $0 },
    record: @escaping @Sendable (Example) throws -> RunRecord
  ) throws -> Bool {
    let going = try RunContinuing(run, asked, dataset, input, output)
    let count = going.numbers.count
    let left = order(going.left)
    try run.expect(count)
    let reached = Mutex(0)
    work.begin(
      of: left.count, before: count - left.count,
      "Ctrl-C keeps what is done, and the same command goes on from there")
    defer { work.end() }
    try concurrently(left.count) { index in
      try work.passes.check()
      return try recordOrFailure(dataset.examples[left[index]], record)
    } delivering: { index, result in
      do {
        let record = try result.get()
        try run.add(record)
        if let failure = record.failure { output.note(failure) }
      } catch is Interrupted {
        // Those after it that are done already are kept.
        return true
      }
      reached.withLock { $0 += 1 }
      work.step()
      return true
    }
    if reached.withLock({ $0 }) == left.count { return true }
    output.note(
      "Interrupted after \(count - left.count + reached.withLock { $0 }) of \(count) pictures; what is "
        + "done is kept, and the same command goes on from there.")
    return false
  }

  /// What is found out of a picture, or why nothing is, with the bytes that it has.
  private static func recordOrFailure(
    _ example: Example, _ record: (Example) throws -> RunRecord
  ) throws -> RunRecord {
    let identity = try? example.identity()
    var found: RunRecord
    do {
      found = try record(example)
      guard example.stamp == identity?.stamp else {
        throw InputError(
          example.description, expected: "the picture as it was when it was looked at",
          found: "it changed in between")
      }
    } catch let error as InputError where error.kind == .input {
      found = RunRecord(
        number: example.number, path: example.name.description, label: example.label)
      found.failure = error.description
    }
    found.identity = identity
    return found
  }

  /// The head that was named, and the dataset with its classes. Classes are matched by their names; a
  /// head that has none is taken to have the dataset's, in their order.
  static func subject(
    _ input: Input, _ dataset: Dataset, _ output: Output
  ) throws -> (Dataset, Classifier) {
    let head = try HeadOptions.needed(input).checkedForComparing()
    let dataset = try dataset.checkedForTwoClasses()
    if head.hasNumbersForNames, head.targets.count == dataset.classes.count {
      output.note(
        "\(head.place): the head has no names of classes; they are taken to be the dataset's, in its "
          + "order.")
      return (dataset, head.named(dataset.classes.indices.map { dataset.spokenName(of: $0) }))
    }
    let matched = try dataset.withClasses(head.names, of: head.place, attributes: head.attributes)
    for note in matched.notes.dropFirst(dataset.notes.count) { output.note(note) }
    return (matched, head)
  }
}
