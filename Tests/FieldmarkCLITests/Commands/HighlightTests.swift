import Encoders
import Fieldmark
import FieldmarkCLI
import Foundation
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let pictures = ModelsFixture.shipped("encoders/pictures")
private let wide = "\(pictures)/wide.png"

private struct Row: Decodable {
  let picture: String
  let concept: String
  let against: [String]
  let score: Float
  let grid: [Int]
  let values: [Float]
  let notes: [String]
  let files: [String]?
}

private func rows(_ transcript: Transcript) throws -> [Row] {
  try transcript.results.split(separator: "\n").map {
    try JSONDecoder().decode(Row.self, from: Data($0.utf8))
  }
}

private func files(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// Prompts and logits that open_clip gave.
/// (`python3 Benchmarks/references_encoders.py Tests/References/encoders`)
@Test func aScoreIsTheLogitOfOpenCLIPLessThoseOfReferences() throws {
  let logits = try Checkpoint(Encoders.Path("\(vit)/expected.safetensors"))
    .tensor("logits.wide").floats()
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "--json", "-c", "red epaulets", "-c", "bird"]
    let plain = try rows(home.transcript(words))
    #expect(
      plain.map(\.concept) == ["red epaulets", "bird"] && plain.map(\.grid) == [[3, 3], [3, 3]])
    #expect(abs(plain[0].score - logits[0]) < 1e-3 && abs(plain[1].score - logits[2]) < 1e-3)
    let against = words + ["-a", "bird", "-a", "curved bill & 2 wing bars", "-g", "0.5"]
    let compared = try rows(home.transcript(against))[0]
    #expect(compared.against == ["bird", "curved bill & 2 wing bars"])
    #expect(abs(compared.score - (logits[0] - 0.25 * (logits[2] + logits[3]))) < 1e-3)
    let softmax = try rows(home.transcript(against + ["--weighting", "softmax"]))[0]
    #expect(softmax.values != compared.values)
  }
}

@Test func anObjectHasTheKeysThatScriptsRelyOn() throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(["highlight", wide, "-m", vit, "-c", "bird", "--json"])
    #expect(transcript.notes == "" && transcript.status == .done)
    let object = try JSON(parsing: Array(transcript.results.utf8), place: "results")
    #expect(
      object.members?.map(\.key) == [
        "picture", "width", "height", "model", "method", "layer", "concept", "against", "strength",
        "weighting", "score", "grid", "values", "region", "peak", "words", "notes",
      ])
    #expect(object["region"]?.written() == "[16.0,0.0,64.0,64.0]")
    #expect(object["method"] == "grad-cam" && object["layer"] == 2 && object["against"] == [])
  }
}

@Test func everyFormatHasItsFile() throws {
  try ModelsFixture.run { home in
    let words = [
      "highlight", wide, "-m", vit, "-c", "bird", "-a", "red epaulets", "-o", "HOME/new/maps",
      "--save", "rle,png,heat,npy,json,mask",
    ]
    let names = ["png", "heat.png", "npy", "json", "mask.png", "rle.json"].map { "wide-bird.\($0)" }
    let printed = names.map { "HOME/new/maps/\($0)\n" }.joined()
    #expect(home.transcript(words) == Transcript(results: printed))
    let folder = "\(home.home)/new/maps"
    #expect(try files(folder) == names.sorted())
    let row = try rows(home.transcript(words + ["--json"]))[0]
    #expect(row.files == names.map { "HOME/new/maps/\($0)" })
    let grid = try Tensor(npy: Encoders.Path("\(folder)/wide-bird.npy"))
    #expect(grid.shape == [3, 3])
    #expect(try grid.floats() == row.values)
    for name in names where name.hasSuffix(".png") {
      let picture = try Picture(Encoders.Path("\(folder)/\(name)"))
      #expect(picture.width == 96 && picture.height == 64)
    }
    // Depth and kind of a PNG file: 16-bit grey.
    let heat = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/wide-bird.heat.png"))
    #expect(heat[24] == 16 && heat[25] == 0)
    let object = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/wide-bird.json"))
    let read = try JSONDecoder().decode(Row.self, from: object)
    #expect(read.values == row.values)
    let rle = try Encoders.Path("\(folder)/wide-bird.rle.json").read(limit: 1 << 16)
    #expect(try JSON(parsing: rle, place: "rle")["size"] == [64, 96])
  }
}

