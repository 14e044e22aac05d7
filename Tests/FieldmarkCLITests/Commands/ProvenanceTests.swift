import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")

extension ModelsFixture {
  /// The first object that a command prints.
  fileprivate func object(_ words: [String]) throws -> JSON {
    let transcript = transcript(words)
    #expect(transcript.status == .done, "\(transcript.notes)")
    let line = try #require(transcript.results.split(separator: "\n").first)
    return try JSON(parsing: Array(line.utf8), place: "results")
  }

  fileprivate func highlight(_ more: [String]) throws -> JSON {
    try object(["highlight", wide, "-m", vit, "--json"] + more)
  }
}

extension JSON {
  /// The members of these names, as they are written.
  fileprivate func written(_ names: String...) -> String {
    JSON.object((members ?? []).filter { names.contains($0.key) }).written()
  }

  /// Whether there is a null anywhere.
  fileprivate var hasNull: Bool {
    self == .null || (members?.contains { $0.value.hasNull } ?? false)
      || (array?.contains { $0.hasNull } ?? false)
  }
}

@Test(
  arguments: [
    (
      ["--method", "rise", "--masks", "9", "--seed", "-3"],
      #"{"masks":9,"seed":-3,"score":"logit"}"#
    ),
    (["--method", "occlusion", "--window", "24"], #"{"window":24,"step":12,"score":"logit"}"#),
    (["--method", "grad-cam", "--masks", "7"], "{}"),
  ])
func anObjectTellsWhatTheMethodTook(_ words: [String], _ settings: String) throws {
  try ModelsFixture.run { home in
    let object = try home.highlight(["-c", "bird"] + words)
    #expect(object["settings"]?.written() == settings)
    #expect(!object.hasNull)
  }
}

@Test func anObjectTellsWhatItsNumbersDependOn() throws {
  try ModelsFixture.run { home in
    let plain = try home.highlight(["-c", "bird"])
    #expect(
      plain.written("activation", "precision", "pool", "fit", "resolution", "positions")
        == #"{"activation":"quickgelu","precision":"fp32","pool":"class","fit":"crop","#
        + #""resolution":[48,48],"positions":"open_clip"}"#)
    #expect(
      plain.written("normalizer", "templates", "seed", "version")
        == #"{"normalizer":"openai","templates":[],"seed":0,"version":"\#(fieldmarkVersion)"}"#)
    let other = try home.highlight(
      [
        "-c", "bird", "--fit", "tiles", "--resolution", "96", "--positions", "bilinear",
        "--precision", "bf16", "--template", "a photo of a {}.",
      ])
    #expect(
      other.written("precision", "fit", "resolution", "positions", "templates")
        == #"{"precision":"bf16","fit":"tiles","resolution":[96,96],"positions":"bilinear","#
        + #""templates":["a photo of a {}."]}"#)
    // The weights of both towers, whatever is remembered of them.
    let model = try Model(Fieldmark.Path(vit), in: Caches(Environment([:])))
    for more in [[], ["--no-cache"]] {
      let object = try home.highlight(["-c", "bird"] + more)
      let pictures = try TowerFingerprint(of: model, .pictures, remembering: nil).hexadecimal
      let texts = try TowerFingerprint(of: model, .texts, remembering: nil).hexadecimal
      #expect(object["weights"]?.string == pictures && object["text_weights"]?.string == texts)
    }
  }
}

@Test func everyWayOfAskingTellsTheSame() throws {
  try ModelsFixture.run { home in
    try home.copy(wide, to: "\(home.home)/others/a.png")
    let asked = try home.highlight(["-c", "bird"])
    func same(_ object: JSON, _ left: Set<String>) {
      let names = ["weights", "preprocessing", "pool", "positions", "precision", "seed", "version"]
      for name in names { #expect(object[name] == asked[name] && object[name] != nil, "\(name)") }
      for name in left { #expect(object[name] == nil, "\(name)") }
      #expect(!object.hasNull)
    }
    same(try home.object(["compare", wide, "-m", vit, "--json", "-c", "bird"]), [])
    let words: Set = ["text_weights", "templates", "normalizer"]
    same(try home.highlight(["--like", "HOME/others/a.png"]), words)
    same(try home.highlight(["--against-pictures", "HOME/others"]), words)
    _ = try home.highlight(["-c", "bird", "--save", "json", "-o", "HOME/a.json"])
    let file = try Data(contentsOf: URL(fileURLWithPath: "\(home.home)/a.json"))
    let saved = try JSON(parsing: Array(file), place: "a.json")
    same(saved, [])
  }
}

@Test func anObjectOfAHeadTellsWhichHead() throws {
  try inTrainedWorld { home, birds, probe in
    let bird = try #require(
      FileManager.default.subpaths(atPath: birds)?.first { $0.hasSuffix("_0.png") })
    let object = try home.object(
      ["highlight", "\(birds)/\(bird)", "--classifier", probe, "-c", "Lemon Thornet", "--json"])
    var digest = Digest.sha256
    digest.add(Array(try Data(contentsOf: URL(fileURLWithPath: probe))))
    #expect(
      object["classifier"]?.written()
        == #"{"file":"HOME/probe.safetensors","sha256":"\#(digest.hexadecimal)"}"#)
    #expect(object["templates"] == nil && !object.hasNull)
  }
}

@Test func aRunTellsItsDefaultsAndNothingIsNull() throws {
  try inTrainedWorld { home, birds, probe in
    func settings(_ words: [String]) throws -> JSON {
      let file = "\(home.home)/\(words.joined()).run"
      let shared = ["--classifier", probe, "-n", "1", "-o", file]
      #expect(home.transcript([words[0], birds] + words.dropFirst() + shared).status == .done)
      let run = try RunFile(reading: Fieldmark.Path(file))
      let settings = JSON.object(run.settings.members)
      #expect(!settings.hasNull, "\(settings.written())")
      return settings
    }
    let own = try settings([
      "evaluate", "--methods", "grad-cam,gscore-cam", "--measures", "energy", "--channels", "2",
    ])
    #expect(
      own.written("layer", "positions", "table", "references", "weighting", "score", "seed")
        == #"{"layer":4,"positions":"open_clip","table":"none","references":"auto:3","#
        + #""weighting":"mean","score":"probability","seed":0}"#)
    #expect(
      own.written("fill", "pixels_a_step", "method settings")
        == #"{"fill":"each measure's own","pixels_a_step":224,"#
        + #""method settings":{"gscore-cam":{"channels":2,"score":"logit"}}}"#)
    let paper = try settings(["evaluate", "--table", "finer-2", "--measures", "energy"])
    #expect(
      paper.written("table", "references", "weighting", "rival")
        == #"{"table":"finer-2","references":"auto:3:predictions","weighting":"mean","#
        + #""rival":"predictions"}"#)
    let other = try settings(["evaluate", "--table", "diffcam-2", "--measures", "energy"])
    #expect(
      other.written("table", "references", "weighting", "rival") == #"{"table":"diffcam-2"}"#)
    let audit = try settings(["audit", "--seed", "5"])
    #expect(
      audit.written("layer", "positions", "method settings", "seed")
        == #"{"layer":4,"positions":"open_clip","seed":5,"method settings":{}}"#)
    #expect(audit["text_weights"]?.string?.count == 64 && audit["normalizer"] == "openai")
  }
}
