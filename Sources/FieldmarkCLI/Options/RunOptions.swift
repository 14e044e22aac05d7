import Encoders
import Fieldmark
import Synchronization

/// What commands take that go through a dataset picture by picture and keep what they find in a run.
enum RunOptions {
  static let format = Option<DatasetFormat?>(
    "format", "What the dataset is; else what it looks like.")
  static let split = Option<Split>("split", default: .test, "Which pictures.")
  static let limit = Option<Int?>("limit", short: "n", "So many of them, evenly spread.")
  static let shard = Option<Shard?>("shard", "Every N-th picture, from the I-th on.")

  static let declarations = [
    format.declaration, split.declaration, limit.declaration, shard.declaration,
  ]

  enum Split: String, Choice { case test, training, all }

  /// Pictures with a class, of the split and the part that are asked for, evenly spread.
  static func numbers(_ input: Input, _ dataset: Dataset) throws -> [Int] {
    if let limit = input[limit], limit < 1 {
      throw InputError("option --limit", expected: "at least 1", found: "\(limit)", kind: .words)
    }
    let shard = part(input)
    return chosen(dataset, input[split], limit: input[limit]).filter {
      $0 % shard.of == shard.index - 1
    }
  }

  static func part(_ input: Input) -> Shard { input[shard] ?? Shard(index: 1, of: 1) }

  private static func chosen(_ dataset: Dataset, _ split: Split, limit: Int?) -> [Int] {
    let examples = dataset.examples
    let all = examples.indices.filter { examples.label($0) != nil }
    let tests = all.filter { examples.use($0) == .test }
    let some =
      switch split {
      case .test: tests.isEmpty ? all : tests
      case .training: all.filter { examples.use($0) == .training }
      case .all: all
      }
    guard let limit, limit < some.count else { return some }
    return (0..<limit).map { some[$0 * some.count / limit] }
  }

  /// Looks at what a run has not yet, and keeps each picture as soon as it is done. What fails for a
  /// picture alone is kept as its failure; one that is interrupted is dropped. False where somebody
  /// stopped it.
  static func fill(
    _ run: RunFile, with numbers: [Int], of dataset: Dataset, _ output: Output,
    _ work: LongWork, record: @escaping @Sendable (Example) throws -> RunRecord
  ) throws -> Bool {
    try run.expect(numbers.count)
    let done = try run.done()
    let left = numbers.filter { !done.contains($0) }
    let reached = Mutex(0)
    work.begin(
      of: left.count, before: numbers.count - left.count,
      "Ctrl-C keeps what is done, and the same command goes on from there")
    defer { work.end() }
    try concurrently(left.count) { index in
      try work.passes.check()
      return try record(dataset.examples[left[index]])
    } delivering: { index, result in
      do {
        try run.add(result.get())
      } catch is Interrupted {
        // Those after it that are done already are kept.
        return true
      } catch let error as InputError where error.kind == .input {
        let example = dataset.examples[left[index]]
        var record = RunRecord(
          number: example.number, path: example.name.description, label: example.label)
        record.failure = error.description
        try run.add(record)
        output.note(error.description)
      }
      reached.withLock { $0 += 1 }
      work.step()
      return true
    }
    if reached.withLock({ $0 }) == left.count { return true }
    let count = numbers.count - left.count + reached.withLock { $0 }
    output.note(
      "Interrupted after \(count) of \(numbers.count) pictures; what is done is kept, and the same "
        + "command goes on from there.")
    return false
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