@Test func nothingIsWrittenOverWithinARun() throws {
  try ModelsFixture.run { home in
    for folder in ["a", "b"] { try home.copy(wide, to: "\(home.home)/in/\(folder)/wide.png") }
    let transcript = home.transcript(
      ["highlight", "HOME/in", "-m", vit, "-c", "bird", "-c", "Bird!", "-o", "HOME/out"])
    let names = ["wide-bird", "wide-bird-2", "wide-bird-3", "wide-bird-4"].map { $0 + ".png" }
    #expect(transcript.results == names.map { "HOME/out/\($0)\n" }.joined())
    #expect(try files("\(home.home)/out") == names.sorted())
  }
}

@Test func oneMapMayHaveAFile() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-c", "bird"]
    #expect(
      home.transcript(words + ["-o", "HOME/new/map.png"])
        == Transcript(results: "HOME/new/map.png\n"))
    _ = home.transcript(words + ["-o", "HOME/again.png", "--threads", "2"])
    let bytes = try ["new/map.png", "again.png"].map {
      try Data(contentsOf: URL(fileURLWithPath: "\(home.home)/\($0)"))
    }
    #expect(bytes[0] == bytes[1])
    let grid = home.transcript(words + ["-o", "HOME/map.npy", "--save", "npy"])
    #expect(grid == Transcript(results: "HOME/map.npy\n"))
    #expect(home.transcript(words + ["-o", "HOME/v1.2/"]).results == "HOME/v1.2/wide-bird.png\n")
  }
}

@Test func whatOneShouldKnowIsInTheNotes() throws {
  try ModelsFixture.run { home in
    let long = Array(repeating: "bird", count: 100).joined(separator: " ")
    let transcript = home.transcript(
      ["highlight", wide, "-m", vit, "-c", "bird", "-a", "bird", "-g", "1", "-c", long]
        + ["--truncate", "--json", "--no-cache"])
    let found = try rows(transcript)
    #expect(found[0].values.allSatisfy { abs($0) < 1e-6 })
    #expect(
      found[0].notes.last
        == "to the model 'bird' and 'bird' are the same, so nothing tells them apart")
    #expect(
      found[1].notes.contains { $0.hasPrefix("prompt 'bird bird") && $0.hasSuffix("was cut") })
    #expect(transcript.notes.contains("was cut'") || transcript.notes.contains("was cut."))
  }
}

@Test func aPictureThatFailsLeavesTheOthersTheirNames() throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(
      ["highlight", "HOME/wide.png", wide, "-m", vit, "-c", "bird", "-o", "HOME/out"])
    #expect(transcript.status == .someFailed)
    #expect(transcript.results == "HOME/out/wide-bird-2.png\n")
    #expect(
      transcript.notes == """
        HOME/wide.png: expected a file to read, found nothing there.
        1 of 2 pictures failed.

        """)
  }
}

@Test func thePictureItselfIsNotWrittenOver() throws {
  try ModelsFixture.run { home in
    try home.copy(wide, to: "\(home.home)/in/wide.png")
    let words = ["highlight", "HOME/in/../in/wide.png", "-m", vit, "-c", "bird"]
    #expect(
      home.transcript(words + ["-o", "HOME/in/wide.png"])
        == Transcript(
          notes: "option --out: expected a file other than the picture, found "
            + "'HOME/in/../in/wide.png'.\n", status: ExitStatus(code: 64)))
    #expect(home.transcript(words + ["-o", "HOME/in"]).results == "HOME/in/wide-bird.png\n")
  }
}

@Test func aMethodThatDoesNotFitTheModelEndsAtOnce() throws {
  try ModelsFixture.run { home in
    let resnet = ModelsFixture.shipped("encoders/resnet")
    #expect(
      home.transcript(
        ["highlight", pictures, "-m", resnet, "-c", "bird", "--method", "maskclip", "--json"])
        == Transcript(
          notes: "method maskclip: expected a transformer, whose attention it looks at, found a "
            + "ResNet.\n", status: ExitStatus(code: 64)))
  }
}

@Test func mapsAreShownInTheTerminal() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-c", "bird", "-a", "wren", "--show"]
    let drawn = home.transcript(words, ["COLUMNS": "40"]).results.split(separator: "\n")
    #expect(drawn.count == 14 && drawn[0] == "bird against wren, strength 0.6, by grad-cam")
    #expect(
      drawn.dropFirst().map { $0.split(separator: "▀").count } == Array(repeating: 41, count: 13))
    let plain = home.transcript(words, ["NO_COLOR": "1"]).results.split(separator: "\n")
    #expect(plain.count == 4 && plain[1].count == 6)
    let beside = home.transcript(words + ["--json"], ["NO_COLOR": "1"])
    let objects = try rows(beside)
    #expect(objects.count == 1)
    let noted = beside.notes.split(separator: "\n")
    #expect(noted == plain)
  }
}

