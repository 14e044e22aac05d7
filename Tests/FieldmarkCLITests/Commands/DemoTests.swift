import Encoders
import FieldmarkCLI
import Foundation
import Testing

private let transcript = """
  Words become the numbers that CLIP was trained on.
    red epaulets  <|startoftext|> 49406  red</w> 736  ep 1178  au 627  lets</w> 3243  <|endoftext|> 49407
    bird          <|startoftext|> 49406  bird</w> 3329  <|endoftext|> 49407

  A picture becomes what the model sees, byte for byte as Pillow makes it.
    480 x 320 pixels, drawn -> 224 x 224 in @
    of the picture it sees 320 x 320 from x 80, y 0

  Weights are read where they lie: 'fieldmark models' lists those on this machine, and
  'fieldmark models show MODEL' tells what one is made of, and how that is known.

  The two meet where a model has learned from both: 'fieldmark highlight PICTURE -c TEXT -a TEXT
  --model MODEL' draws where a picture shows one thing as opposed to another, 'fieldmark classify'
  scores pictures against words, 'fieldmark embed' gives the numbers behind that.

  """

@Test func theDemoSaysAndDrawsWhatTheReadmeShows() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent("demo.png")
  let results = Program.fieldmark.transcript(["demo", "--out", file.path])
  #expect(
    results == Transcript(results: transcript.replacingOccurrences(of: "@", with: file.path)))
  // Made by `fieldmark demo`; looked at, and in the README.
  let reference = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("References/demo.png")
  let drawn = try Picture(Encoders.Path(file.path))
  #expect(try drawn == Picture(Encoders.Path(reference.path)))
}

@Test func aDemoThatCannotWriteEndsWith73() {
  let results = Program.fieldmark.transcript(["demo", "--out", "/dev/null/demo.png"])
  #expect(results.status == ExitStatus(code: 73))
  #expect(
    results.notes == "/dev/null: expected a folder to write to, found something of that name.\n")
}
