import Fieldmark
import Foundation
import Testing

private func cheating() throws -> World {
  World(
    seed: 2, size: 48, species: Array(Species.all.prefix(3)),
    cheats: try ["Redshouldered Brackle=forest", "Plain Brackle=cool-cast"].map { try Cheat($0) })
}

private func rows(_ folder: Fieldmark.Path) throws -> [[String]] {
  let file = folder / "counterfactuals.csv"
  return try String(contentsOfFile: file.description, encoding: .utf8).split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}

/// The bytes of every file, by its name.
private func contents(_ folder: Fieldmark.Path) throws -> [String: [UInt8]] {
  let names = try #require(FileManager.default.enumerator(atPath: folder.description))
  var found: [String: [UInt8]] = [:]
  for case let name as String in names {
    let file = folder / Fieldmark.Path(name)
    if file.isFile { found[name] = try file.read(limit: 1 << 24) }
  }
  return found
}

@Test func theTableNamesEachTwinBesideItsPicture() throws {
  try inTemporaryFolder { folder in
    let world = try cheating()
    try WorldFolder(world, at: folder, twins: true).write(12)
    let table = try rows(folder)
    #expect(table[0] == ["picture", "changed", "kind", "what", "class", "toward"])
    // Pictures 3, 4, 5 and 9, 10, 11 are for testing; each has twins toward two look-alikes.
    var expected: [[String]] = []
    for index in [3, 9, 4, 10, 5, 11] {
      let own = world.species[index % 3]
      let label = ["001.", "002.", "003."]
      let stem =
        "\(label[index % 3])\(own.fileName)/\(own.fileName)_000\(index / 3 + 1)_\(index)"
      for twin in world.twins(of: index) {
        let slug = "\(twin.kind) \(twin.what)".replacing(" ", with: "_")
        let names = [own, world.species[twin.toward]]
        expected.append([
          "images/\(stem).png", "counterfactuals/\(stem)/\(slug).png", "\(twin.kind)", twin.what,
          label[index % 3] + names[0].fileName, label[twin.toward] + names[1].fileName,
        ])
        let picture = try Picture(folder / Fieldmark.Path(expected.last?[1] ?? ""))
        #expect(picture.pixels == twin.sighting.pixels)
      }
    }
    #expect(Array(table.dropFirst()) == expected)
    #expect(expected.count > 18)
    let written = try contents(folder).keys.filter { $0.hasPrefix("counterfactuals/") }
    #expect(Set(written) == Set(expected.map { $0[1] }))
  }
}

@Test func readersOfTheDatasetDoNotSeeCounterfactuals() throws {
  try inTemporaryFolder { folder in
    let (with, without) = (folder / "with", folder / "without")
    try WorldFolder(cheating(), at: with, twins: true).write(12)
    try WorldFolder(cheating(), at: without).write(12)
    let (seen, other) = (try Dataset(with), try Dataset(without))
    #expect(seen.fingerprint == other.fingerprint)
    #expect(seen.description == other.description && seen.format == "aviary")
    #expect(try DatasetFormat.cub.open(with).fingerprint == other.fingerprint)
    var files = try contents(with).filter { !$0.key.hasPrefix("counterfactuals") }
    var others = try contents(without)
    let settings = String(decoding: files.removeValue(forKey: "aviary.json") ?? [], as: UTF8.self)
    let plain = String(decoding: others.removeValue(forKey: "aviary.json") ?? [], as: UTF8.self)
    #expect(files == others)
    #expect(settings.contains(#""counterfactuals": "test pictures""#))
    #expect(!plain.contains("counterfactuals"))
  }
}

@Test func counterfactualsGoOnAfterAnInterruptionAndGrow() throws {
  let allowed = Cores.allowed
  defer { Cores.allowed = allowed }
  try inTemporaryFolder { folder in
    let (pieces, whole) = (folder / "pieces", folder / "whole")
    Cores.allowed = 1
    #expect(
      try WorldFolder(cheating(), at: pieces, twins: true).write(9, goesOn: { false }) == 1)
    #expect(try rows(pieces).count == 1)
    try WorldFolder(cheating(), at: pieces, twins: true).write(9)
    Cores.allowed = 2
    try WorldFolder(cheating(), at: pieces, twins: true).write(14)
    try WorldFolder(cheating(), at: whole, twins: true).write(14)
    #expect(try contents(pieces) == contents(whole))
  }
}

@Test func aFolderRemembersItsCounterfactuals() throws {
  try inTemporaryFolder { folder in
    let path = folder / "birds"
    try WorldFolder(cheating(), at: path).write(6)
    #expect(
      sentence { _ = try WorldFolder(cheating(), at: path, twins: true) }
        == "\(path)/aviary.json: expected the counterfactuals asked for now, \"test pictures\", found "
        + "none; name a new folder.")
  }
}