@Test func allMapsAreOnOnePageThatNeedsNoOtherFile() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", pictures, "-m", vit, "-c", "<i>bird", "-c", "cat", "--save", "html"]
    #expect(
      home.transcript(words + ["-o", "HOME/out"])
        == Transcript(results: "HOME/out/highlights.html\n"))
    #expect(try files("\(home.home)/out") == ["highlights.html"])
    let page = try String(contentsOfFile: "\(home.home)/out/highlights.html", encoding: .utf8)
    #expect(page.components(separatedBy: "<img src=\"data:image/png;base64,").count == 10)
    #expect(page.contains("&lt;i&gt;bird") && !page.contains("<i>"))
    let one = home.transcript(words + ["-o", "HOME/page.html", "--json"])
    #expect(one.notes == "All maps are in HOME/page.html.\n")
    let objects = try rows(one)
    #expect(objects.count == 6 && objects[0].files == nil)
  }
}

private let refusals: [(words: [String], notes: String, code: Int32)] = [
  (
    [wide, "-m", vit],
    "fieldmark highlight: expected at least one concept, found none; --concept takes one, and may "
      + "be repeated.", 64
  ),
  (
    [wide, "-c", "bird", "--method", "gradcam"],
    "option --method: expected a method, found 'gradcam'; did you mean 'grad-cam'?", 64
  ),
  (
    [wide, "-c", "bird", "--method", "telepathy"],
    "option --method: expected a method, found 'telepathy'; 'fieldmark methods' lists them.", 64
  ),
  (
    [wide, "-c", "bird", "--save", "png,gif"],
    "option --save: expected some of png,heat,npy,json,mask,rle,html with commas between, found "
      + "'png,gif'.", 64
  ),
  (
    [wide, "-c", "bird", "--threshold", "1.5"],
    "option --threshold: expected 0 to 1, found 1.5.", 64
  ),
  (
    [wide, "-c", "bird", "-m", vit, "-o", "HOME/out", "--layer", "3"],
    "option --layer: expected a block of the model, 0 to 2, found 3.", 64
  ),
  (
    [wide, "-c", "bird", "-a", "cat", "-m", vit, "-o", "HOME/out", "-g", "3e38"],
    "\(wide), map of 'bird' by grad-cam: expected finite numbers out of the model, found nan; its "
      + "weights may be damaged, or they or the strength too large for 32 bits.", 65
  ),
  (
    [wide, "-c", "bird", "-c", "cat", "-o", "HOME/x.png"],
    "option --out: expected a folder for 2 files, found 'HOME/x.png'; a folder that is not there "
      + "yet is written with / behind it.", 64
  ),
  (
    [wide, "-c", "bird", "-o", "HOME/x.jpg"],
    "option --out: expected a name that ends in .png, found 'HOME/x.jpg'; a folder that is not "
      + "there yet is written with / behind it.", 64
  ),
  (
    [wide, "-c", "bird", "-m", vit, "-o", "/dev/null"],
    "/dev/null: expected a folder to write to, found something of that name.", 73
  ),
]

@Test(arguments: refusals)
func highlightRefusesInOneSentence(_ words: [String], _ notes: String, _ code: Int32) throws {
  try ModelsFixture.run { home in
    #expect(
      home.transcript(["highlight"] + words)
        == Transcript(notes: notes + "\n", status: ExitStatus(code: code)))
    let left = try files(home.home)
    #expect(left.allSatisfy { $0 == ".cache" || (code == 65 && $0 == "out") })
  }
}

@Test func methodsListsEveryMethod() throws {
  let lines = Program.fieldmark.transcript(["methods"]).results.split(separator: "\n")
  #expect(lines.count == 3 + Method.all.count + Likeness.all.count + 1)
  #expect(lines[0] == "Where words are to be seen, --method:")
  #expect(lines[1].hasPrefix("  grad-cam "))
  #expect(
    lines[1].hasSuffix(
      "  Channels weighted by their mean gradient. (Selvaraju et al. 2017, arXiv 1610.02391)"))
  let likenesses = lines.drop {
    $0 != "In what a picture is like others, --like PICTURE --likeness:"
  }
  #expect(likenesses.dropFirst().first?.hasPrefix("  sfam ") == true)
  #expect(lines.last?.hasPrefix("  diffcam ") == true)
  let objects = Program.fieldmark.transcript(["methods", "--json"]).results
  #expect(
    objects.hasPrefix(
      #"{"name":"grad-cam","summary":"Channels weighted by their mean gradient.","#
        + #""paper":"Selvaraju et al. 2017, arXiv 1610.02391","option":"--method"}"#))
}
