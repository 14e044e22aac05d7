import Fieldmark
import Foundation
import Testing

private func inFolder(_ body: (Fieldmark.Path) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(Fieldmark.Path(folder.path))
}

@Test func tablesGiveBackWhatWasPutIn() throws {
  try inFolder { folder in
    let values: [Tables.Value] = [
      .nothing, .integer(-(1 << 62)), .number(0.1), .text("Häher 'n \"Jay\"\u{0}!"),
      .bytes([0, 255]),
      .text(""), .bytes([]),
    ]
    do {
      let tables = try Tables(folder / "a.run", .write)
      try tables.run("CREATE TABLE t (a, b, c, d, e, f, g)")
      try tables.add("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    }
    let tables = try Tables(folder / "a.run", .read)
    #expect(try tables.rows("SELECT * FROM t") == [values])
    #expect((folder / "a.run-journal").kind == nil || (folder / "a.run-journal").size == 0)
  }
}

@Test func whatAFailureInterruptsIsAsIfItHadNeverBeen() throws {
  struct Stop: Error {}
  try inFolder { folder in
    let tables = try Tables(folder / "a.run", .write)
    try tables.run("CREATE TABLE t (a)")
    try tables.together { try tables.add("INSERT INTO t VALUES (?)", [.integer(1)]) }
    #expect(throws: Stop.self) {
      try tables.together {
        try tables.add("INSERT INTO t VALUES (?)", [.integer(2)])
        throw Stop()
      }
    }
    #expect(try tables.rows("SELECT a FROM t") == [[.integer(1)]])
  }
}

@Test func filesThatAreNoTablesAreRefusedInASentence() throws {
  try inFolder { folder in
    try write(
      Array("not a table, by no means; but long enough to be read as one. ".utf8) + [0],
      to: folder / "text")
    try (folder / "folder").createFolder()
    #expect(
      sentence { _ = try Tables(folder / "text", .write) }
        == "\(folder)/text: expected a file of tables, found something else, or a damaged one.")
    #expect(
      sentence { _ = try Tables(folder / "none", .read) }
        == "\(folder)/none: expected a file of tables, found no such file.")
    #expect(
      sentence { _ = try Tables(folder / "folder", .write) }
        == "\(folder)/folder: expected a file of tables, found a folder.")
  }
}

@Test func aPlaceThatCannotBeWrittenToIsRefusedInASentenceOfOurs() throws {
  func refusal(_ path: Fieldmark.Path, _ mode: Tables.Mode = .write) -> InputError? {
    do {
      let tables = try Tables(path, mode)
      if mode == .write { try tables.run("CREATE TABLE t (a)") }
      return nil
    } catch { return error as? InputError }
  }
  try inFolder { folder in
    try (folder / "folder").createFolder()
    try write([1], to: folder / "file")
    #expect(symlink("nothing", (folder / "link").description) == 0)
    let hint = "; a folder of your own takes both."
    let expected = "expected a file to write to, with room for a journal beside it, found"
    let table: [(Fieldmark.Path, String)] = [
      (folder / "folder", "\(folder)/folder: expected a file of tables, found a folder."),
      (folder / "link", "\(folder)/link: expected a file of tables, found a link to nothing."),
      (
        folder / "none/a.run", "\(folder)/none/a.run: \(expected) no folder '\(folder)/none'\(hint)"
      ),
      (
        folder / "file/a.run",
        "\(folder)/file/a.run: \(expected) a file in place of the folder '\(folder)/file'\(hint)"
      ),
    ]
    for (path, sentence) in table {
      let error = refusal(path)
      #expect(error?.description == sentence && error?.kind == .output)
    }
    #expect(refusal(folder / "folder", .read)?.kind == .input)
  }
  // Nobody writes there, whoever they are.
  let system = refusal("/proc/fieldmark.run")
  #expect(system?.kind == .output)
  #expect(
    system?.description.hasPrefix("/proc/fieldmark.run: expected a file to write to") == true)
}

@Test func aFileThatAnotherProgramWritesToIsWaitedForAndThenRefused() throws {
  try inFolder { folder in
    let one = try Tables(folder / "a.run", .write)
    try one.run("CREATE TABLE t (a)")
    let other = try Tables(folder / "a.run", .write)
    try one.run("BEGIN EXCLUSIVE")
    #expect(
      sentence { try other.add("INSERT INTO t VALUES (?)", [.integer(1)]) }
        == "\(folder)/a.run: expected a file that no other program writes to, found one in use.")
    try one.run("COMMIT")
    try other.add("INSERT INTO t VALUES (?)", [.integer(1)])
    #expect(try one.rows("SELECT a FROM t").count == 1)
  }
}

@Test func tablesOfOthersAreRefusedInASentence() throws {
  try inFolder { folder in
    let tables = try Tables(folder / "a.run", .write)
    try tables.run("CREATE TABLE things (a)")
    #expect(
      sentence { _ = try tables.rows("SELECT path FROM pictures") }
        == "\(folder)/a.run: expected the tables that Fieldmark writes, found others: no such table: "
        + "pictures.")
    #expect(
      sentence { try tables.add("INSERT INTO things VALUES (?, ?)", [.nothing, .nothing]) }
        == "\(folder)/a.run: expected the tables that Fieldmark writes, found others: table things "
        + "has 1 columns but 2 values were supplied.")
  }
}

/// SQLite gives such names a meaning of its own: a file without a name, memory, another file.
@Test(arguments: [":memory:", "file:a.run", "file:a.run?mode=memory", "file::memory:"])
func aNameIsThatOfAFileWhateverItIs(name: String) throws {
  let place = Fieldmark.Path("\(name)-\(UUID().uuidString)")
  // A relative name, as people give it; ":memory:" is one as it stands.
  let path = name == ":memory:" ? Fieldmark.Path(name) : place
  try #require(path.kind == nil)
  defer { try? FileManager.default.removeItem(atPath: path.description) }
  do {
    let tables = try Tables(path, .write)
    try tables.run("CREATE TABLE t (a)")
    try tables.add("INSERT INTO t VALUES (?)", [.integer(7)])
  }
  #expect(path.kind == .file)
  #expect(try Tables(path, .read).rows("SELECT a FROM t") == [[.integer(7)]])
}

@Test func anEmptyNameIsRefused() {
  #expect(
    sentence { _ = try Tables("", .write) }
      == "'': expected the name of a file, found an empty one.")
}
