import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")

@Test func aComparisonPrintsAnObjectForEachMap() throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(
      ["compare", wide, "-m", vit, "-c", "red epaulets", "-a", "bird", "-a", "wing", "--json"]
        + ["--methods", "grad-cam,hires-cam", "--strengths", "0.6,1"])
    #expect(transcript.status == .done && transcript.notes == "")
    let objects = try transcript.results.split(separator: "\n").map {
      try JSON(parsing: Array($0.utf8), place: "results")
    }
    // Alone, and against bird, wing and both with two strengths each, by two methods.
    #expect(objects.count == 14)
    #expect(objects[0]["against"] == [] && objects[0]["strength"] == 0.0)
    #expect(objects[6]["against"] == ["bird", "wing"] && objects[6]["strength"] == 1.0)
    #expect(objects[7]["method"] == "hires-cam")
    // What is said of a word is what the phrase without it scores.
    let words = try #require(objects[0]["words"]?.array)
    #expect(words.map { $0["text"] } == ["red", "epaulets"])
    for (word, rest) in zip(words, ["epaulets", "red"]) {
      let asked = home.transcript(["highlight", wide, "-m", vit, "-c", rest, "--json"]).results
      let score = try JSON(parsing: Array(asked.utf8), place: "results")["score"]
      #expect(word["score_without"] == score)
    }
    #expect(objects[0]["concept_score"] == objects[0]["score"])
  }
}

@Test func aComparisonIsAPictureAndAPage() throws {
  try ModelsFixture.run { home in
    let words = ["compare", wide, "-m", vit, "-c", "red epaulets", "-a", "bird", "-o"]
    #expect(home.transcript(words + ["HOME/new/a.png"]) == Transcript(results: "HOME/new/a.png\n"))
    #expect(home.transcript(words + ["HOME/a.html"]) == Transcript(results: "HOME/a.html\n"))
    let sheet = try Picture(Fieldmark.Path("\(home.home)/new/a.png"))
    #expect(sheet.width > 3 * 240)
    let page = try String(contentsOfFile: "\(home.home)/a.html", encoding: .utf8)
    #expect(
      page.contains("against bird, strength 0.6")
        && page.contains("without &quot;red&quot; it scores"))
    #expect(
      home.transcript(words + ["HOME/a.gif"]).notes
        == "option --out: expected a name that ends in .png, .jpg or .html, found "
        + "'HOME/a.gif'.\n")
  }
}

@Test func aSheetMayBeJPEGAndSmall() throws {
  try ModelsFixture.run { home in
    let words = ["compare", wide, "-m", vit, "-c", "red epaulets", "-a", "bird", "-o"]
    let small = words + ["HOME/a.jpg", "--max-side", "100"]
    #expect(home.transcript(small) == Transcript(results: "HOME/a.jpg\n"))
    _ = home.transcript(words + ["HOME/b.JPEG", "--quality", "20"])
    let a = try Fieldmark.Path("\(home.home)/a.jpg").read(limit: 1 << 24)
    let b = try Fieldmark.Path("\(home.home)/b.JPEG").read(limit: 1 << 24)
    let text = "fieldmark \(fieldmarkVersion): Where is red epaulets?"
    #expect(Array(a[20..<24]) == [0xff, 0xfe, 0, UInt8(text.utf8.count + 2)])
    #expect(String(decoding: a[24..<24 + text.utf8.count], as: UTF8.self) == text)
    let sheets = try [a, b].map { try Picture(bytes: $0, name: "sheet") }
    #expect(sheets[0].width < 500 && sheets[1].width > 1280)
    _ = home.transcript(small)
    #expect(try Fieldmark.Path("\(home.home)/a.jpg").read(limit: 1 << 24) == a)
  }
}

@Test func referencesMayBeFound() throws {
  try ModelsFixture.run { home in
    let words = [
      "compare", wide, "-m", vit, "-c", "red epaulets", "-c", "bird", "-c", "wing", "--json",
    ]
    let found = home.transcript(words + ["-a", "auto:2"])
    #expect(found.status == .done)
    let objects = try found.results.split(separator: "\n").map {
      try JSON(parsing: Array($0.utf8), place: "results")
    }
    #expect(objects.count == 6 && objects[1]["references"] == "auto:2")
    #expect(objects[1]["against"]?.array?.count == 2)
    #expect(
      home.transcript(words + ["-a", "auto:3"]).notes
        == "option --against auto:3: expected at least 3 others to choose from, found 2; the others are "
        + "the other concepts, or the other classes of the classifier.\n")
    #expect(
      home.transcript(words + ["-a", "auto:2", "-a", "bird"]).notes
        == "option --against: expected names, or auto:2 alone, found both.\n")
  }
}

@Test func aClassifiersClassesAreConcepts() throws {
  try ModelsFixture.run { home in
    let weights = (0..<72).map { Float($0 % 7) - 3 }
    try writeSafetensors(
      [Tensor("weight", shape: [3, 24], weights)],
      metadata: ["classes": #"["crow", "Rook", "jay"]"#],
      to: Fieldmark.Path("\(home.home)/head.safetensors"))
    let words = ["highlight", wide, "-m", vit, "--json", "--classifier", "HOME/head.safetensors"]
    let found = home.transcript(words + ["-c", "rook", "-a", "auto:2"])
    let object = try JSON(parsing: Array(found.results.utf8), place: "results")
    #expect(object["concept"] == "Rook" && object["against"]?.array?.count == 2)
    #expect(
      object["notes"]?.array?.last == "scored by the classifier HOME/head.safetensors")
    #expect(
      home.transcript(words + ["-c", "jey"]).notes
        == "HOME/head.safetensors: nothing says which model the head was trained on; it is taken to be "
        + "this one.\nHOME/head.safetensors: expected one of its 3 classes, found 'jey'; did you mean "
        + "'jay'?\n")
    #expect(
      home.transcript(words + ["-c", "jay", "--ensemble"]).notes
        == "option --classifier: expected no --template or --ensemble, found --ensemble; a "
        + "classifier's classes are not texts that could be put into sentences.\n")
  }
}
