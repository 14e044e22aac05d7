import Auditing
import Datasets
import Explaining
import Ground
import Measures
import Parsing
import Studies

/// The options that train heads like the classifier again, to see how much chance the training has.
struct RetrainOptions: OptionGroup {
  let count = Option<Int?>(
    "retrain",
    "Trains so many classifiers like this one again, each on another random draw of its training pictures, and "
      + "widens the intervals by how much these differ. Each training picture is looked at once. 20 are enough."
  )
  let source = Option<Path?>(
    "retrain-on", placeholder: "DATASET",
    "Where the training pictures are. Without it, they are those that 'fieldmark train' takes from the dataset."
  )

  let replicas = Option<[Path]>(
    "replica", placeholder: "CLASSIFIER",
    "A classifier that somebody trained in the same way on other pictures of the same kind. With "
      + "\(TrainingSpread.fewest) or more of them, these widen the intervals in place of --retrain."
  )

  /// What was trained, and on what.
  struct Trained {
    var heads: [LinearHead] = []
    /// The fingerprint of the dataset, or of the files.
    var source: String?
  }

  /// No heads where none are asked for. Nil if the user interrupted it.
  static func trained(
    _ input: Input, _ study: OpenedStudy, _ dataset: Dataset, _ output: Output
  ) throws -> Trained? {
    let replicas = input[RetrainOptions.replicas]
    guard
      input[AuditOptions.isQuick] == false || input[RetrainOptions.count] == nil && replicas.isEmpty
    else {
      throw InputError(
        "option \(replicas.isEmpty ? "--retrain" : "--replica")",
        expected: "not together with --quick", found: "both",
        hint: "only intervals of what changes the decision are widened", kind: .words)
    }
    guard let count = input[RetrainOptions.count] else {
      guard input[RetrainOptions.source] == nil else {
        throw InputError(
          "option --retrain-on", expected: "--retrain as well", found: "none", kind: .words)
      }
      return replicas.isEmpty ? Trained() : try read(replicas, study)
    }
    guard replicas.isEmpty else {
      throw InputError(
        "option --replica", expected: "not together with --retrain", found: "both", kind: .words)
    }
    guard (TrainingSpread.fewest...1000).contains(count) else {
      throw InputError(
        "option --retrain", expected: "\(TrainingSpread.fewest) to 1000", found: "\(count)",
        kind: .words)
    }
    let classifier = study.context.classifier
    let training = try trainingPictures(input, dataset, classifier, output)
    let rows = try study.rows(try ProbeSplit(training).training, of: training)
    guard let rows else { return nil }
    try check(rows, training, classifier)
    let way = Retraining(of: classifier)
    if !way.isTold {
      output.note(
        "\(classifier.place): nothing says how the classifier was trained; \(way.name) trains it again."
      )
    }
    let work = LongWork(output)
    work.begin("trainings", of: count, "Ctrl-C ends it; the embeddings are kept")
    defer { work.end() }
    let heads = try way.heads(count, on: rows) { done, _ in
      work.reach(done)
      return work.goesOn
    }
    guard heads.count == count, work.goesOn else {
      output.note("Interrupted after \(work.reached); the same command trains them again.")
      return nil
    }
    return Trained(heads: heads, source: training.fingerprint)
  }

  private static func read(_ files: [Path], _ study: OpenedStudy) throws -> Trained {
    guard files.count >= TrainingSpread.fewest else {
      throw InputError(
        "option --replica", expected: "at least \(TrainingSpread.fewest) of them",
        found: "\(files.count)", kind: .words)
    }
    let own = study.context.classifier
    var digest = Digest.sha256
    let heads = try files.map { file in
      digest.add(try file.read(limit: 1 << 30))
      let head = try Classifier(file).checked(for: own.width)
      guard
        head.names == own.names || head.hasNumbersForNames && head.names.count == own.names.count
      else {
        throw InputError(
          file.description, expected: "the classes of \(own.place), in the same order",
          found: "others")
      }
      return head.head
    }
    return Trained(heads: heads, source: digest.hexadecimal)
  }

  private static func trainingPictures(
    _ input: Input, _ dataset: Dataset, _ classifier: Classifier, _ output: Output
  ) throws -> Dataset {
    guard let path = input[RetrainOptions.source] else { return dataset }
    let training = try Dataset(path)
    for note in training.notes { output.note(note) }
    return try training.withClasses(
      classifier.names, of: classifier.place, attributes: classifier.attributes)
  }

  private static func check(
    _ rows: LabeledRows, _ training: Dataset, _ classifier: Classifier
  ) throws {
    let counts = rows.counts
    guard let missing = counts.firstIndex(of: 0) else { return }
    throw InputError(
      training.path.description, expected: "training pictures of each class of the classifier",
      found: "none of '\(printable(classifier.names[missing].utf8))'",
      hint: "--retrain-on names the dataset that the classifier was trained on")
  }
}
