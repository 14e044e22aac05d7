import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let pictures = ModelsFixture.shipped("encoders/pictures")

private struct Row: Decodable {
  let picture: String?
  let text: String?
  let embedding: [Float]
}

private func rows(_ lines: String) throws -> [Row] {
  try lines.split(separator: "\n").map {
    try JSONDecoder().decode(Row.self, from: Data($0.utf8))
  }
}

/// What open_clip gave. (`python3 References/make_encoders.py Tests/References/encoders`)
private func expected(_ name: String) throws -> [Float] {
  try Checkpoint(Fieldmark.Path("\(vit)/expected.safetensors")).tensor(name).floats()
}

private func deviation(_ a: [Float], _ b: [Float]) -> Float {
  zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
}

@Test func embedPrintsAnObjectForEachPictureOfAFolder() throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(["embed", pictures, "--model", vit])
    #expect(transcript.status == .done && transcript.notes == "")
    let found = try rows(transcript.results)
    #expect(found.map(\.picture) == ["square", "tall", "wide"].map { "\(pictures)/\($0).png" })
    for (row, name) in zip(found, ["square", "tall", "wide"]) {
      #expect(deviation(row.embedding, try expected("embedding.\(name)")) < 1e-4)
    }
    let mean = home.transcript(["embed", "\(pictures)/tall.png", "--model", vit, "--pool", "mean"])
    #expect(deviation(try rows(mean.results)[0].embedding, try expected("mean.tall")) < 1e-4)
  }
}

@Test func embedWritesAMatrixAndPrintsWhatItsRowsAre() throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(
      ["embed", "--text", "bird", "red epaulets", "--unit", "--model", vit, "-o", "HOME/new/t.npy"])
    #expect(transcript == Transcript(results: "bird\nred epaulets\n"))
    let written = try Tensor(npy: Fieldmark.Path("\(home.home)/new/t.npy"))
    #expect(written.shape == [2, 24])
    let lines = home.transcript(["embed", "--text", "bird", "--unit", "--model", vit]).results
    let bird = try rows(lines)[0]
    #expect(bird.text == "bird")
    #expect(deviation(bird.embedding, Array(try written.floats().prefix(24))) == 0)
    #expect(abs(bird.embedding.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
  }
}

/// A picture of `Tests/References/pictures.json`.
private struct Small: Decodable {
  let name: String
  let bytes: Data
}

/// What reading a picture did to it is said by every command that reads one.
@Test(arguments: [
  ("grey 1.png", "palette turned into colors before any resizing"),
  ("grey 16.png", "16 bits a sample rounded to 8"),
  ("palette.png", "palette turned into colors before any resizing"),
  ("orientation 6.jpg", "turned upright (EXIF orientation 6)"),
  ("animated.png", "the first of 2 pictures of an animation"),
])
func whatReadingDidToAPictureIsNoted(_ name: String, _ note: String) throws {
  let all = try JSONDecoder().decode(
    [Small].self,
    from: Data(contentsOf: URL(fileURLWithPath: ModelsFixture.shipped("pictures.json"))))
  let bytes = try #require(all.first { $0.name == name }).bytes
  try ModelsFixture.run { home in
    let path = "\(home.home)/\(name)"
    try bytes.write(to: URL(fileURLWithPath: path))
    let told = "HOME/\(name): \(note).\n"
    let embedded = home.transcript(["embed", path, "--model", vit])
    #expect(embedded.notes == told)
    #expect(embedded.results.hasSuffix(#","notes":["\#(note)"]}"# + "\n"))
    let classified = home.transcript(["classify", path, "--model", vit, "-c", "bird", "--json"])
    #expect(classified.notes == told)
    #expect(classified.results.hasSuffix(#","notes":["\#(note)"]}"# + "\n"))
    let plain = home.transcript(
      ["embed", path, "\(pictures)/tall.png", "--model", vit, "-o", "HOME/e.npy"])
    #expect(plain.notes == told)
  }
}

@Test func whatFailsIsNotedAndTheOthersGoOn() throws {
  try ModelsFixture.run { home in
    try home.write("\(home.home)/notes.jpg", "no picture")
    let words = [
      "embed", "HOME/gone.png", "\(pictures)/tall.png", "HOME/notes.jpg", "--model", vit, "-o",
      "HOME/e.npy",
    ]
    #expect(
      home.transcript(words)
        == Transcript(
          results: "\(pictures)/tall.png\n",
          notes: """
            HOME/gone.png: expected a file to read, found nothing there.
            HOME/notes.jpg: expected a picture (JPEG, PNG or WebP), found bytes that begin with \
            'no pictu'.
            2 of 3 pictures failed.

            """, status: .someFailed))
    #expect(try Tensor(npy: Fieldmark.Path("\(home.home)/e.npy")).shape == [1, 24])
    let one = home.transcript(["embed", "HOME/gone.png", "--model", vit])
    #expect(one.status == ExitStatus(code: 65) && one.results == "")
  }
}

private let dinov2 = ModelsFixture.shipped("encoders/dinov2")

private let refusals: [(words: [String], notes: String, code: Int32)] = [
  (
    ["embed", "x.png", "--model", vit, "--resolution", "50"],
    "resolution: expected a width that patches of 16 pixels cover, found 50; 48 is the nearest.\n",
    64
  ),
  (
    ["embed", "x.png", "--model", vit, "--resolution", "big"],
    "option --resolution: expected a number of pixels, two such as 448x224, or native, found 'big'.\n",
    64
  ),
  (
    ["embed", "x.png", "--model", vit, "--threads", "0"],
    "option --threads: expected 1 to 1024 cores, found 0.\n", 64
  ),
  (
    ["embed", "--text", "bird", "--model", dinov2],
    "\(dinov2): expected a model that reads words, found one of "
      + "pictures alone.\n", 65
  ),
  (
    ["embed", "--text", "", "--model", vit],
    "prompt '': expected words, found nothing to read; texts without words must be "
      + "allowed explicitly (--allow-empty).\n", 64
  ),
  (
    ["embed", "--text", "bird", "--template", "a photo", "--model", vit],
    "option --template: expected a sentence with {} where the text goes, found 'a photo'.\n", 64
  ),
]

@Test(arguments: refusals)
func embedRefusesInOneSentence(_ words: [String], _ notes: String, _ code: Int32) throws {
  try ModelsFixture.run { home in
    #expect(
      home.transcript(words) == Transcript(notes: notes, status: ExitStatus(code: code)))
  }
}
