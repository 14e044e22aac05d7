import Fieldmark
import Testing

@Test func entriesAreFoundAndRead() throws {
  let archive = try ZipArchive(
    MappedFile(zipped([("a", [1, 2, 3]), ("b/c", []), ("d/", [])]), named: "x"))
  #expect(archive.entries.map(\.name) == ["a", "b/c", "d/"])
  let entry = try #require(archive["a"])
  #expect(try archive.contents(of: entry, limit: 3) == [1, 2, 3])
  #expect(archive["c"] == nil)
  #expect(
    sentence { _ = try archive.contents(of: entry, limit: 2) }
      == "x entry 'a': expected at most 2 bytes, found 3.")
}

/// python3 -c "import zlib; c = zlib.compressobj(9, 8, -15);
///     print(list(c.compress(b'a' * 100) + c.flush()))"
@Test func aDeflatedEntryIsUnpackedToItsLength() throws {
  let packed: [UInt8] = [75, 76, 164, 61, 0, 0]
  for (count, expected) in [
    (100, "no error"), (99, "x entry 'a': expected 99 bytes once unpacked, found damaged data."),
    (101, "x entry 'a': expected 101 bytes once unpacked, found damaged data."),
  ] {
    let bytes = zipped([("a", packed)], deflated: count)
    let archive = try ZipArchive(MappedFile(bytes, named: "x"))
    let entry = try #require(archive["a"])
    var contents: [UInt8] = []
    let found = sentence { contents = try archive.contents(of: entry, limit: 1000) }
    #expect(found == expected)
    #expect(contents == (count == 100 ? [UInt8](repeating: 0x61, count: 100) : []))
  }
}

@Test(arguments: [
  ("../a", "x: expected entries with names inside the archive, found '../a'."),
  ("a/../../b", "x: expected entries with names inside the archive, found 'a/../../b'."),
  ("/a", "x: expected entries with names inside the archive, found '/a'."),
  ("", "x: expected entries with names inside the archive, found ''."),
  ("a\0", "x: expected entries with names inside the archive, found 'a\\u{0}'."),
  ("a..b", "no error"),
])
func aNameThatLeavesTheArchiveIsRefused(name: String, expected: String) {
  #expect(sentence { _ = try ZipArchive(MappedFile(zipped([(name, [])]), named: "x")) } == expected)
}

@Test func aNameTwiceIsRefused() {
  #expect(
    sentence { _ = try ZipArchive(MappedFile(zipped([("a", [1]), ("a", [2])]), named: "x")) }
      == "x: expected each entry once, found 'a' twice.")
}

/// Each case changes bytes of an archive with the entry 'a' of three bytes: local header at 0,
/// data at 31, directory at 34, end record at 81.
@Test(
  arguments: [
    (
      0, 0x51,
      "x entry 'a': expected the same name and method at the data as in the directory, found different ones."
    ),
    (
      30, 0x62,
      "x entry 'a': expected the same name and method at the data as in the directory, found different ones."
    ),
    (
      8, 8,
      "x entry 'a': expected the same name and method at the data as in the directory, found different ones."
    ),
    (28, 0xff, damaged("a file that ends before its parts do")),
    (34, 0x51, damaged("a directory that ends early")),
    (34 + 8, 1, "x entry 'a': expected plain data, found encrypted data."),
    (34 + 10, 14, "x entry 'a': expected a stored or deflated entry, found compression method 14."),
    (34 + 20, 2, "x entry 'a': expected 3 bytes stored, found 2."),
    (34 + 28, 200, damaged("a file that ends before its parts do")),
    (
      34 + 42, 1,
      "x entry 'a': expected the same name and method at the data as in the directory, found different ones."
    ),
    (81, 0x51, damaged("no directory at the end")),
    (81 + 4, 1, damaged("one of several disks")),
    (81 + 10, 2, damaged("one of several disks")),
    (81 + 12, 46, damaged("a directory that ends early")),
    (81 + 16, 200, damaged("a directory that extends beyond the end")),
    (81 + 20, 1, damaged("no directory at the end")),
  ] as [(Int, UInt8, String)])
func aChangedArchiveIsOneSentence(place: Int, byte: UInt8, expected: String) {
  var bytes = zipped([("a", [1, 2, 3])])
  bytes[place] = byte
  #expect(sentence { _ = try ZipArchive(MappedFile(bytes, named: "x")) } == expected)
}

@Test func entriesThatOverlapAreRefused() {
  var bytes = zipped([("a", [1, 2, 3]), ("b", zipped([("a", [1, 2, 3])]))])
  // The directory's first entry now points to the copy inside the second.
  let directory = 34 + 31 + 103
  bytes[directory + 42] = 34 + 31
  #expect(
    sentence { _ = try ZipArchive(MappedFile(bytes, named: "x")) }
      == damaged("entries that overlap"))
}

private func damaged(_ found: String) -> String {
  "x: expected an undamaged zip archive, found \(found); the file may be damaged."
}
