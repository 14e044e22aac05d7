import Fieldmark
import Foundation
import Synchronization
import Testing

@Test func aFileIsWrittenAndReplaced() throws {
  try inTemporaryFolder { folder in
    let path = folder / "x"
    for content in [[1, 2, 3], [], [UInt8](repeating: 5, count: 100_000)] as [[UInt8]] {
      try write(content, to: path)
      #expect(try path.read(limit: 1 << 20) == content)
    }
    #expect(try folder.names() == ["x"])
  }
}

@Test func aFileWithoutCommitIsNotThere() throws {
  try inTemporaryFolder { folder in
    do {
      var file = try AtomicFile(folder / "x")
      try file.append([1, 2, 3])
    }
    #expect(try folder.names() == [])
  }
}

@Test func aLinkIsWrittenThrough() throws {
  try inTemporaryFolder { folder in
    try write([1], to: folder / "x")
    #expect(symlink("x", (folder / "link").description) == 0)
    try write([2], to: folder / "link")
    #expect(try (folder / "x").read(limit: 9) == [2])
    #expect(try folder.names() == ["link", "x"])
  }
}

@Test func whatCannotBeWrittenIsOneSentence() throws {
  try inTemporaryFolder { folder in
    let table: [(Path, String)] = [
      ("/dev/null", "/dev/null: expected a file to write, found a device."),
      (folder, "\(folder): expected a file to write, found a folder."),
      (
        folder / "absent/x",
        "\(folder)/absent/x: expected a place to write to, found no folder \(folder)/absent."
      ),
      ("a\0b", "a\\u{0}b: expected a file name, found one with a NUL in it."),
    ]
    for (path, expected) in table {
      #expect(sentence { try write([1], to: path) } == expected)
    }
  }
}

/// Lets the n-th call fail, for every n until none does, and looks each time at what is left.
@Test(arguments: [ENOSPC, EIO])
func whicheverCallFailsTheFileIsWholeOrAsBefore(code: Int32) throws {
  try inTemporaryFolder { folder in
    let path = folder / "x"
    let old: [UInt8] = [1]
    let new = [UInt8](repeating: 2, count: 5000)
    var failures = 0
    for n in 1... {
      try write(old, to: path)
      let calls = FileCalls.failing(at: n, with: code)
      let failed = sentence {
        var file = try AtomicFile(path, calls: calls)
        try file.append(new)
        try file.commit()
      }
      #expect(try folder.names() == ["x"], "call \(n)")
      let content = try path.read(limit: 1 << 20)
      #expect(content == old || content == new, "call \(n)")
      if failed == "no error" {
        #expect(content == new)
        if n > 20 { break }
      } else {
        failures += 1
        let found = code == ENOSPC ? "no space left on the disk" : "input/output error"
        #expect(failed == "\(path): expected a place to write to, found \(found).")
      }
    }
    // create, five writes of 1000 bytes, sync, close, rename, open and sync of the folder
    #expect(failures == 11)
  }
}

@Test func foldersAreMadeAndListedInTheOrderOfTheirBytes() throws {
  try inTemporaryFolder { folder in
    try (folder / "a/b/c").createFolder()
    try (folder / "a/b/c").createFolder()
    #expect((folder / "a/b/c").kind == .folder)
    for name in ["é", "Z", "a1", "a10", "a2", Path(bytes: [0xff])] as [Path] {
      try write([1], to: folder / name)
    }
    #expect(try folder.names() == ["Z", "a", "a1", "a10", "a2", "é", Path(bytes: [0xff])])
    #expect(
      sentence { _ = try (folder / "Z").names() } == "\(folder)/Z: expected a folder, found a file."
    )
    #expect(
      sentence { try (folder / "Z/x").createFolder() }
        == "\(folder)/Z/x: expected a folder to write to, found not a directory.")
    #expect(
      sentence { try (folder / "Z").createFolder() }
        == "\(folder)/Z: expected a folder to write to, found something of that name.")
  }
}

extension FileCalls {
  /// The system's calls, the n-th of which fails; writes take 1000 bytes at most.
  fileprivate static func failing(at n: Int, with code: Int32) -> FileCalls {
    let counter = Counter()
    let system = FileCalls.system
    let step: @Sendable () throws -> Void = {
      if counter.next() == n { throw SystemError(code: code) }
    }
    var calls = system
    calls.create = { path in
      try step()
      return try system.create(path)
    }
    calls.write = { file, bytes in
      try step()
      return try system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(1000)))
    }
    calls.sync = { file in
      try step()
      try system.sync(file)
    }
    calls.close = { file in
      try system.close(file)
      try step()
    }
    calls.rename = { from, to in
      try step()
      try system.rename(from, to)
    }
    calls.openFolder = { path in
      try step()
      return try system.openFolder(path)
    }
    return calls
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)
  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
