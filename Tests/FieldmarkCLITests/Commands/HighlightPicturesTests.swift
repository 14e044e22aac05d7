import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let pictures = ModelsFixture.shipped("encoders/pictures")
private let wide = "\(pictures)/wide.png"
private let tall = "\(pictures)/tall.png"
private let square = "\(pictures)/square.png"

private func objects(_ transcript: Transcript) throws -> [JSON] {
  try transcript.results.split(separator: "\n").map {
    try JSON(parsing: Array($0.utf8), place: "results")
  }
}

private func numbers(_ json: JSON?) throws -> [Float] {
  let text = try #require(json).written()
  return try JSONDecoder().decode([Float].self, from: Data(text.utf8))
}

private func files(_ folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// A folder `others` with two pictures.
private func others(_ home: ModelsFixture) throws {
  try home.copy(tall, to: "\(home.home)/others/tall.png")
  try home.copy(square, to: "\(home.home)/others/deeper/square.png")
}

private func isClose(_ a: [Float], _ b: [Float]) -> Bool {
  let size = b.map(abs).max() ?? 0
  return a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-4 * size }
}

private func view(_ path: String) throws -> View {
  let model = try Model(Fieldmark.Path(vit), in: Caches(Environment([:])))
  return View(try ImageEncoder(model), try Picture(Fieldmark.Path(path)))
}

@Test func aPictureAgainstPicturesIsDiffCAM() throws {
  try ModelsFixture.run { home in
    try others(home)
    let words = ["highlight", wide, "-m", vit, "--against-pictures", "HOME/others/", "--json"]
    let transcript = home.transcript(words)
    #expect(transcript.notes == "" && transcript.status == .done)
    let object = try #require(try objects(transcript).first)
    #expect(
      object.members?.map(\.key) == [
        "picture", "width", "height", "model", "method", "layer", "against_pictures", "score",
        "grid", "values", "region", "peak", "notes", "weights", "activation", "precision", "pool",
        "fit",
        "resolution", "preprocessing", "positions", "seed", "version", "threshold", "boxes",
      ])
    #expect(
      object["against_pictures"]?.written()
        == #"{"folder":"HOME/others/","pictures":2,"tikhonov":0.01}"#)
    #expect(object["method"] == "diffcam" && object["notes"] == [])
    // Folders come where their names belong: deeper/square.png, then tall.png.
    let group = try DiffCAM(Matrix([square, tall].map { try view($0).features }))
    let seen = try view(wide)
    let values = try numbers(object["values"])
    #expect(isClose(values, group.map(of: seen).values.elements))
    let score = try #require(object["score"]?.number)
    #expect(isClose([Float(score)], [group.score(seen.features)]))
    // Again: from the memory.
    let folder = "\(home.home)/.cache/fieldmark/pictures"
    let kept = try files(folder)
    #expect(kept.map { String($0.drop { $0 != "." }) }.sorted() == [".embeddings", ".fingerprint"])
    #expect(home.transcript(words) == transcript)
    // With another lambda, and against the nearest alone.
    let other = try objects(home.transcript(words + ["--tikhonov", "10"]))[0]
    #expect(try numbers(other["values"]) != values)
    let nearest = try objects(home.transcript(words + ["--nearest", "1"]))[0]
    #expect(
      nearest["notes"] == [
        "a single picture has no variance, so channels are weighted by the plain difference"
      ])
    #expect(nearest["against_pictures"]?["pictures"] == 1)
    #expect(
      try objects(home.transcript(words + ["--nearest", "7"]))[0]["values"] == object["values"])
  }
}

@Test func withoutACacheNothingIsKept() throws {
  try ModelsFixture.run { home in
    try others(home)
    let words = ["highlight", wide, "-m", vit, "--against-pictures", "HOME/others", "--json"]
    let transcript = home.transcript(words + ["--no-cache"])
    #expect(!FileManager.default.fileExists(atPath: "\(home.home)/.cache"))
    #expect(home.transcript(words) == transcript)
  }
}

@Test func everyFormatHasItsFileOfPicturesToo() throws {
  try ModelsFixture.run { home in
    try others(home)
    let words = ["highlight", wide, "-m", vit, "-o", "HOME/maps", "--save"]
    let names = ["png", "heat.png", "npy", "json", "mask.png", "rle.json"]
    let printed = names.map { "HOME/maps/wide-against-others-encoders-vit.\($0)\n" }.joined()
    let against = words + ["png,heat,npy,json,mask,rle", "--against-pictures", "HOME/others"]
    #expect(home.transcript(against) == Transcript(results: printed))
    let like = home.transcript(words + ["png,html", "--like", tall, "--like", square])
    #expect(
      like.results == """
        HOME/maps/wide-like-tall-square-encoders-vit.png
        HOME/maps/wide-on-tall-encoders-vit.png
        HOME/maps/wide-on-square-encoders-vit.png
        HOME/maps/wide-like-tall-square-encoders-vit.html

        """)
    let sizes = try ["like-tall-square", "on-tall", "on-square"].map { part in
      try Picture(Fieldmark.Path("\(home.home)/maps/wide-\(part)-encoders-vit.png"))
    }
    let expected = try [wide, tall, square].map { try Picture(Fieldmark.Path($0)) }
    #expect(sizes.map(\.width) == expected.map(\.width))
    #expect(sizes.map(\.height) == expected.map(\.height))
    let page = try String(
      contentsOfFile: "\(home.home)/maps/wide-like-tall-square-encoders-vit.html", encoding: .utf8)
    #expect(page.contains("like \(tall), \(square), by sfam"))
    let shown = home.transcript(
      ["highlight", wide, "-m", vit, "--like", tall, "--show"], ["COLUMNS": "4", "NO_COLOR": "1"])
    #expect(shown.results.hasPrefix("like \(tall), by sfam\n"))
  }
}

