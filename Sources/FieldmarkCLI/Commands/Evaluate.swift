import Encoders
import Fieldmark
import Synchronization

extension Command {
  /// `fieldmark evaluate CUB_200_2011 --classifier probe.safetensors --methods grad-cam,layer-cam
  /// --measures deletion,energy -o cub.run`: the papers' tables.
  package static func evaluate(_ environment: Environment) -> Command {
    Command(
      "evaluate", "Measures methods on a dataset: the papers' tables.",
      operands: .one("DATASET", "A folder, a table or shards, as 'fieldmark train' takes."),
      options: [QuestionOptions.classifier.declaration] + EvaluationOptions.declarations + [
        QuestionOptions.layer.declaration, format.declaration, out.declaration, split.declaration,
        limit.declaration, shard.declaration, asJSON.declaration,
      ] + MethodOptions.settings + ModelOptions.declarations + PictureOptions.declarations,
      notes: """
        The class that is explained is the picture's own, compared with those most like it by the
        classifier's rows. Everything goes into one file, picture by picture: stop it at any time, and
        the same words go on. Beside it the table is written as Markdown, CSV and JSON, and a page with
        curves and pictures. Each mean has its 95 % bootstrap interval over pictures; a strength above
        0 also has what it gains over the method alone, on the same pictures.
        """
    ) { input, output in
      let dataset = try Dataset(input.paths[0], as: input[format])
      for note in dataset.notes { output.note(note) }
      let model = try ModelOptions.open(input, environment, output)
      try PictureOptions.refuseTiles(input)
      let evaluation = try evaluation(input, model, dataset)
      for missing in EvaluationOptions.table(input)?.missing ?? [] {
        output.note("Not in this table: \(missing).")
      }
      let others = evaluation.surroundings.classifier.targets.count - 1
      if let wanted = evaluation.contenders.map(\.others).max(), others < wanted {
        output.note(
          "A class is compared with \(others) others instead of \(wanted): there are no more.")
      }
      if let limit = input[limit], limit < 1 {
        throw InputError(
          "option --limit", expected: "at least 1", found: "\(limit)", kind: .words)
      }
      let shard = input[shard] ?? Shard(index: 1, of: 1)
      let numbers = chosen(dataset, input[split], limit: input[limit]).filter {
        $0 % shard.of == shard.index - 1
      }
      let weights = try TowerFingerprint(
        of: model, .pictures, remembering: .pictureMemory(environment))
      let run = try RunFile(
        input[out],
        evaluation.settings(
          model, weights, input, split: input[split].rawValue, shard))
      try run.expect(numbers.count)
      let done = try run.done()
      let left = numbers.filter { !done.contains($0) }
      let watcher = Watcher.person(note: output.note, progress: output.progress)
      let reached = Mutex(0)
      try concurrently(left.count) { index in
        try evaluation.record(dataset.examples[left[index]])
      } delivering: { index, result in
        do {
          try run.add(result.get())
        } catch let error as InputError where error.kind == .input {
          let example = dataset.examples[left[index]]
          var record = RunRecord(
            number: example.number, path: example.name.description, label: example.label)
          record.failure = error.description
          try run.add(record)
          output.note(error.description)
        }
        reached.withLock { $0 = index + 1 }
        watcher.progress?("\(numbers.count - left.count + index + 1) of \(numbers.count) pictures")
        return watcher.goesOn()
      }
      watcher.progress?("")
      if reached.withLock({ $0 }) < left.count {
        output.note("Interrupted; what is done is kept, and the same command goes on from there.")
        return .interrupted
      }
      let table = try EvaluationTable(run)
      let page = try EvaluationPage(run, table) { try dataset.examples[$0].picture() }
      let html = input[out].beside(".html")
      try write(Array(page.written.utf8), to: html)
      for file in try table.write(beside: input[out]) + [html] {
        try input[asJSON] ? output.note("Written: \(file).") : output.print(file.description)
      }
      try output.print(input[asJSON] ? table.json.written() : "\n" + table.markdown)
      return table.failures.isEmpty ? .done : .someFailed
    }
  }

  private static func evaluation(
    _ input: Input, _ model: Model, _ dataset: Dataset
  ) throws -> Evaluation {
    let encoder = try PictureOptions.encoder(input, model)
    let classifier = try classifier(input, dataset)
      .checked(for: encoder.architecture.embedding)
    let surroundings = Surroundings(
      model, encoder, dataset, classifier, block: try QuestionOptions.block(input, encoder),
      seed: MethodOptions.settings(input).seed
    ) { try PictureOptions.encoder(input, $0) }
    return Evaluation(
      surroundings, try EvaluationOptions.contenders(input), try EvaluationOptions.measures(input),
      truth: EvaluationOptions.truth(input), scale: EvaluationOptions.scale(input),
      changes: try EvaluationOptions.changes(input, encoder.preprocessing))
  }

  /// The head, if its classes are the dataset's, and enough to be compared with each other.
  private static func classifier(_ input: Input, _ dataset: Dataset) throws -> Classifier {
    let classifier = try namedClassifier(input, dataset)
    let (others, wanted) = (
      classifier.targets.count - 1, EvaluationOptions.references(input)?.count ?? 1
    )
    guard others >= wanted else {
      throw InputError(
        "option --references", expected: "at most the \(others) other classes", found: "\(wanted)",
        kind: .words)
    }
    return classifier
  }

  private static func namedClassifier(_ input: Input, _ dataset: Dataset) throws -> Classifier {
    guard let path = input[QuestionOptions.classifier] else {
      throw InputError(
        "option --classifier", expected: "a head, as 'fieldmark train' makes", found: "none",
        kind: .words)
    }
    let names = dataset.classes.indices.map { dataset.spokenName(of: $0) }
    let classifier = try Classifier(path)
    // Numbers alone stand for the dataset's own order.
    if classifier.targets.map(\.name) == names.indices.map({ "\($0)" }) {
      return try Classifier(path, names: names)
    }
    guard classifier.targets.map(\.name) == names else {
      let first = zip(classifier.targets.map(\.name), names).first { $0 != $1 }
      throw InputError(
        path.description, expected: "the dataset's \(names.count) classes in its order",
        found: first.map { "'\(printable($0.0.utf8))' where it has '\(printable($0.1.utf8))'" }
          ?? "\(classifier.targets.count)",
        hint: "train the head on this dataset, or give it no names")
    }
    return classifier
  }

  /// Pictures with a class, of the split that is asked for; as many of them, evenly spread.
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
    return (0..<max(0, limit)).map { some[$0 * some.count / limit] }
  }

  enum Split: String, Choice { case test, training, all }

  private static let format = Option<DatasetFormat?>(
    "format", "What the dataset is; else what it looks like.")
  private static let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "evaluation.run", "The run's file.")
  private static let split = Option<Split>("split", default: .test, "Which pictures.")
  private static let limit = Option<Int?>("limit", short: "n", "So many of them, evenly spread.")
  private static let shard = Option<Shard?>("shard", "Every N-th picture, from the I-th on.")
  private static let asJSON = Option<Bool>("json", "Prints the table as one object.")
}
