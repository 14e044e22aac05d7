import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")

private func values(_ transcript: Transcript, _ key: String) throws -> [JSON] {
  try transcript.results.split(separator: "\n").map {
    try JSON(parsing: Array($0.utf8), place: "results")[key] ?? .null
  }
}

@Test func blocksAreCountedFromTheEndToo() throws {
  try ModelsFixture.run { home in
    for command in ["highlight", "compare"] {
      let words = [command, wide, "-m", vit, "-c", "bird", "--json", "--layer"]
      let last = home.transcript(words + ["-1"])
      let layers = try values(last, "layer") + values(home.transcript(words + ["-3"]), "layer")
      #expect(layers == [2, 0] && last == home.transcript(words + ["2"]))
    }
  }
}

@Test(arguments: ["auto", "Auto", "auto:0", "auto:x", "auto:", "auto3", "auto:3:scores", "auto=3"])
func whatIsNoRuleIsNotTakenForAText(_ text: String) throws {
  try ModelsFixture.run { home in
    for command in ["highlight", "compare"] {
      #expect(
        home.transcript([command, wide, "-m", vit, "-c", "bird", "-a", text])
          == Transcript(
            notes: "option --against: expected auto:3, auto:3:logits or auto:3:predictions, found "
              + "'\(text)'; the number says how many of the most similar others are taken.\n",
            status: ExitStatus(code: 64)))
    }
  }
}

@Test func wordsThatBeginLikeARuleAreTexts() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-c", "bird", "--json", "-a", "automobile"]
    let against = try values(home.transcript(words), "against")
    #expect(against == [["automobile"]])
  }
}

@Test func anAuditSaysWhatItsRulesAre() throws {
  try inTrainedWorld { home, birds, probe in
    let words = ["audit", birds, "--classifier", probe, "-o", "\(home.home)/a.run", "-a", "auto:3"]
    #expect(
      home.transcript(words).notes.hasSuffix(
        "option --against: expected a class, or one of attributes, weights, predictions, found "
          + "'auto:3'; a picture is told apart from one class; --references 3 takes the three most "
          + "alike for the classifier's second map.\n"))
  }
}

