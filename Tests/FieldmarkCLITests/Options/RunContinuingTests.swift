import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// A run over the small world, and what is done to its pictures.
private struct Going {
  let home: ModelsFixture
  let birds: String
  let words: [String]

  var run: Fieldmark.Path { Fieldmark.Path("\(home.home)/a.run") }

  static func inWorld(_ command: String, _ body: (Going) throws -> Void) throws {
    try inTrainedWorld { home, birds, probe in
      let measures = command == "evaluate" ? ["--measures", "energy"] : []
      try body(
        Going(
          home: home, birds: birds,
          words: [
            command, birds, "--classifier", probe, "-o", "\(home.home)/a.run", "--json",
            "--threads", "1",
          ]
            + measures))
    }
  }

  func callAsFunction(_ more: String...) -> Transcript { home.transcript(words + more) }

  func numbers() throws -> Set<Int> { try RunFile(reading: run).done() }

  /// The file of a picture that the run has.
  func file(of number: Int) throws -> String {
    try "\(birds)/images/\(#require(try RunFile(reading: run).picture(number)).path)"
  }

  /// Rows of every table but stamps, which tell of the files' times.
  func rows() throws -> [[[Tables.Value]]] {
    let tables = try Tables(run, .read)
    return try [
      "SELECT number, path, class, predicted, failure, file FROM pictures",
      "SELECT * FROM numbers", "SELECT * FROM maps ORDER BY picture, name",
    ].map { try tables.rows($0) }
  }
}

@Test(arguments: ["evaluate", "audit"])
func aLongerLimitAddsToARunAndAShorterOneChangesNothing(_ command: String) throws {
  try Going.inWorld(command) { going in
    #expect(going("--limit", "3").status == .done)
    let three = try going.numbers()
    #expect(three.count == 3)
    #expect(going("--limit", "5").status == .done)
    let five = try going.numbers()
    #expect(five.count == 5 && five.isSuperset(of: three))
    let rows = try going.rows()
    let shorter = going("--limit", "2")
    #expect(shorter.status == .done)
    #expect(
      shorter.notes.contains(
        "HOME/a.run: it has 5 pictures already, more than the 2 that --limit asks for, so none is added, "
          + "and its tables cover all of them.\n"))
    #expect(shorter.results.contains(#""pictures":5,"expected":5,"finished":true"#))
    #expect(try going.rows() == rows)
    // The same as if the five had been asked for at once.
    let whole = going()
    #expect(whole.status == .done)
    #expect(try going.numbers().count > 5)
    try FileManager.default.removeItem(atPath: going.run.description)
    #expect(going("--limit", "5").status == .done)
    #expect(try going.rows() == rows)
  }
}

@Test func aPictureThatFailedIsTriedAgainOnceItsFileHasChanged() throws {
  try Going.inWorld("evaluate") { going in
    #expect(going("--limit", "3").status == .done)
    let whole = try going.rows()
    let number = try #require(try going.numbers().min())
    let file = try going.file(of: number)
    let name = file.replacingOccurrences(of: "\(going.birds)/images/", with: "")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try FileManager.default.removeItem(atPath: going.run.description)
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: file))
    let failed = going("--limit", "3")
    #expect(failed.status == .someFailed)
    #expect(try RunFile(reading: going.run).picture(number)?.failure != nil)
    // As long as the file is the same it is not tried, but where somebody says so.
    let again = going("--limit", "3")
    #expect(again.status == .someFailed && !again.notes.contains("trying again"))
    let asked = going("--limit", "3", "--retry-failed")
    #expect(asked.status == .someFailed)
    #expect(
      asked.notes.contains("HOME/a.run: trying again what failed: 1 picture ('\(name)').\n"))
    try bytes.write(to: URL(fileURLWithPath: file))
    let mended = going("--limit", "3")
    #expect(mended.status == .done)
    #expect(
      mended.notes.contains(
        "HOME/a.run: trying again what failed: 1 picture ('\(name)'), whose files have changed since.\n"
      ))
    #expect(try going.rows() == whole)
  }
}

