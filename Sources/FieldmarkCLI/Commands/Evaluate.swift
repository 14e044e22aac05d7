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
        QuestionOptions.classifier.declaration, QuestionOptions.classes.declaration,
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
      let evaluation = Evaluation(
        try classifier(input, dataset).checked(for: encoder.architecture.embedding),
        input[MethodOptions.methods].values, strengths: input[strengths].values,
        input[references], input[QuestionOptions.weighting], input[measures].values,
        truth: input[truth], MethodOptions.settings(input))
      let shard = input[shard] ?? Shard(index: 1, of: 1)
      let examples = chosen(dataset, input[split], limit: input[limit]).filter {
        $0.number % shard.of == shard.index - 1
      }
      let run = try RunFile(input[out], evaluation.settings(model, encoder, dataset, input, shard))
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

  private static func classifier(_ input: Input, _ dataset: Dataset) throws -> Classifier {
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

/// A part of a run: `3/8` is the third of eight.
struct Shard: OptionValue, Equatable {
  static let placeholder = "I/N"
  static let expectation = "a part as 3/8, the third of eight"
  let index: Int
  let of: Int

  init(index: Int, of: Int) { (self.index, self.of) = (index, of) }

  init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let of = parts[1], of > 0,
      (1...of).contains(index)
    else { return nil }
    self.init(index: index, of: of)
  }
}

extension Evaluation {
  /// What the run's numbers depend on.
  fileprivate func settings(
    _ model: Model, _ encoder: ImageEncoder, _ dataset: Dataset, _ input: Input, _ shard: Shard
  ) throws -> RunSettings {
    let classifierBytes = try input[QuestionOptions.classifier].map { try $0.read(limit: 1 << 30) }
    var digest = Digest.sha256
    digest.add(classifierBytes ?? [])
    return RunSettings([
      .init("command", "evaluate"), .init("model", .string(model.name)),
      .init("weights", .integer(model.bytes)), .init("pool", .string(encoder.pool.rawValue)),
      .init("preprocessing", encoder.preprocessing.json),
      .init("precision", .string(input[ModelOptions.precision].rawValue)),
      .init("dataset", .string(dataset.description)),
      .init("classifier", .string(digest.hexadecimal)),
      .init("methods", .array(methods.map { .string($0.name) })),
      .init("strengths", .array(strengths.map { JSON($0) })),
      .init("references", .string(references.description)),
      .init("weighting", .string(weighting.name)),
      .init("measures", .array(measures.map { .string($0.name) })),
      .init("truth", .string(truth.rawValue)), .init("seed", .string("\(methodSettings.seed)")),
      .init("shard", .string("\(shard.index)/\(shard.of)")),
    ])
  }
}

extension EvaluationTable {
  /// Files named after the run's.
  fileprivate func write(beside run: Path) throws -> [Path] {
    let name = run.hasSuffix(".run") ? Path(bytes: Array(run.bytes.dropLast(4))) : run
    let files: [(String, String)] = [
      (".md", markdown), (".csv", csv), (".json", json.written(.indented) + "\n"),
    ]
    return try files.map { ending, text in
      let path = Path(bytes: name.bytes + Array(ending.utf8))
      try Encoders.write(Array(text.utf8), to: path)
      return path
    }
  }
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