@Test(arguments: Likeness.all.map(\.name))
func bothPicturesGetTheMapOfTheirLikeness(name: String) throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "--like", tall, "--likeness", name, "--json"]
    let found = try objects(home.transcript(words))
    #expect(found.map { $0["picture"]?.string } == [wide, tall])
    #expect(found.map { $0["like"] } == [[.string(tall)], [.string(wide)]])
    #expect(found.allSatisfy { $0["method"] == .string(name) && $0["concept"] == nil })
    let likeness = try #require(Likeness(named: name))
    let maps = likeness(try view(wide), like: [try view(tall)])
    for (object, map) in zip(found, [maps.query, maps.supports[0]]) {
      let values = try numbers(object["values"])
      #expect(isClose(values, map.heatmap.values.elements))
    }
  }
}

@Test func whatIsWrongWithAGroupIsSaid() throws {
  try ModelsFixture.run { home in
    try others(home)
    try home.write("\(home.home)/others/broken.png", "no picture")
    try home.write("\(home.home)/others/read.me", "not one by its name")
    try home.copy(wide, to: "\(home.home)/others/same.png")
    let words = ["highlight", wide, "-m", vit, "--against-pictures", "HOME/others", "--json"]
    let transcript = home.transcript(words)
    #expect(
      transcript.notes == """
        HOME/others: 1 file whose name is not that of a picture is left out.
        HOME/others/broken.png: expected a picture (JPEG, PNG or WebP), found bytes that begin with \
        'no pictu'. It is left out.

        """)
    #expect(transcript.status == .done)
    #expect(
      try objects(transcript)[0]["notes"] == [
        "the picture itself is among those of HOME/others",
        "1 of 4 pictures of HOME/others cannot be read and are left out",
      ])
  }
}

private let misuses: [(words: [String], message: String)] = [
  (
    ["--against-pictures", "HOME/others", "-c", "bird"],
    "option --against-pictures: expected to be the only question, found --concept too; leave one of them "
      + "out; pictures and words are asked one after the other."
  ),
  (
    ["--like", tall, "-c", "bird"],
    "option --like: expected to be the only question, found --concept too; leave one of them out; "
      + "pictures and words are asked one after the other."
  ),
  (
    ["--like", tall, "--against-pictures", "HOME/others"],
    "option --against-pictures: expected to be the only question, found --like too; leave one of them "
      + "out; pictures and words are asked one after the other."
  ),
  (
    ["--like", tall, "--method", "rise"],
    "option --like: expected to be the only question, found --method too; leave one of them out; "
      + "pictures and words are asked one after the other."
  ),
  (["--nearest", "3"], "option --nearest: expected --against-pictures as well, found none."),
  (
    ["--against-pictures", "HOME/others", "--nearest", "0"],
    "option --nearest: expected at least 1, found 0."
  ),
  (
    ["--against-pictures", "HOME/others", "--tikhonov", "0"],
    "option --tikhonov: expected a share above 0, found 0.0."
  ),
  (
    ["--like", tall, "--likeness", "sfan"],
    "option --likeness: expected one of sfam, sfam-euclidean, ram, cg-ram, grad-fam, decomposition, "
      + "found 'sfan'; did you mean 'sfam'?"
  ),
  (
    ["--against-pictures", "HOME/none"],
    "option --against-pictures: expected a folder of pictures, found no HOME/none."
  ),
  (
    ["--against-pictures", wide],
    "option --against-pictures: expected a folder of pictures, found a file, \(wide)."
  ),
  (
    ["--against-pictures", "HOME/empty"],
    "HOME/empty: expected a folder with pictures, found an empty one; pictures end in .jpg, .jpeg, "
      + ".png, .webp."
  ),
  (["--like", "HOME/none.png"], "HOME/none.png: expected a file to read, found nothing there."),
]

@Test(arguments: misuses)
func aQuestionThatIsNoneIsOneSentence(words: [String], message: String) throws {
  try ModelsFixture.run { home in
    try others(home)
    try FileManager.default.createDirectory(
      atPath: "\(home.home)/empty", withIntermediateDirectories: true)
    let transcript = home.transcript(["highlight", wide, "-m", vit] + words)
    #expect(transcript.results == "")
    #expect(transcript.notes == message + "\n")
  }
}

@Test func aGroupWithoutAPictureThatCanBeReadIsRefused() throws {
  try ModelsFixture.run { home in
    try home.write("\(home.home)/broken/a.png", "no picture")
    let transcript = home.transcript(
      ["highlight", wide, "-m", vit, "--against-pictures", "HOME/broken"])
    #expect(
      transcript.notes.hasSuffix(
        "\nHOME/broken: expected at least one picture that can be read, found none.\n"))
    #expect(transcript.status == ExitStatus(.input))
  }
}
