import Datasets
import Explaining
import Ground
import Studies

extension Command {
  /// `fieldmark train CUB_200_2011 -o probe.safetensors --model ViT-B-16:openai`: a linear head over
  /// the embeddings of a dataset's pictures.
  package static func train(_ environment: Environment) -> Command {
    Command(
      "train", "Trains a linear head over embeddings: what --classifier takes.",
      operands: .one("DATASET", "A folder, a table or shards; see the formats below."),
      options: [
        out.declaration, format.declaration, way.declaration, epochs.declaration,
        start.declaration, batch.declaration, rate.declaration, decay.declaration,
        standardise.declaration,
        augment.declaration, seed.declaration, cosines.declaration,
        Outputs.force.declaration, asJSON.declaration,
        TextOptions.forget.declaration,
      ] + ModelOptions.declarations + PictureOptions.declarations,
      notes: """
        Each picture is looked at once: embeddings are kept on disk, by content and model. Pictures for
        training train, those for test judge; a dataset without a split is judged by every fifth
        picture of a class. The default is the papers' way, so that its heads can be compared with
        theirs; logistic finds the lowest place of the same loss, says so where it has not converged, and
        least-squares needs no steps. The head remembers the model, --pool and how pictures were prepared, and is refused beside others.
        Formats: \(DatasetFormat.all.map { "\($0.name) (\($0.summary))" }.joined(separator: "; ")).
        """
    ) { input, output in
      let dataset = try Dataset(input.paths[0], as: input[format])
      for note in dataset.notes { output.note(note) }
      try PictureOptions.refuseTiles(input)
      let settings = try settings(input)
      if input.isGiven(start.declaration), input[way].name != Training.adam.name {
        output.note(
          "--start does nothing with \(input[way].name): it ends in one place, wherever it starts.")
      }
      let model = try ModelOptions.open(
        input, environment, output, photographs: dataset.hasPhotographs)
      let encoder = try PictureOptions.encoder(input, model)
      var outputs = Outputs(input)
      try outputs.claim(input[out], as: .head)
      if let folder = input[cosines] {
        for file in ClassCosines.files { try outputs.claim(folder / file.name, as: file.kind) }
      }
      let split = try ProbeSplit(dataset)
      let origin = try HeadOrigin(
        model, encoder,
        remembering: input[TextOptions.forget] ? nil : .pictureMemory(environment))
      let memory = try EmbeddingMemory(
        model, encoder, precision: input[ModelOptions.precision],
        folder: input[TextOptions.forget] ? nil : .pictureMemory(environment))
      let looking = Looking(memory, dataset, output)
      guard
        let train = try looking.rows(
          split.training, passes: input[augment], seed: settings.seed),
        let test = try looking.rows(split.test, passes: 0, seed: settings.seed)
      else {
        output.note("Interrupted; what was looked at is kept, and the same command goes on.")
        return .interrupted
      }
      let work = LongWork(output)
      let names = dataset.classes.indices.map { dataset.spokenName(of: $0) }
      work.begin("rounds", of: 1, "Ctrl-C ends it, and keeps the embeddings")
      let probe = try Probe.trained(
        on: train, names: names, with: input[way], settings, standardised: input[standardise]
      ) { round, of, loss in
        work.reach(round, of: of, detail: "loss \(Float(loss))")
        return work.goesOn
      }
      work.end()
      guard work.goesOn else {
        output.note("Interrupted after \(work.reached); the embeddings are kept, the head is not.")
        return .interrupted
      }
      if let caution = probe.ending?.caution { output.note(caution) }
      let report = ProbeReport(probe, train: train, test: test, failed: looking.failed)
      try probe.write(
        to: input[out],
        about: [
          .init("dataset", .string(dataset.description)), .init("report", .object(report.members)),
        ] + origin.members, attributes: dataset.classAttributes)
      if let folder = input[cosines] {
        try ClassCosines(probe.head.weights, names: names).write(to: folder)
      }
      try output.print(
        input[asJSON] ? JSON.object(report.members).written() : report.text(input[out]))
      return looking.failed == 0 ? .done : .someFailed
    }
  }

  private static func settings(_ input: Input) throws -> Training.Settings {
    var settings = Training.Settings()
    settings.seed = UInt64(bitPattern: Int64(input[seed]))
    settings.start = input[start]
    settings.epochs = input[epochs]
    settings.batch = input[batch]
    settings.rate = input[rate]
    settings.decay = input[decay]
    func check(_ isRight: Bool, _ name: String, _ expected: String, _ found: String) throws {
      guard !isRight else { return }
      throw InputError("option --\(name)", expected: expected, found: found, kind: .words)
    }
    try check((input[epochs] ?? 1) > 0, "epochs", "at least 1", "\(input[epochs] ?? 1)")
    try check(input[batch] > 0, "batch", "at least 1", "\(input[batch])")
    try check(
      input[rate] > 0 && input[rate].isFinite, "rate", "a number above 0", "\(input[rate])")
    let decay = input[decay] ?? 0
    try check(decay >= 0 && decay.isFinite, "decay", "0 or more", "\(decay)")
    try check((0...1000).contains(input[augment]), "augment", "0 to 1000", "\(input[augment])")
    return settings
  }

  private static let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "probe.safetensors", "Where the head goes.")
  private static let format = Option<DatasetFormat?>(
    "format", "What the dataset is; else what it looks like.")
  private static let way = Option<Training>(
    "with", default: .adam,
    Training.all.map { "\($0.name): \($0.summary)" }.joined(separator: " "))
  private static let epochs = Option<Int?>(
    "epochs",
    "Rounds of Adam, or steps of L-BFGS at most; else 100, or as many as it takes to converge (10,000 "
      + "at most).")
  private static let start = Option<HeadStart>(
    "start", default: .zero,
    "What Adam starts from: zeros; or torch, the numbers that PyTorch's nn.Linear begins with after "
      + "torch.manual_seed of --seed, evenly from -1/sqrt(width) to 1/sqrt(width), each to its last bit. The "
      + "order of rows is not PyTorch's.")
  private static let batch = Option<Int>("batch", default: 128, "Rows for each step of Adam.")
  private static let rate = Option<Float>("rate", default: 3e-4, "Of Adam's steps.")
  private static let decay = Option<Float?>(
    "decay", "How strongly weights are drawn to 0; else 0 for Adam, and what suits the others.")
  private static let standardise = Option<Bool>(
    "standardise", "Trains on columns of mean 0 and deviation 1; the head takes plain ones.")
  private static let augment = Option<Int>(
    "augment", default: 0, "Passes over parts and mirror images besides.")
  private static let seed = Option<Int>("seed", default: 0, "Of every draw at random.")
  private static let cosines = Option<Path?>(
    "cosines", placeholder: "FOLDER", "Writes how alike classes are: a table, and a plot.")
  private static let asJSON = Option<Bool>("json", "Prints an object in place of sentences.")
}

extension HeadStart: Choice {
  public var description: String { rawValue }
}

extension DatasetFormat: OptionValue {
  package static var placeholder: String { "FORMAT" }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) { self.init(named: text) }
}
