import Datasets
import Encoders
import Explaining
import Ground
import Models
import Studies

extension Command {
  /// `fieldmark evaluate CUB_200_2011 --classifier probe.safetensors --methods grad-cam,layer-cam
  /// --measures deletion,energy -o cub.run`: the papers' tables.
  package static func evaluate(_ environment: Environment) -> Command {
    Command(
      "evaluate", "Measures methods on a dataset: the papers' tables.",
      operands: .one("DATASET", "A folder, a table or shards, as 'fieldmark train' takes."),
      options: HeadOptions.declarations + EvaluationOptions.declarations + [
        QuestionOptions.layer.declaration, out.declaration, Outputs.force.declaration,
        asJSON.declaration,
      ] + RunOptions.declarations + MethodOptions.settingsBesideScore + ModelOptions.declarations
        + PictureOptions.declarations,
      notes: """
        The class that is explained is the picture's own, compared with those most like it by the
        classifier's rows. The dataset's classes are found among the classifier's by their names; it may
        have some of them only. Everything goes into one file, picture by picture: stop it at any time, and
        the same words go on. Beside it the table is written as Markdown, CSV and JSON, and a page with
        curves and pictures: birds.run.csv and the like. Each mean has its 95 % bootstrap interval over pictures; a strength
        above 0 also has what it gains over the method alone, on the same pictures.
        """
    ) { input, output in
      let (dataset, head) = try OpenedStudy.subject(input.paths[0], input, output)
      try check(input, head)
      let study = try OpenedStudy(dataset, head, input, environment, output)
      let evaluation = try EvaluationOptions.evaluation(input, study.surroundings)
      for missing in EvaluationOptions.table(input)?.missing ?? [] {
        output.note("Not in this table: \(missing).")
      }
      let others = head.targets.count - 1
      if let wanted = evaluation.contenders.map(\.others).max(), others < wanted {
        output.note(
          "A class is compared with \(counted(others, "other", "others")) instead of \(wanted): there are "
            + "no more.")
      }
      let plan = try EvaluationOptions.plan(input, evaluation, study.inputs())
      var outputs = Outputs(input)
      try outputs.claim(input[out], as: .run)
      try outputs.claim(EvaluationTable.endings + [".html"], beside: input[out])
      let run = try study.run(plan, to: input[out]) { try evaluation.record($0) }
      guard let run else { return .interrupted }
      let table = try EvaluationTable(run)
      let page = try EvaluationPage(run, table) {
        try dataset.examples[$0].picture(asIn: run)
      }
      let html = input[out].beside(".html")
      try write(Array(page.written.utf8), to: html)
      for file in try table.write(beside: input[out]) + [html] {
        try input[asJSON] ? output.note("Written: \(file).") : output.print(file.description)
      }
      try output.print(input[asJSON] ? table.json.written() : "\n" + table.markdown)
      return table.failures.isEmpty ? .done : .someFailed
    }
  }

  /// Refuses a head that has too few classes to be compared with each other.
  private static func check(_ input: Input, _ head: Classifier) throws {
    let others = head.targets.count - 1
    let wanted = EvaluationOptions.references(input)?.count ?? 1
    guard others >= wanted else {
      throw InputError(
        "option --references", expected: "at most the \(others) other classes", found: "\(wanted)",
        kind: .words)
    }
  }

  private static let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "evaluation.run", "The run's file.")
  private static let asJSON = Option<Bool>("json", "Prints the table as one object.")
}
