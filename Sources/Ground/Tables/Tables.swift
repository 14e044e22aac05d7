import CFieldmark
import Glibc
import Synchronization

/// A file of tables (SQLite). What was committed stays, whatever happens to the program or the
/// machine afterward, and nothing remains of what was not.
///
/// ```swift
/// let tables = try Tables("birds.run", .write)
/// try tables.run("CREATE TABLE pictures (path TEXT, score REAL)")
/// try tables.together {
///   try tables.add("INSERT INTO pictures VALUES (?, ?)", [.text("a.jpg"), .number(0.5)])
/// }
/// try tables.rows("SELECT path, score FROM pictures").count      // 1
/// ```
///
/// Only one thread at a time may use the tables. Statements are kept, so that the same text is
/// compiled only once.
public final class Tables: Sendable {
  public enum Mode: Sendable { case read, write }

  public enum Value: Equatable, Sendable {
    case nothing
    case integer(Int)
    case number(Double)
    case text(String)
    case bytes([UInt8])
  }

  public let path: Path
  private let mode: Mode
  private let state: Mutex<State>

  private struct State: ~Copyable {
    let file: OpaquePointer
    var statements: [String: OpaquePointer] = [:]

    init(_ file: OpaquePointer) { self.file = file }

    deinit {
      for statement in statements.values { fm_statement_free(statement) }
      fm_tables_close(file)
    }
  }

  /// Opens a file; with `.write` it is created if it is missing.
  public init(_ path: Path, _ mode: Mode) throws {
    if (mode == .read || path.kind != nil) && path.kind != .file {
      throw InputError(
        path.description, expected: "a file of tables",
        found: path.kind?.description ?? "no such file", kind: mode == .write ? .output : .input)
    }
    guard !path.bytes.isEmpty else {
      throw InputError("''", expected: "the name of a file", found: "an empty one", kind: .words)
    }
    var status: Int32 = 0
    // SQLite gives names such as ":memory:" a meaning of their own, and also "file:a.run" if it was
    // built so. None of them begins with a folder.
    let place = path.bytes.first == UInt8(ascii: "/") ? path : "." / path
    let file = place.withCString { name in
      fm_tables_open(name, mode == .write ? FM_TABLES_WRITE : FM_TABLES_READ, &status)
    }
    guard let file else {
      throw InputError(
        path.description, expected: "memory to open it", found: "none", kind: .output)
    }
    self.path = path
    self.mode = mode
    state = Mutex(State(file))
    try check(status)
    // The first reading tells whether this is a file of tables at all. With FULL, a commit waits
    // for the disk.
    try run("PRAGMA schema_version")
    if mode == .write { try run("PRAGMA synchronous = FULL") }
  }

  /// Runs statements that return no rows.
  public func run(_ statements: String) throws {
    try check(state.withLock { fm_tables_run($0.file, statements) })
  }

  /// Runs a statement with values for its `?` marks.
  public func add(_ statement: String, _ values: [Value]) throws { _ = try rows(statement, values) }

  /// Returns the rows of a statement's result.
  public func rows(_ statement: String, _ values: [Value] = []) throws -> [[Value]] {
    var rows: [[Value]] = []
    try each(statement, values) { rows.append($0) }
    return rows
  }

  /// Calls the body with one row of the result at a time, so that memory does not grow with the
  /// table. The body must not use the tables, which are locked.
  public func each(
    _ text: String, _ values: [Value] = [], _ body: ([Value]) throws -> Void
  ) throws {
    let status = try state.withLock { state throws -> Int32 in
      // The statement may not fit the tables, since the file need not be one of Fieldmark's.
      guard let statement = state.statements[text] ?? fm_statement_make(state.file, text) else {
        return fm_tables_status(state.file)
      }
      state.statements[text] = statement
      defer { fm_statement_reset(statement) }
      for (index, value) in values.enumerated() { set(value, statement, Int32(index + 1)) }
      var step = fm_statement_next(statement)
      while step == FM_STEP_ROW {
        try body(row(statement))
        step = fm_statement_next(statement)
      }
      return step == FM_STEP_FAILED ? fm_statement_status(statement) : 0
    }
    try check(status)
  }

