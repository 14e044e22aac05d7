import Datasets
import Explaining
import Ground
import Parsing
import Studies

private struct Options: OptionGroup {
  let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "probe.safetensors", role: .output,
    "The file that the classifier is written to.")
  let format = RunOptions.format
  let way = Option<Training>(
    "with", default: .adam,
    "The way of training: "
      + Training.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + ".")
  let epochs = Option<Int?>(
    "epochs",
    "How many epochs Adam trains for, or at most how many steps L-BFGS takes. Without it, Adam trains for "
      + "100 epochs, and L-BFGS stops where it has converged, after at most 10,000 steps.")
  let start = Option<HeadStart>(
    "start", default: .zero,
    "The weights that Adam starts from: zeros, or the numbers that PyTorch's nn.Linear has after "
      + "torch.manual_seed of --seed (torch), which are drawn evenly between -1/sqrt(width) and "
      + "1/sqrt(width) and equal PyTorch's to the last bit. The order of rows is not PyTorch's.")
  let batch = Option<Int>("batch", default: 128, "The batch size of Adam.")
  let rate = Option<Float>("rate", default: 3e-4, "The learning rate of Adam.")
  let decay = Option<Float?>(
    "decay",
    "The weight decay. Without it, Adam uses none, and each of the other ways uses its "
      + "own default.")
  let standardize = Option<Bool>(
    "standardize", formerly: "standardise",
    "Standardizes each column of the embeddings to mean 0 and deviation 1 for training. The classifier that "
      + "is written takes plain embeddings.")
  let augment = Option<Int>(
    "augment", default: 0,
    "How many more times each picture is seen, each time as a random part of it that may be mirrored."
  )
  let seed = Option<Int>("seed", default: 0, "The seed of all random draws.")
  let cosines = Option<Path?>(
    "cosines", placeholder: "FOLDER", role: .output,
    "Writes a table and a plot of the cosines between the classes' weights.")
  let force = Outputs.Options.force
  let asJSON = Option<Bool>("json", role: .silent, "Prints one JSON object in place of sentences.")
  let forget = TextOptions.forget
  let model = ModelOptions()
  let pictures = PictureOptions()
}

extension Command {
  /// `fieldmark train CUB_200_2011 -o probe.safetensors --model ViT-B-16:openai`: a linear head
  /// over the embeddings of a dataset's pictures.
  package static func train(_ environment: Environment) -> Command {
    Command(
      "train", "Trains a linear classifier over image embeddings, for --classifier.",
      operands: .one("DATASET", "A folder, a table or tar shards, in one of the formats below."),
      options: Options.self,
      notes: """
        Each picture is run through the model once; its embedding is kept on disk, by content and model. The
        classifier is trained on the dataset's training pictures and tested on its test pictures; of a dataset
        without a split, every fifth picture of a class is a test picture. The default way of training is that
        of the papers, so that classifiers can be compared with theirs. logistic finds the minimum of the same
        loss, and says so if it has not converged; least-squares has a closed form. The file remembers the
        model, --pool and the preprocessing, and is refused with others.
        Formats:
        \(DatasetFormat.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
        """
    ) { input, output in
      let dataset = try Dataset(input.paths[0], as: input[Options.format])
      for note in dataset.notes { output.note(note) }
      try PictureOptions.refuseTiles(input)
      let settings = try settings(input)
      if input.isGiven(Options.start.declaration), input[Options.way].name != Training.adam.name {
        output.note(
          "--start does nothing with \(input[Options.way].name), which finds the same classifier wherever it "
            + "starts."
        )
      }
      let model = try ModelOptions.open(
        input, environment, output, photographs: dataset.hasPhotographs)
      let encoder = try PictureOptions.encoder(input, model)
      var outputs = Outputs(input)
      try outputs.claim(input[Options.out], as: .head)
      if let folder = input[Options.cosines] {
        for file in ClassCosines.files { try outputs.claim(folder / file.name, as: file.kind) }
      }
      let split = try ProbeSplit(dataset)
      let origin = try HeadOrigin(
        model, encoder,
        remembering: input[TextOptions.forget] ? nil : .pictureMemory(environment))
      let memory = try EmbeddingMemory(
        model, encoder, precision: input[ModelOptions.precision],
        folder: input[TextOptions.forget] ? nil : .pictureMemory(environment))
      let encoding = DatasetEncoding(memory, dataset, output)
      guard
        let train = try encoding.rows(
          split.training, passes: input[Options.augment], seed: settings.seed),
        let test = try encoding.rows(split.test, passes: 0, seed: settings.seed)
      else {
        output.note(
          "Interrupted; the embeddings so far are kept, and the same command goes on from there.")
        return .interrupted
      }
      let work = LongWork(output)
      let names = dataset.classes.indices.map { dataset.spokenName(of: $0) }
      work.begin("rounds", of: 1, "Ctrl-C ends it, and keeps the embeddings")
      let probe = try Probe.trained(
        on: train, names: names, with: input[Options.way], settings,
        standardized: input[Options.standardize]
      ) { round, of, loss in
        work.reach(round, of: of, detail: "loss \(Float(loss))")
        return work.goesOn
      }
      work.end()
      guard work.goesOn else {
        output.note(
          "Interrupted after \(work.reached); the embeddings are kept, but the classifier is not.")
        return .interrupted
      }
      if let caution = probe.ending?.caution { output.note(caution) }
      let report = ProbeReport(probe, train: train, test: test, failed: encoding.failed)
      try probe.write(
        to: input[Options.out],
        about: [
          .init("dataset", .string(dataset.description)), .init("report", .object(report.members)),
        ] + origin.members, attributes: dataset.classAttributes)
      if let folder = input[Options.cosines] {
        try ClassCosines(probe.head.weights, names: names).write(to: folder)
      }
      try output.print(
        input[Options.asJSON]
          ? JSON.object(report.members).written() : report.text(input[Options.out]))
      return encoding.failed == 0 ? .done : .someFailed
    }
  }

  private static func settings(_ input: Input) throws -> Training.Settings {
    var settings = Training.Settings()
    settings.seed = UInt64(bitPattern: Int64(input[Options.seed]))
    settings.start = input[Options.start]
    settings.epochs = input[Options.epochs]
    settings.batch = input[Options.batch]
    settings.rate = input[Options.rate]
    settings.decay = input[Options.decay]
    func check(_ isRight: Bool, _ name: String, _ expected: String, _ found: String) throws {
      guard !isRight else { return }
      throw InputError("option --\(name)", expected: expected, found: found, kind: .words)
    }
    try check(
      (input[Options.epochs] ?? 1) > 0, "epochs", "at least 1", "\(input[Options.epochs] ?? 1)")
    try check(input[Options.batch] > 0, "batch", "at least 1", "\(input[Options.batch])")
    try check(
      input[Options.rate] > 0 && input[Options.rate].isFinite, "rate", "a number above 0",
      "\(input[Options.rate])")
    let decay = input[Options.decay] ?? 0
    try check(decay >= 0 && decay.isFinite, "decay", "0 or more", "\(decay)")
    try check(
      (0...1000).contains(input[Options.augment]), "augment", "0 to 1000",
      "\(input[Options.augment])")
    return settings
  }
}

extension HeadStart: OptionValue {}
extension DatasetFormat: OptionValue {}
extension Training: OptionValue {}
