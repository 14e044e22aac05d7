import Fieldmark
import Foundation
import Testing

private struct Member: Decodable, Equatable {
  let name: String
  let start: Int
  let count: Int
}

private func members(_ bytes: [UInt8]) throws -> [Member] {
  try bytes.withUnsafeBytes { bytes in
    var reader = try TarReader(bytes, place: "x.tar")
    var members: [Member] = []
    while let member = try reader.next() {
      members.append(
        Member(
          name: String(decoding: member.name, as: UTF8.self), start: member.content.lowerBound,
          count: member.content.count))
    }
    return members
  }
}

/// Where Python's tarfile says that members are, in each of its ways to write long names.
/// (`python3 References/make_datasets.py Tests/References/datasets`)
@Test func membersAreWhereTarfileSaysTheyAre() throws {
  let expected = try DatasetReferences.json([String: [Member]].self, "shards/members.json")
  #expect(expected.count == 5)
  for (name, there) in expected {
    let bytes = try DatasetReferences.path("shards/\(name)").read(limit: 1 << 20)
    #expect(try members(bytes) == there, "\(name)")
  }
}

@Test func archivesThatAreNoneAreOneSentence() throws {
  let good = try DatasetReferences.path("shards/pax.tar").read(limit: 1 << 20)
  var wrong = good
  wrong[3] ^= 1
  let table: [([UInt8], String)] = [
    (
      [0x1f, 0x8b, 8],
      "x.tar: expected a plain tar archive, found one packed by gzip; unpack it with gunzip, so that "
        + "its members can be read one by one."
    ),
    (
      Array("hello".utf8),
      "x.tar: expected an undamaged tar archive, found an incomplete header at byte 0; the file may be damaged "
        + "or cut short."
    ),
    (
      wrong,
      "x.tar: expected an undamaged tar archive, found a header with a wrong checksum at byte 0; the file "
        + "may be damaged or cut short."
    ),
    (
      Array(good[..<600]),
      "x.tar: expected an undamaged tar archive, found a member that extends beyond the end at byte 0; the file may "
        + "be damaged or cut short."
    ),
  ]
  for (bytes, expected) in table {
    var found = "no error"
    do { _ = try members(bytes) } catch { found = "\(error)" }
    #expect(found == expected)
  }
}

/// Whatever is changed, the answer is an error or members that lie inside.
@Test(arguments: ["pax.tar", "gnu.tar", "prefix.tar", "birds-train-000001.tar"])
func damagedArchivesNeverTrap(_ name: String) throws {
  let bytes = try DatasetReferences.path("shards/\(name)").read(limit: 1 << 20)
  for place in 0..<1100 {
    for value: UInt8 in [0, 0x20, 0x39, 0x80, 0xff] {
      var changed = bytes
      changed[place] = value
      // With a sum that is right again, or the change would never get past it.
      if place < 512 {
        let sum = changed[..<512].enumerated().reduce(0) {
          $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element))
        }
        let octal = String(sum, radix: 8)
        let digits = String(repeating: "0", count: 6 - octal.count) + octal
        changed.replaceSubrange(148..<156, with: Array(digits.utf8) + [0, 0x20])
      }
      if let found = try? members(changed) {
        #expect(found.allSatisfy { $0.start + $0.count <= bytes.count })
      }
    }
  }
}

@Test func filesOfOneNameAreOneExample() throws {
  let folder = DatasetReferences.path("shards")
  let birds = try Dataset(folder / "birds-train-{000000..000001}.tar")
  #expect(
    birds.description == "webdataset: 4 pictures of 3 of 5 classes (4 for training)")
  #expect(birds.classes == ["0", "1", "2", "3", "4"])
  #expect(birds.examples.map(\.label) == [2, 0, 4, nil])
  #expect(
    birds.examples.map(\.name) == ["robin1.png", "robin2.png", "folder/wren.PNG", "lonely.png"])
  #expect(birds.notes == ["examples left out, without a JPEG, PNG or WebP picture: 1"])
  let colors = try birds.examples.map { try $0.picture().pixels.prefix(3) }
  #expect(colors == [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 0, 0]])
  #expect(birds.examples[1].description == "\(folder)/birds-train-000000.tar member 'robin2.png'")
}

@Test func aTextOfOneLineIsAClassWhereNothingElseSays() throws {
  let birds = try Dataset(DatasetReferences.path("shards/prefix.tar"))
  #expect(birds.classes == ["wren"] && birds.examples.map(\.label) == [0])
  #expect(
    try Dataset(DatasetReferences.path("shards/gnu.tar")).examples.map(\.label) == [nil, nil])
}

@Test func namesBesideTheShardsSayWhatNumbersMean() throws {
  try inSmallFolder { folder in
    let tar = try DatasetReferences.path("shards/birds-train-000000.tar").read(limit: 1 << 20)
    try folder.put("val/shard-0.tar", tar)
    try folder.put("classes.txt", "robin\nwren\nbarn owl\ncrow\n")
    let birds = try Dataset(folder.path)
    #expect(birds.classes == ["robin", "wren", "barn owl", "crow"])
    #expect(birds.examples.map(\.label) == [2, 0])
    #expect(birds.examples.map(\.use) == [.validation, .validation])
    try folder.put("classes.txt", "robin\n")
    #expect(
      folder.sentence()
        == "classes.txt: expected a name for each of 3 classes, counted from 0, found 1.")
  }
}

