import Datasets
import Encoders
import Explaining
import Ground
import Models
import Parsing
import Studies
import Synchronization

/// What `evaluate` and `audit` open before they begin: a dataset, a head that tells its classes
/// apart, the model, and the selected pictures.
///
///     let (dataset, head) = try OpenedStudy.subject(path, input, output)
///     let study = try OpenedStudy(dataset, head, input, environment, output)
///     let run = try study.run(plan, to: out) { try audit.record($0) }      // nil where it was stopped
struct OpenedStudy {
  let model: Model
  let context: EvaluationContext
  let asked: SelectedPictures
  private let work: LongWork
  private let input: Input
  private let environment: Environment
  private let output: Output

  /// The dataset with the classes of the head of `--classifier`, and that head. Classes are matched
  /// by name; a head without names is assumed to have the dataset's classes in their order.
  static func subject(
    _ path: Path, _ input: Input, _ output: Output
  ) throws -> (Dataset, Classifier) {
    let dataset = try Dataset(path, as: input[RunOptions.format])
    for note in dataset.notes { output.note(note) }
    let head = try HeadOptions.needed(input).checkedForComparing()
    _ = try dataset.checkedForTwoClasses()
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

  /// - Parameter oneSize: Whether maps of several pictures are compared place by place, so that all
  ///   must have the same size.
  init(
    _ dataset: Dataset, _ head: Classifier, _ input: Input, _ environment: Environment,
    _ output: Output, oneSize: Bool = false
  ) throws {
    (self.input, self.environment, self.output) = (input, environment, output)
    model = try ModelOptions.open(
      input, environment, output, photographs: dataset.hasPhotographs)
    try PictureOptions.refuseTiles(input)
    if oneSize { try PictureOptions.refuseNative(input) }
    let encoder = try PictureOptions.encoder(input, model)
    let classifier = try HeadOptions.checked(head, input, model, encoder, environment, output)
    work = LongWork(output)
    context = EvaluationContext(
      model, encoder, dataset, classifier, block: try QuestionOptions.block(input, encoder),
      seed: MethodOptions.settings(input).seed, passes: work.passes
    ) { try PictureOptions.encoder(input, $0) }
    asked = try SelectedPictures(input, dataset)
  }

  /// The inputs that every run depends on.
  func inputs() throws -> RunInputs {
    let weights = try TowerFingerprint(
      of: model, .pictures, remembering: .pictureMemory(environment))
    return context.inputs(
      model, weights, input[ModelOptions.precision], input[RunOptions.split],
      classifier: try HeadOptions.fingerprint(input))
  }

  /// Does what comes before the run. Nil if the user interrupted it.
  func before<Value>(
    _ unit: String, of count: Int, _ promise: String,
    _ body: (_ step: @escaping @Sendable () -> Void) throws -> Value
  ) throws -> Value? {
    work.begin(unit, of: count, promise)
    defer { work.end() }
    do {
      return try body { [work] in work.step() }
    } catch is Interrupted {
      output.note("Interrupted after \(work.reached); nothing of this is kept.")
      return nil
    }
  }

  /// The embeddings of other pictures with their classes, which are kept on disk. Nil if the user
  /// interrupted it.
  func rows(_ examples: [Example], of dataset: Dataset) throws -> LabeledRows? {
    let rows = try DatasetEncoding(try memory(), dataset, output).rows(
      examples, passes: 0, seed: 0)
    if rows == nil { output.note(OpenedStudy.kept) }
    return rows
  }

  /// The embeddings of pictures without a class. Those that cannot be read are noted and left out.
  func embeddings(_ examples: [Example]) throws -> EmbeddingMemory.Found {
    let work = LongWork(output)
    work.begin(
      of: examples.count,
      "Ctrl-C keeps the embeddings so far, and the same command goes on from there")
    defer { work.end() }
    let found = try memory().embeddings(of: examples) { done, _ in
      work.reach(done)
      return work.goesOn
    }
    for failure in found.failures { output.note(failure.error.description) }
    guard found.isWhole else { throw Interrupted() }
    return found
  }

  private func memory() throws -> EmbeddingMemory {
    try EmbeddingMemory(
      model, context.encoder, precision: input[ModelOptions.precision],
      folder: input[TextOptions.forget] ? nil : .pictureMemory(environment))
  }

  private static let kept =
    "Interrupted; the embeddings so far are kept, and the same command goes on from there."

  /// Goes through the pictures that the run does not have yet, in this order. Nil if the user
  /// interrupted it.
  func run(
    _ plan: some RunPlan, to path: Path, order: ([Int]) -> [Int] = { $0 },
    record: @escaping @Sendable (Example) throws -> RunRecord
  ) throws -> RunFile? {
    let run = try RunFile(path, plan)
    try run.remember(folder: context.dataset.path)
    return try fill(run, order: order, record: record) ? run : nil
  }

  /// Measures what a run does not have yet, and stores each picture as soon as it is done. An error
  /// that concerns one picture is stored as its failure; a picture that is interrupted is dropped.
  /// Returns false if the user interrupted it.
  private func fill(
    _ run: RunFile, order: ([Int]) -> [Int],
    record: @escaping @Sendable (Example) throws -> RunRecord
  ) throws -> Bool {
    let dataset = context.dataset
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
      return try OpenedStudy.recordOrFailure(dataset.examples[left[index]], record)
    } delivering: { index, result in
      do {
        let record = try result.get()
        try run.add(record)
        if let failure = record.failure { output.note(failure) }
      } catch is Interrupted {
        // Pictures after this one that are already done are still stored.
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

  /// The record of a picture, or of its failure, with the identity of the picture's bytes.
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
          found: "a picture that has changed since")
      }
    } catch let error as InputError where error.kind == .input {
      found = RunRecord(
        number: example.number, path: example.name.description, label: example.label)
      found.failure = error.description
    }
    found.identity = identity
    return found
  }
}