/// CLIP Surgery's features, as the authors' code has them for several texts.
@Test func severalConceptsAreToldApartByTheMethodThatDoesSo() throws {
  try ModelsFixture.run { home in
    let texts = ["bird", "red epaulets", "a wing"]
    let words = [
      "highlight", wide, "-m", vit, "--json", "--method", "clip-surgery", "-o", "HOME/o",
    ]
    let concepts = texts.flatMap { ["-c", $0] }
    func objects(_ words: [String]) throws -> [JSON] {
      let transcript = home.transcript(words)
      // A model with random weights says of some texts that they are not there.
      let notes = transcript.notes.split(separator: "\n")
      #expect(transcript.status == .done && notes.allSatisfy { $0.contains("probably not there") })
      return try transcript.results.split(separator: "\n").map {
        try JSON(parsing: Array($0.utf8), place: "a line")
      }
    }
    func numbers(_ object: JSON, _ name: String) -> [Float] {
      (object[name]?.array ?? []).compactMap { $0.number.map { Float($0) } }
    }
    let together = try objects(words + concepts)
    let model = try Model(Fieldmark.Path(vit), in: Caches(Environment([:])))
    let encoder = try ImageEncoder(model)
    let view = View(encoder, try Picture(Fieldmark.Path(wide)))
    let text = try TextEncoder(model)
    let targets = try texts.map { try text.target($0) }
    for (place, object) in together.enumerated() {
      let target = Target.surgery(on: place, among: targets, embedding: view.embedding)
      let expected = try Method.clipSurgery(view, target).values.elements
      for (a, b) in zip(numbers(object, "values"), expected) { #expect(abs(a - b) < 1e-4) }
      #expect(object["surgery"]?["among"]?.array?.compactMap(\.string) == texts)
      let weights = numbers(try #require(object["surgery"]), "weights")
      #expect(weights.count == 3 && abs(weights.reduce(0, +) - 3) < 1e-5)
      #expect(object["against"] == [] && object["concept"]?.string == texts[place])
    }
    // One concept alone, and several at strength 0, are as ever; each has files of its own.
    let alone = try objects(words + ["-c", "bird"])[0]
    let plain = try objects(words + concepts + ["-g", "0"])[0]
    #expect(alone["surgery"] == nil && plain["surgery"] == nil)
    #expect(alone["values"] == plain["values"] && alone["values"] != together[0]["values"])
    let pair = try objects(words + ["-c", "bird", "-c", "a wing"])[0]
    let files = [together[0], alone, plain, pair].compactMap { $0["files"]?.array?.first?.string }
    #expect(Set(files).count == 4, "\(files)")
    // With references they are what is compared.
    let against = try objects(words + concepts + ["-a", "feather"])[0]
    #expect(against["surgery"] == nil && against["against"] == ["feather"])
  }
}

@Test func aStrengthWithoutReferencesIsSaidToDoNothing() throws {
  try ModelsFixture.run { home in
    let words = [wide, "-m", vit, "-c", "bird", "--json"]
    let note = "does nothing without --against: there is nothing to subtract.\n"
    #expect(home.transcript(["highlight"] + words + ["-g", "1"]).notes == "--strength " + note)
    #expect(
      home.transcript(["compare"] + words + ["--strengths", "1,2"]).notes == "--strengths " + note)
    #expect(home.transcript(["highlight"] + words + ["-g", "1", "-a", "wing"]).notes == "")
    #expect(home.transcript(["highlight"] + words).notes == "")
  }
}

@Test(
  arguments: [
    (
      ["compare", wide, "-c", "red", "epaulets", "-m", vit],
      "fieldmark compare: expected one PICTURE, found 2; -c \"red epaulets\" takes both words."
    ),
    (
      ["compare", "-c", "red", "epaulets", "-m", vit],
      "fieldmark compare: expected a picture, found no 'epaulets'; -c \"red epaulets\" takes both "
        + "words."
    ),
    (
      ["classify", wide, "-c", "bird", "--concept", "red", "epaulets", "-m", vit],
      "fieldmark classify: expected a picture, found no 'epaulets'; --concept \"red epaulets\" takes "
        + "both words."
    ),
    (
      ["audit", "birds", "--against", "Plain", "Brackle"],
      "fieldmark audit: expected one DATASET, found 2; --against \"Plain Brackle\" takes both words."
    ),
    // A name with an ending, or one that stands behind a file, is no word of a text.
    (
      ["highlight", "-c", "red", "gone.jpg", "-m", vit],
      "gone.jpg: expected a file to read, found "
        + "nothing there."
    ),
    (
      ["highlight", "gone", "-c", "red", "-m", vit],
      "gone: expected a file to read, found nothing "
        + "there."
    ),
  ])
func wordsWithoutQuotesAreSaidToNeedThem(_ words: [String], _ sentence: String) throws {
  try ModelsFixture.run { home in
    #expect(home.transcript(words).notes == sentence + "\n")
  }
}

@Test func theNameOfAFileSaysWhatIsSaved() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-c", "bird"]
    func file(_ name: String, _ more: [String] = []) throws -> Data {
      let transcript = home.transcript(words + more + ["-o", "HOME/\(name)"])
      #expect(transcript == Transcript(results: "HOME/\(name)\n"))
      return try Data(contentsOf: URL(fileURLWithPath: "\(home.home)/\(name)"))
    }
    // Of several maps all are on the page.
    let page = String(decoding: try file("out.html", ["-c", "wing"]), as: UTF8.self)
    #expect(page.components(separatedBy: "<img src=\"data:image/jpeg;base64,").count == 4)
    #expect(try file("map.npy").starts(with: [0x93] + "NUMPY".utf8))
    #expect(try file("map.json").starts(with: "{".utf8))
    #expect(String(decoding: try file("map.rle.json"), as: UTF8.self).contains("\"counts\""))
    // Depth and kind of PNG files: 16-bit gray, and 8-bit red, green and blue.
    let heat = try file("map.heat.png")
    #expect(heat[24] == 16 && heat[25] == 0)
    let overlay = try file("MAP.PNG")
    #expect(overlay[24] == 8 && overlay[25] == 2)
    #expect(try file("map.mask.png") != overlay)
    // A folder that has such a name is one, and --save has the last word.
    #expect(
      home.transcript(words + ["-o", "HOME/new.html/"]).results
        == "HOME/new.html/wide-bird-encoders-vit.png\n")
    #expect(
      home.transcript(words + ["-o", "HOME/x.html", "--save", "png"]).notes.hasPrefix(
        "option --out: expected a name that ends in .png, .jpg or .jpeg, found 'HOME/x.html'"))
  }
}