  /// Runs the body as a transaction: what it writes is kept as a whole or not at all.
  public func together(_ body: () throws -> Void) throws {
    try run("BEGIN IMMEDIATE")
    do {
      try body()
      try run("COMMIT")
    } catch {
      try? run("ROLLBACK")
      throw error
    }
  }

  /// Throws one sentence if SQLite reports a failure.
  private func check(_ status: Int32) throws {
    guard status != 0 else { return }
    if fm_tables_is_foreign(status) != 0 {
      throw InputError(
        path.description, expected: "a file of tables", found: "something else, or a damaged one")
    }
    if fm_tables_is_busy(status) != 0 {
      throw InputError(
        path.description, expected: "a file that no other program writes to", found: "one in use",
        kind: .output)
    }
    if fm_tables_cannot_open(status) != 0 { throw unopened }
    let message = state.withLock { String(cString: fm_tables_message($0.file)) }
    if fm_tables_is_other(status) != 0 {
      throw InputError(
        path.description, expected: "the tables that Fieldmark writes",
        found: "others: \(printable(message.utf8))")
    }
    throw InputError(
      path.description,
      expected: fm_tables_is_full(status) != 0 ? "room on the disk" : "a file to read and write",
      found: message, kind: .output)
  }
}

extension Tables {
  /// Why SQLite cannot open the file, or the journal that it keeps beside it while it writes.
  private var unopened: InputError {
    let folder = path.folder
    let found: String
    if folder.kind != .folder {
      found =
        folder.kind.map { "\($0) in place of the folder '\(folder)'" } ?? "no folder '\(folder)'"
    } else if mode == .write, folder.withCString({ access($0, W_OK | X_OK) }) != 0 {
      found = "a folder that nothing can be written to"
    } else if path.kind != nil, path.withCString({ access($0, mode == .write ? W_OK : R_OK) }) != 0
    {
      found = "no permission"
    } else {
      found = "a file that the system does not open"
    }
    return mode == .write
      ? InputError(
        path.description, expected: "a file to write to, with room for a journal beside it",
        found: found, hint: "a folder of your own takes both", kind: .output)
      : InputError(
        path.description, expected: "a file of tables that can be opened", found: found,
        hint: "if a journal lies beside it, its folder must be writable")
  }
}

private func set(_ value: Tables.Value, _ statement: OpaquePointer, _ place: Int32) {
  let status: Int32
  switch value {
  case .nothing: status = fm_statement_set_nothing(statement, place)
  case .integer(let number): status = fm_statement_set_integer(statement, place, Int64(number))
  case .number(let number): status = fm_statement_set_number(statement, place, number)
  case .text(let text):
    let bytes = Array(text.utf8)
    status = bytes.withUnsafeBytes {
      fm_statement_set_text(
        statement, place, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
  case .bytes(let bytes):
    status = bytes.withUnsafeBytes {
      fm_statement_set_bytes(statement, place, $0.baseAddress, $0.count)
    }
  }
  precondition(status == 0, "A statement has a place for each value.")
}

private func row(_ statement: OpaquePointer) -> [Tables.Value] {
  (0..<fm_statement_columns(statement)).map { column in
    var count = 0
    switch fm_statement_kind(statement, column) {
    case FM_KIND_INTEGER: return .integer(Int(fm_statement_integer(statement, column)))
    case FM_KIND_NUMBER: return .number(fm_statement_number(statement, column))
    case FM_KIND_TEXT, FM_KIND_BYTES:
      let isText = fm_statement_kind(statement, column) == FM_KIND_TEXT
      let start = fm_statement_bytes(statement, column, &count)
      let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: count))
      return isText ? .text(String(decoding: bytes, as: UTF8.self)) : .bytes(bytes)
    default: return .nothing
    }
  }
}
