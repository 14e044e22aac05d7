import Ground
import Models
import Studies

extension OwnFile {
  /// What lies there, if Fieldmark made it: by a mark, by a table's first line, or by what a file of
  /// tensors or of tables says of itself.
  ///
  ///     OwnFile.find("birds.run")?.kind      // .run
  public static func find(_ path: Path) -> OwnFile? {
    let bytes = path.beginning(length)
    if let found = OwnFile(beginning: bytes, formats: formats + tables) { return found }
    if bytes.starts(with: "SQLite format 3\0".utf8) {
      return RunFile.isThere(path) ? OwnFile(.run) : nil
    }
    // Safetensors begin with eight bytes of a size, then JSON. Heads of 0.1 have no mark, but settings.
    guard bytes.dropFirst(8).first == UInt8(ascii: "{"), let head = try? Checkpoint(path) else {
      return nil
    }
    let isOurs = head.metadata["fieldmark"] != nil || head.metadata["probe"] != nil
    return isOurs ? OwnFile(.head) : nil
  }

  /// CSV has no place for remarks, so tables are known by the names of their columns.
  private static let tables: [Format] =
    [EvaluationTable.csvHead, AuditSummary.csvHead].flatMap { head in
      [head + "\n", "\(head),\(RunExtent.column)\n"].map { Format(line: $0) }
    } + [Format(line: ClassCosines.corner + ",")]
}

extension OwnFile.Format {
  /// A table that begins so.
  fileprivate init(line: String) {
    self.init { $0.starts(with: line.utf8) ? OwnFile(.table) : nil }
  }
}

extension RunFile {
  /// Whether a file of tables is a run, of whatever version.
  static func isThere(_ path: Path) -> Bool {
    let rows = try? Tables(path, .read)
      .rows("SELECT value FROM about WHERE name IN ('format', 'fieldmark')")
    return rows.map { !$0.isEmpty } ?? false
  }
}
