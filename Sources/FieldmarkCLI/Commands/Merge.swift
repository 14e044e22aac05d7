import Auditing
import Ground
import Parsing
import Studies

private struct Options: OptionGroup {
  let out = Option<Path>(
    "out", short: "o", placeholder: "FILE", default: "merged.run", role: .output,
    "The file of the joined run.")
  let wholeOnly = Option<Bool>(
    "whole-only", "Leaves out the pictures that are damaged in a run, and takes the others.")
  let force = Outputs.Options.force
  let asJSON = Option<Bool>("json", role: .silent, "Prints the table as one JSON object.")
}

extension Command {
  /// `fieldmark merge 1.run 2.run -o all.run`: joins the shards of a run.
  package static let merge = Command(
    "merge", "Joins runs over parts of a dataset, and says what is missing.",
    operands: .some("RUN", "Runs of the same command with different --shard."),
    options: Options.self,
    notes: """
      The same command without --shard computes what the joined run lacks: 'fieldmark evaluate ... -o all.run'
      continues that run. The table, or the summary of an audit, is written beside the run.
      """
  ) { input, output in
    let merging = try RunMerging(input.paths, wholeOnly: input[Options.wholeOnly])
    let isAudit = merging.kind == .audit
    var outputs = Outputs(input)
    try outputs.claim(input[Options.out], as: .run)
    try outputs.claim(
      isAudit ? AuditSummary.endings : EvaluationTable.endings, beside: input[Options.out])
    for remark in merging.remarks { output.note(remark) }
    let (run, twice) = try merging.write(to: input[Options.out])
    for missing in merging.missing { output.note("Missing: \(missing).") }
    if twice > 0 {
      output.note(
        counted(twice, "picture is", "pictures are")
          + " in several runs; the first successful result of each counts.")
    }
    if merging.folders.count > 1 {
      let names = merging.folders.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      output.note(
        "The runs' pictures lay in different places: \(names)\(merging.folders.count > 5 ? ", ..." : ""). "
          + "Pages of the joined run look for them in the first.")
    }
    func told(_ files: [Path]) throws {
      for file in files {
        try input[Options.asJSON]
          ? output.note("Written: \(file).") : output.print(file.description)
      }
    }
    let failures: [String]
    if isAudit {
      let summary = try AuditSummary(run)
      try told(summary.write(run, beside: input[Options.out]))
      try output.print(input[Options.asJSON] ? summary.json.written() : "\n" + summary.text)
      failures = summary.failures
    } else {
      let table = try EvaluationTable(run)
      try told(table.write(beside: input[Options.out]))
      try output.print(
        input[Options.asJSON]
          ? table.json.written()
          : (table.extent.sentence == nil ? "\n\(counted(table.pictures, "picture")).\n" : "")
            + "\n" + table.markdown)
      failures = table.failures
    }
    return merging.missing.isEmpty && failures.isEmpty ? .done : .someFailed
  }
}
