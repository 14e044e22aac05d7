import Ground
import Parsing
import Studies

private struct Options: OptionGroup {
  let asJSON = Option<Bool>("json", "Prints one JSON object on a line for each run.")
}

extension Command {
  /// `fieldmark check birds.run`: are the files of runs undamaged?
  package static let check = Command(
    "check", "Checks whether the files of runs are undamaged.",
    operands: .some("RUN", "Files that 'evaluate', 'audit' or 'merge' wrote."),
    options: Options.self,
    notes: """
      A run keeps a digest of its settings and of the numbers of each picture, which shows whether a broken disk
      or a copy has damaged the file. If only some pictures are damaged, the command that made the run drops
      them and measures them again. If more is damaged, 'fieldmark merge RUN --whole-only -o NEW' saves the
      pictures that are whole. The exit status is 0 if all runs are whole, and 65 if not.
      """
  ) { input, output in
    var isWhole = true
    for path in input.paths {
      do {
        let check = try RunFile(reading: path, damaged: true).check()
        isWhole = isWhole && check.isWhole
        try output.print(input[Options.asJSON] ? check.json.written() : check.text)
      } catch let error as InputError where error.kind == .input {
        isWhole = false
        let line: JSON = [
          "run": .string(path.description), "whole": .bool(false),
          "problem": .string(error.description),
        ]
        try output.print(input[Options.asJSON] ? line.written() : error.description)
      }
    }
    return isWhole ? .done : ExitStatus(.input)
  }
}
