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
      options: [
        QuestionOptions.classifier.declaration,
        MethodOptions.methods.declaration, strengths.declaration, references.declaration,
        QuestionOptions.weighting.declaration, measures.declaration, truth.declaration,
        format.declaration, out.declaration, split.declaration, limit.declaration,
        shard.declaration, asJSON.declaration, listing.declaration,
      ] + MethodOptions.settings + ModelOptions.declarations + PictureOptions.declarations,
      notes: """
        The class that is explained is the picture's own, compared with those most like it by the
        classifier's rows. Everything goes into one file, picture by picture: stop it at any time, and
        the same words go on. Beside it a table is written as Markdown, CSV and JSON. Each mean has its
        95 % bootstrap interval over pictures; a strength above 0 also has what it gains over the
        method alone, on the same pictures.
        """
    ) { input, output in
      if input[listing] {
        for measure in Measure.all {
          try output.print("\(measure.name.padded(to: 16))\(measure.summary)")
        }
        return .done
      }
      let dataset = try Dataset(input.paths[0], as: input[format])
      for note in dataset.notes { output.note(note) }
      let model = try ModelOptions.open(input, environment, output)
      let encoder = try PictureOptions.encoder(input, model)
      try PictureOptions.refuseTiles(input)
      let classifier = try classifier(input, dataset)
        .checked(for: encoder.architecture.embedding)
      let evaluation = Evaluation(
        classifier,
        input[MethodOptions.methods].values, strengths: input[strengths].values,
        input[references], input[QuestionOptions.weighting], input[measures].values,
        truth: input[truth], MethodOptions.settings(input))
      let shard = input[shard] ?? Shard(index: 1, of: 1)
      let examples = chosen(dataset, input[split], limit: input[limit]).filter {
        $0.number % shard.of == shard.index - 1
      }
      let weights = try TowerFingerprint(
        of: model, .pictures, remembering: .pictureMemory(environment))
      let run = try RunFile(
        input[out], evaluation.settings(model, weights, encoder, dataset, input, shard))
      let done = try run.done()
      let left = examples.filter { !done.contains($0.number) }
      let watcher = Watcher.person(note: output.note, progress: output.progress)
      let failed = Mutex(0)
      let reached = Mutex(0)
      try concurrently(left.count) { index in
        try evaluation.record(left[index], in: dataset, encoder)
      } delivering: { index, result in
        do {
          try run.add(result.get())
        } catch let error as InputError where error.kind == .input {
          var record = RunRecord(
            number: left[index].number, path: left[index].name.description,
            label: left[index].label)
          record.failure = error.description
          try run.add(record)
          failed.withLock { $0 += 1 }
          output.note(error.description)
        }
        reached.withLock { $0 = index + 1 }
        watcher.progress?("\(index + 1 + done.count) of \(examples.count) pictures")
        return watcher.goesOn()
      }
      watcher.progress?("")
      if reached.withLock({ $0 }) < left.count {
        output.note("Interrupted; what is done is kept, and the same command goes on from there.")
        return .interrupted
      }
      let table = try EvaluationTable(run)
      for file in try table.write(beside: input[out]) {
        try input[asJSON] ? output.note("Written: \(file).") : output.print(file.description)
      }
      try output.print(input[asJSON] ? table.json.written() : "\n" + table.markdown)
      return table.failures.isEmpty ? .done : .someFailed
    }
  }

  /// The head, if its classes are the dataset's, and enough to be compared with each other.
  private static func classifier(_ input: Input, _ dataset: Dataset) throws -> Classifier {
    let classifier = try namedClassifier(input, dataset)
    let (others, wanted) = (classifier.targets.count - 1, input[references].count)
    guard others >= wanted else {
      throw InputError(
        "option --references", expected: "at most the \(others) other classes",
        found: "\(input[references])", kind: .words)
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
  private static func chosen(_ dataset: Dataset, _ split: Split, limit: Int?) -> [Example] {
    let all = dataset.examples.filter { $0.label != nil }
    let tests = all.filter { $0.use == .test }
    let some: [Example] =
      switch split {
      case .test: tests.isEmpty ? Array(all) : tests
      case .training: all.filter { $0.use == .training }
      case .all: Array(all)
      }
    guard let limit, limit < some.count else { return some }
    return (0..<max(0, limit)).map { some[$0 * some.count / limit] }
  }

  enum Split: String, Choice { case test, training, all }

  private static let strengths = Option<Listed<Float>>(
    "strengths", default: Listed([0, 0.6]),
    "How strongly the classes most alike are subtracted; 0 is the method alone.")
  private static let references = Option<ReferenceRule>(
    "references", default: ReferenceRule(3),
    "How many, and by what: auto:3, auto:3:logits, auto:3:predictions.")
  private static let measures = Option<Listed<Measure>>(
    "measures", default: Listed([.deletion, .relativeDrop5, .relativeDrop10, .energy]),
    "What is measured; --list-measures tells of each.")
  private static let truth = Option<TruthChoice>(
    "truth", default: .any,
    "Where the thing is: its box if there is one, else its mask; or one of them.")
  private static let format = Option<DatasetFormat?>(
    "format", "What the dataset is; else what it looks like.")
  private static let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "evaluation.run", "The run's file.")
  private static let split = Option<Split>("split", default: .test, "Which pictures.")
  private static let limit = Option<Int?>("limit", short: "n", "So many of them, evenly spread.")
  private static let shard = Option<Shard?>("shard", "Every N-th picture, from the I-th on.")
  private static let asJSON = Option<Bool>("json", "Prints the table as one object.")
  private static let listing = Option<Bool>(
    "list-measures", "Lists the measures, and does nothing.")
}

extension Measure: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { "MEASURE" }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) { self.init(named: text) }
}

extension TruthChoice: Choice {
  public var description: String { rawValue }
}

extension ReferenceRule: OptionValue {
  package static var placeholder: String { "auto:K" }
  package static var expectation: String { "auto:3, auto:3:logits or auto:3:predictions" }
  package init?(text: String) { self.init(text) }
}
