import Auditing
import Datasets
import Encoders
import Explaining
import Ground
import Studies

extension Command {
  /// `fieldmark audit CUB_200_2011 --classifier probe.safetensors`: does the classifier look at what
  /// tells the classes apart?
  package static func audit(_ environment: Environment) -> Command {
    Command(
      "audit", "Asks whether a classifier looks at the traits that tell classes apart.",
      operands: .upToOne("DATASET", "A folder, a table or shards; none with --picture."),
      options: HeadOptions.declarations + [picture.declaration, label.declaration]
        + AuditOptions.declarations
        + [out.declaration, Outputs.force.declaration, asJSON.declaration]
        + RunOptions.declarations + TextOptions.declarations + MethodOptions.settings
        + ModelOptions.declarations + PictureOptions.declarations,
      notes: """
        Of a picture of class C and its look-alike D: the classifier's map of C against D, and maps of
        the attributes that C has and D has not. How far both agree is held against what absent
        attributes, random directions, other pictures, other classes and a blob in the middle have.
        Everything goes into one file, picture by picture: stop it at any time, and the same words go
        on. 'fieldmark report' makes a page of it.
        Verdicts, with p how often absent attributes agree as well as the traits do:
        \(Verdict.rule.joined(separator: " "))
        """
    ) { input, output in
      let (dataset, head) = try subject(input, output)
      let study = try OpenedStudy(dataset, head, input, environment, output, oneSize: true)
      var outputs = Outputs(input)
      try outputs.claim(input[out], as: .run)
      try outputs.claim(AuditSummary.endings, beside: input[out])
      let model = study.model
      let table = try AuditOptions.attributes(
        input, dataset, study.surroundings.classifier, output)
      let audit = try AuditOptions.audit(
        input, study.surroundings,
        try AuditOptions.vocabulary(input, model, table, environment, output))
      let inputs = try study.inputs()
      let words = try TowerFingerprint(
        of: model, .texts, remembering: input[TextOptions.forget] ? nil : .textMemory(environment))
      let plan = try AuditOptions.plan(
        input, audit, inputs,
        .init(
          weights: words.hexadecimal, normalizer: model.normalizer?.name,
          sentences: TextOptions.sentences(input)))
      let run = try study.run(
        plan, to: input[out], order: { AuditOptions.order($0, of: dataset) }
      ) { try audit.record($0) }
      guard let run else { return .interrupted }
      let summary = try AuditSummary(run)
      for file in try summary.write(run, beside: input[out]) {
        try input[asJSON] ? output.note("Written: \(file).") : output.print(file.description)
      }
      try output.print(input[asJSON] ? summary.json.written() : "\n" + text(summary, run, input))
      return summary.failures.isEmpty ? .done : .someFailed
    }
  }

  /// A dataset with its head, or one picture with what it is said to be.
  private static func subject(
    _ input: Input, _ output: Output
  ) throws -> (Dataset, Classifier) {
    guard let file = input[picture] else {
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
    guard let name = input[label] else {
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
    guard input[picture] != nil else { return summary.text }
    var lines: [String] = []
    try run.eachAudited { lines.append($0.text(summary)) }
    return lines.joined(separator: "\n")
  }

  private static let picture = Option<Path?>(
    "picture", placeholder: "PHOTO", "One picture in place of a dataset.")
  private static let label = Option<String?>(
    "class", placeholder: "CLASS", "What the picture is of, with --picture.")
  private static let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "audit.run", "The run's file.")
  private static let asJSON = Option<Bool>("json", "Prints the summary as one object.")
}
