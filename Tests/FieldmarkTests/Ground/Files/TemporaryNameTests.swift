import Fieldmark
import Foundation
import Testing

/// A process that has ended, by its number.
private func endedProcess() throws -> Int32 {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", "true"]
  try process.run()
  process.waitUntilExit()
  return process.processIdentifier
}

/// The parts of the name that this process gives: its number, when it began, the machine.
private func ownParts(in folder: Fieldmark.Path) throws -> [String] {
  let file = try AtomicFile(folder / "x")
  let name = try #require(try folder.names().first).description
  withExtendedLifetime(file.isWritten) {}
  return name.dropFirst(".fieldmark-".count).split(separator: "-").map(String.init)
}

extension AtomicFile {
  /// Keeps the file open until here.
  fileprivate var isWritten: Bool { true }
}

private func write(_ name: String, in folder: Fieldmark.Path, daysAgo days: Double = 0) throws {
  let path = (folder / Fieldmark.Path(name)).description
  try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
  let date = Date(timeIntervalSinceNow: -days * 86_400)
  try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
}

@Test func whatKilledProgramsLeftIsRemovedAndNothingElse() throws {
  try inTemporaryFolder { folder in
    let own = try ownParts(in: folder)
    #expect(own.count == 4 && own[0] == "\(getpid())")
    let ended = try endedProcess()
    let gone = [
      // Killed on this machine, and one whose number this process has now.
      ".fieldmark-\(ended)-77-\(own[2])-a1.tmp", ".fieldmark-\(own[0])-77-\(own[2])-a2.tmp",
    ]
    let old = [
      // Of another machine, or of 0.1, a while ago.
      ".fieldmark-\(own[0])-77-0badcafe-a3.tmp", ".fieldmark-\(ended)-a4.tmp",
    ]
    let kept = [
      // Of this very process, of machines that may be at work, and what only looks alike.
      ".fieldmark-\(own[0])-\(own[1])-\(own[2])-a5.tmp", ".fieldmark-\(ended)-77-0badcafe-a6.tmp",
      ".fieldmark-\(ended)-a7.tmp", ".fieldmark-notes.tmp", ".fieldmark-1-2-3.tmp",
      ".fieldmark-\(ended)-77-\(own[2])-a8.txt", "fieldmark-\(ended)-77-\(own[2])-a9.tmp",
    ]
    for name in gone + kept { try write(name, in: folder) }
    for name in old { try write(name, in: folder, daysAgo: 2) }
    try (folder / Fieldmark.Path(".fieldmark-\(ended)-77-\(own[2])-b1.tmp")).createFolder()
    #expect(symlink("kept", "\(folder)/.fieldmark-\(ended)-77-\(own[2])-b2.tmp") == 0)
    folder.clearAbandoned()
    #expect(
      Set(try folder.names().map(\.description))
        == Set(
          kept + ["b1", "b2"].map { ".fieldmark-\(ended)-77-\(own[2])-\($0).tmp" }))
  }
}

@Test func aFileThatIsBeingWrittenStays() throws {
  try inTemporaryFolder { folder in
    var file = try AtomicFile(folder / "x")
    try file.append([1, 2])
    folder.clearAbandoned()
    try file.commit()
    #expect(try (folder / "x").read(limit: 9) == [1, 2])
    // One that another machine holds a lock on, however long ago it was written to.
    let name = ".fieldmark-1-77-0badcafe-a.tmp"
    try write(name, in: folder, daysAgo: 9)
    let held = open("\(folder)/\(name)", O_RDWR)
    #expect(flock(held, LOCK_EX) == 0)
    folder.clearAbandoned()
    #expect((folder / Fieldmark.Path(name)).isFile)
    close(held)
    folder.clearAbandoned()
    #expect(!(folder / Fieldmark.Path(name)).isFile)
  }
}