@Test func shardsAreForWhatTheirNamesSay() throws {
  try inSmallFolder { folder in
    let tar = try DatasetReferences.path("shards/birds-train-000000.tar").read(limit: 1 << 20)
    for name in ["a-train-0", "b_dev_0", "c-holdout"] { try folder.put("\(name).tar", tar) }
    let birds = try Dataset(folder.path)
    #expect(Set(birds.examples.map(\.use)) == [.training, .validation, nil])
    #expect(
      birds.notes.contains("shards whose names do not contain a known split: 'c-holdout.tar'"))
  }
}

@Test func aShardThatWasReplacedIsNoticed() throws {
  try inSmallFolder { folder in
    let tar = try DatasetReferences.path("shards/birds-train-000000.tar").read(limit: 1 << 20)
    try folder.put("a.tar", tar)
    let birds = try Dataset(folder.path / "a.tar")
    try folder.put("a.tar", tar + [0])
    let error = #expect(throws: InputError.self) { try birds.examples[0].picture() }
    #expect(
      error?.description
        == "\(folder.path)/a.tar: expected the archive of 10240 bytes that was looked through, found "
        + "one of 10241.")
  }
}

@Test func bracesAreExpandedAsInAShell() throws {
  func names(_ pattern: String) throws -> [String] {
    try Fieldmark.Path(pattern).withBracesExpanded().map(\.description)
  }
  #expect(try names("a.tar") == ["a.tar"])
  #expect(try names("s-{8..11}.tar") == ["s-8.tar", "s-9.tar", "s-10.tar", "s-11.tar"])
  #expect(try names("s-{08..10}.tar") == ["s-08.tar", "s-09.tar", "s-10.tar"])
  #expect(try names("{train,val}-{0..1}") == ["train-0", "train-1", "val-0", "val-1"])
  #expect(try names("{a,}b") == ["ab", "b"])
  let table: [(String, String)] = [
    ("s-{0..1.tar", "s-{0..1.tar: expected a closing brace, found none."),
    ("s-{1..0}", "s-{1..0}: expected a range such as {000..012}, found {1..0}."),
    ("s-{a..c}", "s-{a..c}: expected a range such as {000..012}, found {a..c}."),
    (
      "{00000000000000000000..1}",
      "{00000000000000000000..1}: expected a range such as {000..012}, found "
        + "{00000000000000000000..1}."
    ),
    (
      String(repeating: "s", count: 5000),
      String(repeating: "s", count: 40)
        + "...: expected a name of at most 4096 bytes, found 5000."
    ),
    ("s-{}", "s-{}: expected a range or a list in braces, found {}."),
    ("{0..9999}{0..9999}", "{0..9999}{0..9999}: expected at most 100000 names, found more."),
    (
      "{0..99999999999999999999}",
      "{0..99999999999999999999}: expected a range such as {000..012}, found "
        + "{0..99999999999999999999}."
    ),
  ]
  for (pattern, expected) in table {
    let error = #expect(throws: InputError.self) { try names(pattern) }
    #expect(error?.description == expected)
  }
}

/// A member as ustar has it, with as much behind its header as there is content.
private func member(
  _ name: String, kind: Character = "0", size: Int? = nil, _ content: [UInt8] = []
) -> [UInt8] {
  var header = [UInt8](repeating: 0, count: 512)
  func put(_ text: String, at place: Int) {
    header.replaceSubrange(place..<place + text.utf8.count, with: text.utf8)
  }
  put(name, at: 0)
  let octal = String(size ?? content.count, radix: 8)
  put(String(repeating: "0", count: 11 - octal.count) + octal, at: 124)
  put("        ", at: 148)
  put(String(kind), at: 156)
  put("ustar", at: 257)
  let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
  put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
  return header + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
}

/// Python's tarfile finds the same members: `tarfile.open("x.tar").getmembers()`.
@Test func nothingFollowsLinksAndFoldersWhateverTheirSize() throws {
  for kind: Character in ["1", "2", "3", "4", "5", "6"] {
    let archive = member("other", kind: kind, size: 1000) + member("a.cls", Array("7".utf8))
    #expect(try members(archive) == [Member(name: "a.cls", start: 1024, count: 1)], "\(kind)")
  }
}

@Test func settingsMayEndInZeros() throws {
  let settings = Array("19 path=longer.cls\n".utf8)
  let archive =
    member("x", kind: "x", settings + [0, 0, 0]) + member("short.cls", Array("7".utf8))
  #expect(try members(archive) == [Member(name: "longer.cls", start: 1536, count: 1)])
}

/// macOS puts a member with attributes before each file; WebDataset passes over names that begin with
/// a dot, or have none.
@Test func hiddenMembersDoNotTearAnExampleApart() throws {
  try inSmallFolder { folder in
    let picture = try DatasetReferences.path("numbers/grey.png").read(limit: 1 << 20)
    let archive =
      member("d/._robin.png", [1]) + member("d/robin.png", picture) + member("d/._robin.cls", [1])
      + member("d/README", [1]) + member("d/robin.cls", Array("3".utf8))
    // The name of a file need not be a pattern.
    try folder.put("a{b}.tar", archive)
    let birds = try Dataset(folder.path / "a{b}.tar")
    #expect(birds.description == "webdataset: 1 picture of 1 of 4 classes")
    #expect(birds.examples[0].label == 3 && birds.notes == [])
    #expect(try birds.examples[0].bytes() == picture)
  }
}
