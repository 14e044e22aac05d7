import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
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
/// (`python3 References/make_encoders.py Tests/References/encoders`)
@Test func aScoreIsTheLogitOfOpenCLIPLessThoseOfReferences() throws {
  let logits = try Checkpoint(Fieldmark.Path("\(vit)/expected.safetensors"))
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
        "weighting", "score", "concept_score", "grid", "values", "region", "peak", "words",
        "notes", "settings", "weights", "activation", "precision", "pool", "fit", "resolution",
        "preprocessing", "positions", "text_weights", "normalizer", "templates", "seed", "version",
        "threshold", "boxes",
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
    let names = ["png", "heat.png", "npy", "json", "mask.png", "rle.json"].map {
      "wide-bird-against-red-epaulets-encoders-vit.\($0)"
    }
    let printed = names.map { "HOME/new/maps/\($0)\n" }.joined()
    #expect(home.transcript(words) == Transcript(results: printed))
    let folder = "\(home.home)/new/maps"
    #expect(try files(folder) == names.sorted())
    let row = try rows(home.transcript(words + ["--json"]))[0]
    #expect(row.files == names.map { "HOME/new/maps/\($0)" })
    let grid = try Tensor(
      npy: Fieldmark.Path("\(folder)/wide-bird-against-red-epaulets-encoders-vit.npy"))
    #expect(grid.shape == [3, 3])
    #expect(try grid.floats() == row.values)
    for name in names where name.hasSuffix(".png") {
      let picture = try Picture(Fieldmark.Path("\(folder)/\(name)"))
      #expect(picture.width == 96 && picture.height == 64)
    }
    // Depth and kind of a PNG file: 16-bit gray.
    let heat = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(names[1])"))
    #expect(heat[24] == 16 && heat[25] == 0)
    let object = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(names[3])"))
    let read = try JSONDecoder().decode(Row.self, from: object)
    #expect(read.values == row.values)
    let rle = try Fieldmark.Path("\(folder)/\(names[5])").read(limit: 1 << 16)
    #expect(try JSON(parsing: rle, place: "rle")["size"] == [64, 96])
  }
}

@Test func nothingIsWrittenOverWithinARun() throws {
  try ModelsFixture.run { home in
    for folder in ["a", "b"] { try home.copy(wide, to: "\(home.home)/in/\(folder)/wide.png") }
    let transcript = home.transcript(
      ["highlight", "HOME/in", "-m", vit, "-c", "bird", "-c", "Bird!", "-o", "HOME/out"])
    let questions = ["bird", "Bird!"].map {
      QuestionName([$0], model: Fieldmark.Path(vit)).written
    }
    let names = ["", "-2"].flatMap { number in questions.map { "wide-\($0)\(number).png" } }
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
    #expect(
      home.transcript(words + ["-o", "HOME/v1.2/"]).results
        == "HOME/v1.2/wide-bird-encoders-vit.png\n")
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
    #expect(transcript.results == "HOME/out/wide-bird-encoders-vit-2.png\n")
    #expect(
      transcript.notes == """
        HOME/wide.png: expected a file to read, found nothing there.
        1 of 2 pictures failed.

        """)
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
    let question = QuestionName(["<i>bird", "cat"], model: Fieldmark.Path(vit)).written
    let name = "highlights-\(question).html"
    #expect(
      home.transcript(words + ["-o", "HOME/out"]) == Transcript(results: "HOME/out/\(name)\n"))
    #expect(try files("\(home.home)/out") == [name])
    let page = try String(contentsOfFile: "\(home.home)/out/\(name)", encoding: .utf8)
    #expect(page.components(separatedBy: "<img src=\"data:image/jpeg;base64,").count == 10)
    #expect(page.contains("&lt;i&gt;bird") && !page.contains("<i>"))
    let one = home.transcript(words + ["-o", "HOME/page.html", "--json"])
    #expect(one.notes == "All maps are in HOME/page.html.\n")
    let objects = try rows(one)
    #expect(objects.count == 6 && objects[0].files == nil)
  }
}

/// What is hidden under transparency no model in the layout of transformers sees.
@Test func aTransparentPictureIsDrawnAsTheModelSawIt() throws {
  let model = ModelsFixture.shipped("encoders/huggingface")
  try ModelsFixture.run { home in
    let colors = (0..<40 * 40 * 3).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let clear = Picture(
      width: 40, height: 40, pixels: colors, alpha: [UInt8](repeating: 0, count: 1600))
    let white = Picture(
      width: 40, height: 40, pixels: [UInt8](repeating: 255, count: 40 * 40 * 3))
    try clear.write(to: Fieldmark.Path("\(home.home)/clear.png"))
    try white.write(to: Fieldmark.Path("\(home.home)/white.png"))
    for command in [["highlight", "-c", "bird"], ["compare", "-c", "bird", "-a", "bill"]] {
      let drawn = try ["clear", "white"].map { name in
        let file = "\(home.home)/\(command[0])-\(name).png"
        let words = ["\(home.home)/\(name).png", "-m", model, "-o", file]
        #expect(home.transcript([command[0]] + words + command.dropFirst()).status == .done)
        return try Picture(Fieldmark.Path(file)).pixels
      }
      #expect(drawn[0] == drawn[1], "\(command[0])")
    }
    let told = home.transcript(
      ["highlight", "\(home.home)/clear.png", "-m", model, "--json", "-c", "bird"])
    #expect(try rows(told)[0].notes.contains("laid on white where transparent"))
  }
}
