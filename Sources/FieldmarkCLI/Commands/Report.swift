import Auditing
import Datasets
import Ground
import Parsing
import Pictures
import Serving
import Studies

private struct Options: OptionGroup {
  let out = Option<Path?>(
    "out", short: "o", placeholder: "FILE", role: .output,
    "The HTML file. Without it, the page is written beside the run.")
  let force = Outputs.Options.force
  let folder = Option<Path?>(
    "dataset", placeholder: "DATASET", "Where the pictures of the run are now.")
  let format = RunOptions.format
}

extension Command {
  /// `fieldmark report audit.run -o report.html`: a run as one self-contained page.
  package static let report = Command(
    "report", "Makes a self-contained HTML page of a run of 'audit' or 'evaluate'.",
    operands: .one("RUN", "The file of the run."),
    options: Options.self,
    notes: """
      Pictures are read where the run's dataset was, or where --dataset says that it is now. Pictures that are
      gone are left out, and the page says so.
      """
  ) { input, output in
    let run = try RunFile(reading: input.paths[0])
    if let remark = run.remark { output.note(remark) }
    let page = input[Options.out] ?? input.paths[0].beside(".html")
    var outputs = Outputs(input)
    try outputs.claim(page, as: .page)
    let dataset = try dataset(of: run, input, output)
    func picture(_ number: Int) throws -> Picture {
      guard let dataset, dataset.examples.indices.contains(number) else {
        throw InputError("picture \(number)", expected: "its dataset", found: "none")
      }
      return try dataset.examples[number].picture(asIn: run)
    }
    let written: String
    switch run.kind {
    case .audit:
      let summary = try AuditSummary(run)
      let changes = dataset.flatMap { ChangedPictures(summary.plan, $0) }
      let calibration = calibration(beside: input.paths[0], summary, output)
      written = try AuditPage(
        run, summary, changes: changes, calibration: calibration, picture: picture
      ).written
    case .evaluate:
      written = try EvaluationPage(run, EvaluationTable(run), picture: picture).written
    case nil:
      throw InputError(
        "\(run.path)", expected: "a run of 'fieldmark audit' or 'fieldmark evaluate'",
        found: run.kindInWords)
    }
    if let unfinished = try run.extent().sentence { output.note(unfinished) }
    try write(Array(written.utf8), to: page)
    try output.print(page.description)
    return .done
  }

  /// The dataset of the run; nil if it is gone or has changed since.
  private static func dataset(
    of run: RunFile, _ input: Input, _ output: Output
  ) throws -> Dataset? {
    let known = try input[Options.folder] ?? run.folder()
    guard let known else {
      output.note(
        "The run does not say where its pictures are. Name the dataset with --dataset; without it, no "
          + "pictures are drawn.")
      return nil
    }
    do {
      return try run.dataset(in: known, as: input[RunOptions.format])
    } catch let error as InputError where input[Options.folder] == nil {
      output.note("\(error) Name the dataset with --dataset; without it, no pictures are drawn.")
      return nil
    }
  }

  /// The calibration that lies beside a run; nil where there is none of this model, pictures and settings.
  private static func calibration(
    beside run: Path, _ summary: AuditSummary, _ output: Output
  ) -> Calibration? {
    let file = run.beside(Calibration.ending)
    guard file.isFile else { return nil }
    do {
      let found = try Calibration(reading: file)
      guard found.subject == summary.plan.calibrationSubject else {
        throw InputError(
          file.description, expected: "the calibration of this run",
          found: "one of another model, other pictures or other settings")
      }
      return found
    } catch {
      output.note("\(error) The page leaves it out.")
      return nil
    }
  }
}