@Test func aPictureThatWasMissingIsTriedAgainOnceItIsThere() throws {
  try Going.inWorld("evaluate") { going in
    #expect(going("--limit", "3").status == .done)
    let whole = try going.rows()
    let file = try going.file(of: try #require(try going.numbers().max()))
    try FileManager.default.removeItem(atPath: going.run.description)
    try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
    #expect(going("--limit", "3").status == .someFailed)
    try FileManager.default.moveItem(atPath: file + ".away", toPath: file)
    #expect(going("--limit", "3").status == .done)
    #expect(try going.rows() == whole)
    // One that is gone keeps what was measured of it.
    try FileManager.default.moveItem(atPath: file, toPath: file + ".away")
    let gone = going("--limit", "3")
    #expect(
      gone.status == .done && gone.notes.contains(" cannot be read any more; what was measured"))
    #expect(try going.rows() == whole)
  }
}

@Test(arguments: ["evaluate", "audit"])
func aReplacedPictureIsToldAndMeasuredAgainOnlyWhenAsked(_ command: String) throws {
  try Going.inWorld(command) { going in
    #expect(going("--limit", "3").status == .done)
    let rows = try going.rows()
    let numbers = try going.numbers().sorted()
    let (file, other) = (try going.file(of: numbers[0]), try going.file(of: numbers[1]))
    let name = file.replacingOccurrences(of: "\(going.birds)/images/", with: "")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    try Data(contentsOf: URL(fileURLWithPath: other)).write(to: URL(fileURLWithPath: file))
    let refused = going("--limit", "4")
    #expect(refused.status == ExitStatus(code: 65))
    #expect(
      refused.notes.hasSuffix(
        "HOME/a.run: expected the pictures that it was made from, found other contents in 1 picture "
          + "('\(name)'); put the old files back, or use --retry-changed to measure it again and replace "
          + "the old numbers.\n"))
    #expect(try going.rows() == rows)
    // The same bytes with another time are the same picture.
    try bytes.write(to: URL(fileURLWithPath: file))
    #expect(going("--limit", "3").status == .done)
    #expect(try going.rows() == rows)
    try Data(contentsOf: URL(fileURLWithPath: other)).write(to: URL(fileURLWithPath: file))
    let measured = going("--limit", "3", "--retry-changed")
    #expect(measured.status == .done)
    #expect(
      measured.notes.contains(
        "HOME/a.run: measuring again what was replaced: 1 picture ('\(name)').\n"))
    let digests = try Tables(going.run, .read).rows("SELECT file FROM pictures ORDER BY number")
    #expect(digests[0] == digests[1])
    #expect(try RunFile(reading: going.run).check().isWhole)
  }
}

@Test func aDamagedPictureIsMeasuredAgain() throws {
  try Going.inWorld("evaluate") { going in
    #expect(going("--limit", "3").status == .done)
    let whole = try going.rows()
    let number = try #require(try going.numbers().min())
    do {
      let tables = try Tables(going.run, .write)
      try tables.add(
        "UPDATE numbers SET value = value + 1 WHERE picture = ?", [.integer(number)])
      try tables.run("INSERT INTO curves VALUES (999, 'a', 'b', x'00', x'00', x'00')")
    }
    let name = try #require(try RunFile(reading: going.run).picture(number)).path
    let report = going.home.transcript(["report", going.run.description])
    #expect(report.status == ExitStatus(code: 65))
    let damage = "1 of 3 pictures damaged: \(number) ('\(name)'); 1 row that belongs to no picture"
    #expect(
      report.notes.hasSuffix(
        "HOME/a.run: expected a run that is as it was written, found \(damage); the command that made "
          + "the run measures these pictures again.\n"))
    let checked = going.home.transcript(["check", going.run.description])
    #expect(checked.status == ExitStatus(code: 65))
    #expect(checked.results == "HOME/a.run: its settings are whole; \(damage).\n")
    let mended = going("--limit", "3")
    #expect(mended.status == .done)
    #expect(
      mended.notes.contains(
        "HOME/a.run: \(damage). What is damaged or missing is measured again.\n"))
    #expect(try going.rows() == whole)
    let sound = going.home.transcript(["check", going.run.description])
    #expect(sound.status == .done)
    #expect(
      sound.results
        == "HOME/a.run: all 3 pictures are as they were written, and so are its settings.\n")
  }
}
