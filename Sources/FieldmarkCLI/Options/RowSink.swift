import Encoders
import Ground
import Models
import Parsing
import Synchronization

/// Takes rows of numbers, one for each input. They are printed as they come, or written as a matrix
/// at the end, even if the command is interrupted.
final class RowSink: Sendable {
  struct Options: OptionGroup {
    let out = Option<Path?>(
      "out", short: "o", role: .output,
      "Writes a .npy file with one row for each input, in 32-bit floats.")
    let force = HeadOptions.Forcing.force
    let asJSON = Option<Bool>(
      "json", role: .silent, "Prints one JSON object on a line for each input.")
  }

  private let rows = Mutex<[Matrix]>([])
  private let output: Output
  private let out: Path?
  private let printsJSON: Bool
  private let table: (@Sendable (String, Matrix) -> String)?
  private let kept: @Sendable (Matrix) -> Matrix

  /// Without `--out`, rows are printed as a table or as JSON objects. That the matrix can be
  /// written is checked here, before hours of work rather than after.
  init(
    _ input: Input, _ output: Output, reading pictures: [Path],
    table: (@Sendable (String, Matrix) -> String)? = nil,
    kept: @escaping @Sendable (Matrix) -> Matrix = { $0 }
  ) throws {
    self.output = output
    out = input[Options.out]
    self.table = table
    self.kept = kept
    if let out {
      var outputs = Outputs(input, reading: pictures)
      try outputs.claim(out, as: .matrix)
    }
    printsJSON = input[Options.asJSON] || (out == nil && table == nil)
  }

  /// Takes a row. Numbers that are not finite are refused, since weights that overflow would not
  /// show up in any other way.
  func take(_ name: String, _ row: Matrix, _ object: JSON) throws {
    if let stray = row.elements.first(where: { !$0.isFinite }) {
      throw InputError(
        printable(name.utf8), expected: "finite numbers from the model", found: "\(stray)",
        hint: "the model's weights may be damaged, or too large for 32 bits")
    }
    if out != nil { rows.withLock { $0.append(kept(row)) } }
    let isTable = out == nil && !printsJSON
    let line = isTable ? table?(name, row) : nil
    try output.print(printsJSON ? object.written() : line ?? printable(name.utf8))
  }

  /// Writes the rows that there are, even if some are missing.
  func end(_ status: ExitStatus) throws -> ExitStatus {
    let rows = rows.withLock { $0 }
    guard let out, !rows.isEmpty else { return status }
    let all = Matrix.stacked(rows)
    try writeNPY(Tensor("rows", shape: [all.rows, all.columns], all.elements), to: out)
    return status
  }
}

extension Matrix {
  /// All elements, row by row, each with the fewest digits that restore it exactly.
  var json: JSON { .array(elements.map { JSON($0) }) }
}
