/// Finds each example's rows in a long table, so that they can be read without the others. The
/// index stores a range and a line number for each example instead of millions of rows.
///
/// The rows of an example must stand together, as they do in every such file that we know.
struct RowIndex: Sendable {
  let table: TextRows
  private var places: [Range<Int>]
  private var lines: [Int32]

  /// Reads the table once. `example` returns the example that a row belongs to, or nil to skip the
  /// row.
  init(_ table: TextRows, examples: Int, example: (TextRow) throws -> Int?) throws {
    self.table = table
    var places = [Range<Int>](repeating: 0..<0, count: examples)
    var lines = [Int32](repeating: 0, count: examples)
    var former: Int?
    try table.eachRow { row in
      guard let now = try example(row) else { return }
      if now == former {
        places[now] = places[now].lowerBound..<row.place.upperBound
      } else {
        guard places[now].isEmpty else {
          throw row.error(
            "the rows of a picture together",
            found: "more of one whose rows begin in line \(lines[now])")
        }
        places[now] = row.place
        lines[now] = Int32(clamping: row.line)
      }
      former = now
    }
    (self.places, self.lines) = (places, lines)
  }

  /// Calls `body` with the rows of one example. Skipped rows may be among them.
  func eachRow(of example: Int, _ body: (TextRow) throws -> Void) throws {
    guard !places[example].isEmpty else { return }
    try table.eachRow(in: places[example], firstLine: Int(lines[example]), body)
  }
}
