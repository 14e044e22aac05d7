import Fieldmark
import Foundation
import Testing

@Test func aMappedFileHasTheBytesOfTheFile() throws {
  try inTemporaryFolder { folder in
    let path = folder / "x"
    try write([1, 2, 3], to: path)
    let file = try MappedFile(path)
    #expect(file.withBytes(Array.init) == [1, 2, 3])
  }
}

@Test func aMappedFileSurvivesTheRemovalOfItsName() throws {
  try inTemporaryFolder { folder in
    let path = folder / "x"
    try write([1, 2, 3], to: path)
    let file = try MappedFile(path)
    try write([9, 9, 9, 9], to: path)
    #expect(file.withBytes(Array.init) == [1, 2, 3])
    try file.checkUnchanged()
  }
}

@Test func aFileThatWasCutIsNoticedBeforeItIsRead() throws {
  try inTemporaryFolder { folder in
    let path = folder / "x"
    try write([UInt8](repeating: 7, count: 9000), to: path)
    let file = try MappedFile(path)
    #expect(truncate(path.description, 10) == 0)
    #expect(
      sentence { try file.checkUnchanged() }
        == "\(path): expected the file as it was when it was opened, found a file that has changed since."
    )
  }
}

@Test func aFileThatIsCutWhileItIsReadEndsTheProgramWithASentence() async throws {
  let ended = await #expect(processExitsWith: .exitCode(65), observing: [\.standardErrorContent]) {
    MappedFile.endWithASentence()
    let path = Fieldmark.Path(NSTemporaryDirectory() + "fieldmark-cut-\(getpid())")
    try write([UInt8](repeating: 7, count: 100_000), to: path)
    let file = try MappedFile(path)
    #expect(truncate(path.description, 10) == 0)
    unlink(path.description)
    _ = file.withBytes { $0.reduce(0) { $0 &+ Int($1) } }
  }
  let notes = String(decoding: ended?.standardErrorContent ?? [], as: UTF8.self)
  #expect(notes.contains("fieldmark-cut-"))
  #expect(
    notes.hasSuffix(
      ": expected the file as it was when it was opened, found it cut short while it was read.\n"))
}

@Test func whatIsNoFileIsOneSentence() throws {
  try inTemporaryFolder { folder in
    try write([], to: folder / "empty")
    #expect(mkfifo((folder / "pipe").description, 0o600) == 0)
    #expect(symlink("nowhere", (folder / "link").description) == 0)
    #expect(symlink("loop", (folder / "loop").description) == 0)
    try (folder / "folder").createFolder()
    let table: [(Path, String)] = [
      (folder / "absent", "\(folder)/absent: expected a file to read, found nothing there."),
      (folder / "empty", "\(folder)/empty: expected a file with content, found an empty one."),
      (folder / "pipe", "\(folder)/pipe: expected a file, found a pipe."),
      (folder / "link", "\(folder)/link: expected a file, found a link to nothing."),
      (folder / "folder", "\(folder)/folder: expected a file, found a folder."),
      (
        folder / "loop",
        "\(folder)/loop: expected a file to read, found too many levels of symbolic links."
      ),
      (
        folder / "empty" / "x", "\(folder)/empty/x: expected a file to read, found not a directory."
      ),
      ("/dev/zero", "/dev/zero: expected a file, found a device."),
      ("a\0b", "a\\u{0}b: expected a file name, found one with a NUL in it."),
    ]
    for (path, expected) in table {
      #expect(sentence { _ = try MappedFile(path) } == expected)
    }
  }
}

@Test func aSmallFileIsReadWholeUpToItsLimit() throws {
  try inTemporaryFolder { folder in
    let path = folder / "x"
    let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
    try write(content, to: path)
    #expect(try path.read(limit: 100_000) == content)
    #expect(
      sentence { _ = try path.read(limit: 99_999) }
        == "\(path): expected at most 99999 bytes, found a file with more.")
    #expect(
      sentence { _ = try Path("/dev/zero").read(limit: 10) }
        == "/dev/zero: expected a file, found a device.")
  }
}
