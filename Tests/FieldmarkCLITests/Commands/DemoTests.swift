import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let ending = """

  The map is highest at PEAK: on the red epaulets, by the drawing's own mask.

  The picture       @/bird.png
  The overlay       @/bird-red-epaulets-against-bird.png
  Both on a page    @/bird-red-epaulets-against-bird.html

  Next, try other words; then a real CLIP, since the built-in model knows only drawn birds;
  then a photograph of your own:

    fieldmark highlight @/bird.png -c "black bill" -a bird --show
    fieldmark models get hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K
    fieldmark highlight photo.jpg -c "red epaulets" -a bird --model hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K

  """

/// The middle of the best of 28 x 28 cells over 448 x 448 pixels, in the map of PyPI's grad-cam.
/// (`python3 References/make_demo.py Demo Tests/References/demo`)
private func peakOfGradCAM() throws -> String {
  let path = Fieldmark.Path(ModelsFixture.shipped("demo/expected.safetensors"))
  let map = try Checkpoint(path).tensor("grad-cam").floats()
  let best = try #require(map.indices.max { map[$0] < map[$1] })
  return "\(best % 28 * 16 + 8), \(best / 28 * 16 + 8)"
}

@Test func theDemoFindsTheRedEpauletsAndSaysWhereItsFilesAre() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  let transcript = Program.fieldmark.transcript(["demo", "--out", folder.path])
  #expect(transcript.notes == "" && transcript.status == .done)
  let lines = transcript.results.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.first == "red epaulets against bird, strength 0.6, by grad-cam")
  // A row of shades for each row of cells, in letters where nobody looks at a terminal.
  #expect(lines.dropFirst().prefix(28).allSatisfy { $0.count == 56 })
  #expect(
    lines.dropFirst(29).joined(separator: "\n")
      == ending.replacingOccurrences(of: "@", with: folder.path)
      .replacingOccurrences(of: "PEAK", with: try peakOfGradCAM()))
  // Drawn by `fieldmark demo`; looked at, and the picture of the golden test.
  let drawn = Fieldmark.Path("\(folder.path)/bird.png")
  #expect(try Picture(drawn) == Picture(Fieldmark.Path(ModelsFixture.shipped("demo/bird.png"))))
  let page = try String(
    contentsOfFile: "\(folder.path)/bird-red-epaulets-against-bird.html", encoding: .utf8)
  #expect(!page.contains("not photographs"))
}

@Test func aDemoThatCannotWriteEndsWith73() {
  let results = Program.fieldmark.transcript(["demo", "--out", "/dev/null/demo"])
  #expect(results.status == ExitStatus(code: 73))
  #expect(
    results.notes == "/dev/null/demo: expected a folder to write to, found not a directory.\n")
}

private let caution = """
  The demo model knows the drawn birds of 'fieldmark aviary', not photographs, which need a real CLIP; \
  'fieldmark models get hf-hub:ORG/NAME' downloads one.

  """

@Test func theDemosModelSaysWhatItKnowsWhereAPhotographIsAskedAbout() throws {
  try ModelsFixture.run { home in
    let bird = ModelsFixture.shipped("demo/bird.png")
    let photograph = ModelsFixture.shipped("encoders/pictures/wide.png")
    for (pictures, notes) in [
      ([bird], ""), ([photograph], caution), ([bird, photograph], caution),
    ] {
      for command in ["classify", "highlight"] {
        let transcript = home.transcript(
          [command] + pictures + ["-c", "epaulets", "--json"])
        #expect(transcript.notes == notes && transcript.status == .done)
      }
      #expect(home.transcript(["embed"] + pictures).notes == notes)
    }
    #expect(home.transcript(["embed", "--text", "red epaulets"]).notes == "")
  }
}

@Test func aDatasetOfDrawnBirdsNeedsNoWarning() throws {
  try inWorld { home, birds in
    let words = ["train", birds, "--with", "least-squares", "-o", "HOME/head.safetensors"]
    #expect(home.transcript(words).notes == "")
    for name in try Fieldmark.Path("\(birds)/images").names() {
      for file in try Fieldmark.Path("\(birds)/images/\(name)").names() {
        let path = Fieldmark.Path("\(birds)/images/\(name)/\(file)")
        try Picture(path).write(to: path)
      }
    }
    #expect(home.transcript(words).notes == caution)
  }
}
