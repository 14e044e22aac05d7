import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// Two look-alikes, each test picture also with the trait of the other, and a head for them.
private func inTwinWorld(
  _ body: (ModelsFixture, _ birds: String, _ probe: String) throws -> Void
) throws {
  try ModelsFixture.run { home in
    let (birds, probe) = ("\(home.home)/birds", "\(home.home)/probe.safetensors")
    let drawn = home.transcript([
      "aviary", "-o", birds, "--count", "120", "--size", "96", "--counterfactuals", "--species",
      "Plain Brackle", "--species", "Redshouldered Brackle",
    ])
    #expect(drawn.status == .done, "\(drawn.notes)")
    #expect(
      home.transcript(["train", birds, "-o", probe, "--with", "logistic"]).status == .done)
    try body(home, birds, probe)
  }
}

private func pair(_ transcript: Transcript) throws -> JSON {
  let summary = try JSON(parsing: Array(transcript.results.utf8), place: "results")
  return try #require(summary["pairs"]?.array?.first)
}

/// Pictures with another trait, laid out as those of SUB: each in the folder of its class and of the
/// attribute that it got. Twins of every other picture are taken, and the pictures between them as they
/// are stand for pictures in which something was exchanged that tells the two nothing.
private func layOut(_ birds: String, at folder: String, _ pair: JSON) throws {
  let table = try #require(try Dataset(Fieldmark.Path(birds)).classAttributes)
  let first = try #require(pair["class"]?.string)
  let neutral = try #require(
    table.attributes.indices.first { table.percentages[0, $0] == table.percentages[1, $0] })
  let rows = try String(contentsOfFile: "\(birds)/counterfactuals.csv", encoding: .utf8)
    .split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }
    .filter { $0[2] == "trait" }
  for (number, row) in rows.enumerated() {
    let name = row[4].dropFirst(4).replacing("_", with: " ")
    let theirs = name == first ? pair["lacking"] : pair["traits"]
    let got = try #require(theirs?.members?.first?.key)
    let isChanged = number % 4 < 2
    let attribute = isChanged ? got : table.attributes[neutral].name
    let place = "\(folder)/\(row[4])/\(attribute.replacing("::", with: "--"))"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(birds)/\(row[isChanged ? 1 : 0])", toPath: "\(place)/\(number).png")
  }
}

@Test func picturesWithoutTwinsAgreeWithTwins() throws {
  try inTwinWorld { home, birds, probe in
    func audit(_ name: String, _ counterfactuals: String) -> Transcript {
      home.transcript([
        "audit", birds, "--classifier", probe, "--nuisance", "mirror", "--counterfactuals",
        counterfactuals, "-o", "\(home.home)/\(name).run", "--json",
      ])
    }
    let twins = audit("twins", "\(birds)/counterfactuals.csv")
    #expect(twins.status == .done, "\(twins.notes)")
    let paired = try pair(twins)
    let truth = try #require(paired["changes"]?["traits"])
    let share = try #require(truth["share"]?.number)
    #expect(paired["exchanged"] == nil && share > 0.3)

    let folder = "\(home.home)/SUB"
    try layOut(birds, at: folder, paired)
    let groups = audit("groups", folder)
    #expect(groups.status == .done, "\(groups.notes)")
    let found = try pair(groups)
    let exchanged = try #require(found["exchanged"])
    #expect(exchanged["pictures"]?.integer ?? 0 > 5)
    for name in ["exchanged", "exchanged_beside_own"] {
      let low = try #require(found[name]?["low"]?.number)
      let high = try #require(found[name]?["high"]?.number)
      #expect((low...high).contains(share), "\(name): \(low) to \(high), twins \(share)")
    }
    // It counts in place of what taking the traits away shows.
    #expect(found["changes"]?["traits"]?["share"] == exchanged["share"])
    #expect(home.transcript(["report", "\(home.home)/groups.run"]).status == .done)
    let page = try String(contentsOfFile: "\(home.home)/groups.run.html", encoding: .utf8)
    #expect(
      page.contains(
        "the mean over such pictures is compared with that over pictures of the same class in which something "
          + "else was exchanged, which tells the two nothing."))
  }
}
