import Auditing
import Datasets
import Encoders
import Explaining
import Ground
import Parsing
import Studies

private struct Options: OptionGroup {
  let head = HeadOptions()
  let picture = Option<Path?>(
    "picture", placeholder: "PHOTO", "Audits one picture in place of a dataset.")
  let label = Option<String?>(
    "class", placeholder: "CLASS", "The true class of the picture that --picture names.")
  let audit = AuditOptions()
  let calibration = CalibrationOptions()
  let retrain = RetrainOptions()
  let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "audit.run", role: .output,
    "The file of the run.")
  let force = HeadOptions.Forcing.force
  let asJSON = Option<Bool>("json", role: .silent, "Prints the summary as one JSON object.")
  let run = RunOptions()
  let texts = TextOptions()
  let settings = MethodOptions.Settings()
  let model = ModelOptions()
  let pictures = PictureOptions()
}

extension Command {
  /// `fieldmark audit CUB_200_2011 --classifier probe.safetensors`: does the classifier look at the
  /// traits that tell the classes apart?
  package static func audit(_ environment: Environment) -> Command {
    Command(
      "audit", "Tests whether a classifier looks at the traits that tell classes apart.",
      operands: .upToOne("DATASET", "A folder, a table or tar shards; none with --picture."),
      options: Options.self,
      notes: """
        For a class and its look-alike, the audit asks whether the words for their traits tell their pictures
        apart, whether the classifier's maps of the one against the other lie where the maps of those traits lie,
        and what happens to the margin between the two when the traits are taken away, or when something that is
        no trait is moved toward the look-alike: the background of a bird is taken from a picture of the look-alike
        and, to compare, from a picture of its own class. All results go into one file, picture by picture; the
        command may be stopped at any time, and the same command continues the run. 'fieldmark report' makes a
        page of it. Verdicts are about pairs of classes:
        \(Verdict.rule.joined(separator: "\n"))
        """
    ) { input, output in
      try CalibrationOptions.check(input, isSingle: input[Options.picture] != nil)
      let (dataset, head) = try subject(input, output)
      let study = try OpenedStudy(dataset, head, input, environment, output, oneSize: true)
      var outputs = Outputs(input)
      try outputs.claim(input[Options.out], as: .run)
      try outputs.claim(AuditSummary.endings, beside: input[Options.out])
      let calibrationFile = input[Options.out].beside(Calibration.ending)
      if CalibrationOptions.isAsked(input) { try outputs.claim(calibrationFile, as: .object) }
      let model = study.model
      let table = try AuditOptions.attributes(
        input, dataset, study.context.classifier, output)
      let vocabulary = try AuditOptions.vocabulary(input, model, table, environment, output)
      guard let trained = try RetrainOptions.trained(input, study, dataset, output) else {
        return .interrupted
      }
      let audit = try AuditOptions.audit(
        input, study.context, vocabulary,
        groups: try AuditOptions.groups(input, study, table, output), again: trained.heads)
      let calibrator = try CalibrationOptions.calibrator(input, audit)
      let inputs = try study.inputs()
      let words = try TowerFingerprint(
        of: model, .texts, remembering: input[TextOptions.forget] ? nil : .textMemory(environment))
      var plan = try AuditOptions.plan(
        input, audit, inputs,
        .init(
          weights: words.hexadecimal, normalizer: model.normalizer?.name,
          sentences: TextOptions.sentences(input)))
      plan.retrainedOn = trained.source
      var calibration: Calibration?
      if let calibrator {
        calibration = try CalibrationOptions.calibration(
          calibrator, plan, to: calibrationFile, study, output)
        guard calibration != nil else { return .interrupted }
      }
      let run = try study.run(
        plan, to: input[Options.out], order: { AuditOptions.order($0, of: dataset) }
      ) { try audit.record($0) }
      guard let run else { return .interrupted }
      let summary = try AuditSummary(run)
      for file in try summary.write(run, beside: input[Options.out])
        + (calibration == nil ? [] : [calibrationFile])
      {
        try input[Options.asJSON]
          ? output.note("Written: \(file).") : output.print(file.description)
      }
      try output.print(
        input[Options.asJSON]
          ? summary.json.with(calibration).written()
          : "\n" + text(summary, run, input) + (calibration.map { "\n" + $0.text } ?? ""))
      return summary.failures.isEmpty ? .done : .someFailed
    }
  }

  /// The dataset and its head, or the single picture of `--picture` with the class that `--class`
  /// gives.
  private static func subject(
    _ input: Input, _ output: Output
  ) throws -> (Dataset, Classifier) {
    guard let file = input[Options.picture] else {
      guard let path = input.paths.first else {
        throw InputError(
          input.name, expected: "a dataset, or --picture", found: "neither", kind: .words)
      }
      return try OpenedStudy.subject(path, input, output)
    }
    guard input.paths.isEmpty else {
      throw InputError(
        input.name, expected: "a dataset or --picture", found: "both",
        hint: input.quotesThatWouldHelp, kind: .words)
    }
    guard let name = input[Options.label] else {
      throw InputError(
        "option --class", expected: "what the picture is of", found: "nothing", kind: .words)
    }
    let classifier = try HeadOptions.needed(input).checkedForComparing()
    let own = try classifier.place(of: name)
    let names = classifier.targets.map(\.name)
    guard try AuditOptions.lookAlike(input, classifier) != .named(own) else {
      throw InputError(
        "option --against", expected: "another class than --class",
        found: "'\(printable(names[own].utf8))' for both", kind: .words)
    }
    let dataset = Dataset(picture: file, of: own, classes: names)
    return (dataset, classifier)
  }

  private static func text(_ summary: AuditSummary, _ run: RunFile, _ input: Input) throws -> String
  {
    guard input[Options.picture] != nil else { return summary.text }
    var lines: [String] = []
    try run.eachAudited { lines.append($0.text(summary)) }
    return lines.joined(separator: "\n")
  }
}
