import Ground
import Studies

extension Command {
  /// `fieldmark check birds.run`: is a run as it was written?
  package static let check = Command(
    "check", "Says whether runs are whole: each picture's numbers as they were written.",
    operands: .some("RUN", "Files of 'evaluate', 'audit' or 'merge'."),
    options: [asJSON.declaration],
    notes: """
      A run keeps a digest of what was asked and of all that belongs to each picture. A file that a broken
      disk or a copy has damaged is found so, before any table is made of it. Where only some pictures are
      damaged, the command that made the run drops these and measures them again; where more is, 'fieldmark
      merge RUN --whole-only -o NEW' saves what is whole. The status is 0 where all runs are whole, and
      else 65.
      """
  ) { input, output in
    var isWhole = true
    for path in input.paths {
      do {
        let check = try RunFile(reading: path, damaged: true).check()
        isWhole = isWhole && check.isWhole
        try output.print(input[asJSON] ? check.json.written() : check.text)
      } catch let error as InputError where error.kind == .input {
        isWhole = false
        let line: JSON = [
          "run": .string(path.description), "whole": .bool(false),
          "problem": .string(error.description),
        ]
        try output.print(input[asJSON] ? line.written() : error.description)
      }
    }
    return isWhole ? .done : ExitStatus(.input)
  }

  private static let asJSON = Option<Bool>("json", "Prints an object for each run.")
}
