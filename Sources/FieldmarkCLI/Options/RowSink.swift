import Encoders
import Ground
import Models
import Parsing
import Synchronization

/// Where rows of numbers go, one for each input: to standard output as they come, or into a matrix
/// at the end, whatever the end is.
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

  /// Without a matrix to write, rows are printed as a table shows them, or as objects. That there
  /// is a place for the matrix is made sure of now, not after hours of work.
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

  /// Refuses numbers that are none: weights that overflow would show up in no other way.
  func take(_ name: String, _ row: Matrix, _ object: JSON) throws {
    if let stray = row.elements.first(where: { !$0.isFinite }) {
      throw InputError(
        printable(name.utf8), expected: "finite numbers out of the model", found: "\(stray)",
        hint: "its weights may be damaged, or too large for 32 bits")
    }
    if out != nil { rows.withLock { $0.append(kept(row)) } }
    let isTable = out == nil && !printsJSON
    let line = isTable ? table?(name, row) : nil
    try output.print(printsJSON ? object.written() : line ?? printable(name.utf8))
  }

  /// Writes what there is, whether or not it is all.
  func end(_ status: ExitStatus) throws -> ExitStatus {
    let rows = rows.withLock { $0 }
    guard let out, !rows.isEmpty else { return status }
    let all = Matrix.stacked(rows)
    try writeNPY(Tensor("rows", shape: [all.rows, all.columns], all.elements), to: out)
    return status
  }
}

extension Matrix {
  /// All elements, row by row, each with the fewest digits that give it back.
  var json: JSON { .array(elements.map { JSON($0) }) }
}
