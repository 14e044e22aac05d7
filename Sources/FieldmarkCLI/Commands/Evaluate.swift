import Explaining
import Ground
import Parsing
import Studies

private struct Options: OptionGroup {
  let head = HeadOptions()
  let evaluation = EvaluationOptions.Options()
  let layer = QuestionOptions.layer
  let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "evaluation.run", role: .output,
    "The file of the run.")
  let force = HeadOptions.Forcing.force
  let asJSON = Option<Bool>("json", role: .silent, "Prints the table as one JSON object.")
  let run = RunOptions()
  let settings = MethodOptions.OwnSettings()
  let model = ModelOptions()
  let pictures = PictureOptions()
}

extension Command {
  /// `fieldmark evaluate CUB_200_2011 --classifier probe.safetensors --methods grad-cam,layer-cam
  /// --measures deletion,energy -o cub.run`: the tables of the papers.
  package static func evaluate(_ environment: Environment) -> Command {
    Command(
      "evaluate", "Measures explanation methods on a dataset, as in the papers' tables.",
      operands: .one("DATASET", "A folder, a table or tar shards, as for 'fieldmark train'."),
      options: Options.self,
      notes: """
        The class that is explained is the picture's own; it is compared with the classes that are most similar to
        it by the classifier's rows. The dataset's classes are matched with the classifier's by name, and the
        dataset may have only some of them. All results go into one file, picture by picture; the command may be
        stopped at any time, and the same command continues the run. The table is written beside it as Markdown,
        CSV and JSON, with a page of curves and pictures: birds.run.csv and so on. Each mean has a 95 % bootstrap
        interval over pictures. A strength above 0 also has its gain over the method alone on the same pictures.
        """
    ) { input, output in
      let (dataset, head) = try OpenedStudy.subject(input.paths[0], input, output)
      try check(input, head)
      let study = try OpenedStudy(dataset, head, input, environment, output)
      let evaluation = try EvaluationOptions.evaluation(input, study.context)
      for missing in EvaluationOptions.table(input)?.missing ?? [] {
        output.note("Not in this table: \(missing).")
      }
      let others = head.targets.count - 1
      if let wanted = evaluation.explainers.map(\.others).max(), others < wanted {
        output.note(
          "A class is compared with \(counted(others, "other", "others")) instead of \(wanted): there are "
            + "no more.")
      }
      let plan = try EvaluationOptions.plan(input, evaluation, study.inputs())
      var outputs = Outputs(input)
      try outputs.claim(input[Options.out], as: .run)
      try outputs.claim(EvaluationTable.endings + [".html"], beside: input[Options.out])
      let run = try study.run(plan, to: input[Options.out]) { try evaluation.record($0) }
      guard let run else { return .interrupted }
      let table = try EvaluationTable(run)
      let page = try EvaluationPage(run, table) {
        try dataset.examples[$0].picture(asIn: run)
      }
      let html = input[Options.out].beside(".html")
      try write(Array(page.written.utf8), to: html)
      for file in try table.write(beside: input[Options.out]) + [html] {
        try input[Options.asJSON]
          ? output.note("Written: \(file).") : output.print(file.description)
      }
      try output.print(input[Options.asJSON] ? table.json.written() : "\n" + table.markdown)
      return table.failures.isEmpty ? .done : .someFailed
    }
  }

  /// Throws if the head has too few classes for the references that are asked for.
  private static func check(_ input: Input, _ head: Classifier) throws {
    let others = head.targets.count - 1
    let wanted = EvaluationOptions.references(input)?.count ?? 1
    guard others >= wanted else {
      throw InputError(
        "option --references", expected: "at most the \(others) other classes", found: "\(wanted)",
        kind: .words)
    }
  }
}
