import Ground
import Models

extension OwnFile {
  /// The kind of file at `path`, if Fieldmark made it. It is recognized by its mark, by the first
  /// line of one of these tables, or by the metadata of a safetensors file or a SQLite database.
  ///
  /// ```swift
  /// OwnFile.find("birds.run", tables: EvaluationTable.formats)?.kind      // .run
  /// ```
  package static func find(_ path: Path, tables: [Format]) -> OwnFile? {
    let bytes = path.beginning(length)
    if let found = OwnFile(beginning: bytes, formats: formats + tables) { return found }
    if bytes.starts(with: "SQLite format 3\0".utf8) {
      return RunFile.isThere(path) ? OwnFile(.run) : nil
    }
    // Safetensors files begin with eight bytes of a size, followed by JSON. Heads of version 0.1
    // have settings but no mark.
    guard bytes.dropFirst(8).first == UInt8(ascii: "{"), let head = try? Checkpoint(path) else {
      return nil
    }
    let isOurs = head.metadata["fieldmark"] != nil || head.metadata["probe"] != nil
    return isOurs ? OwnFile(.head) : nil
  }
}

extension OwnFile.Format {
  /// A table whose first line begins with `line`. CSV files have no place for comments, so tables
  /// are recognized by the names of their columns.
  package static func table(_ line: String) -> OwnFile.Format {
    OwnFile.Format { $0.starts(with: line.utf8) ? OwnFile(.table) : nil }
  }

  /// The tables of a run, with or without the column that says how much of it is done.
  package static func tables(of head: String) -> [OwnFile.Format] {
    [.table(head + "\n"), .table("\(head),\(RunExtent.column)\n")]
  }
}

extension RunFile {
  /// Whether a SQLite database is a run, of whatever version.
  static func isThere(_ path: Path) -> Bool {
    let rows = try? Tables(path, .read)
      .rows("SELECT value FROM about WHERE name IN ('format', 'fieldmark')")
    return rows.map { !$0.isEmpty } ?? false
  }
}
