import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

@Test func anAviaryIsWrittenAndNamed() throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let words = ["aviary", "-o", folder, "-n", "3", "--size", "48", "--species", "plain_brackle"]
  let tied = words + ["--shortcut", "Plain Brackle=snow:1", "--captions", "2", "--threads", "1"]
  #expect(Program.fieldmark.transcript(tied) == Transcript(results: "\(folder)\n"))
  let images = try String(contentsOfFile: "\(folder)/images.txt", encoding: .utf8)
  #expect(images.hasPrefix("1 001.Plain_Brackle/Plain_Brackle_0001_0.png\n2 001."))
  let masks = try String(contentsOfFile: "\(folder)/masks/masks.jsonl", encoding: .utf8)
  #expect(masks.components(separatedBy: "snow behind the bird").count == 4)
  // The same again is the same; another world is not drawn over it.
  #expect(Program.fieldmark.transcript(tied).status == .done)
  #expect(
    Program.fieldmark.transcript(words).notes
      == "\(folder)/aviary.json: expected the captions asked for now, 0, found 2; name a new "
      + "folder.\n")
}

@Test func counterfactualsAreWrittenBesideAnAviary() throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let words = [
    "aviary", "-o", folder, "-n", "4", "--size", "48", "--species", "Plain Brackle", "--species",
    "Redshouldered Brackle", "--cheat", "Plain Brackle=warm-cast",
  ]
  let asked = words + ["--counterfactuals"]
  #expect(Program.fieldmark.transcript(asked) == Transcript(results: "\(folder)\n"))
  let table = try String(contentsOfFile: "\(folder)/counterfactuals.csv", encoding: .utf8)
  #expect(
    table.contains(
      ",cue,warm cast to none,002.Plain_Brackle,001.Redshouldered_Brackle\n"), "\(table)")
  #expect(
    Program.fieldmark.transcript(words).notes
      == "\(folder)/aviary.json: expected the counterfactuals asked for now, none, found \"test "
      + "pictures\"; name a new folder.\n")
}

@Test func aSightIsDrawnAndAnotherIsNotDrawnOverIt() throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let words = ["aviary", "-o", folder, "-n", "2", "--size", "64", "--species", "Plain Brackle"]
  let asked = words + ["--sight", "small"]
  #expect(Program.fieldmark.transcript(asked) == Transcript(results: "\(folder)\n"))
  let boxes = try String(contentsOfFile: "\(folder)/bounding_boxes.txt", encoding: .utf8)
  for box in boxes.split(separator: "\n") {
    let sides = box.split(separator: " ").suffix(2).compactMap { Double($0) }
    #expect(sides.count == 2 && sides.allSatisfy { $0 < 16 }, "\(box)")
  }
  #expect(
    Program.fieldmark.transcript(words).notes
      == "\(folder)/aviary.json: expected the sight asked for now, none, found \"small\"; name a new "
      + "folder.\n")
  #expect(
    Program.fieldmark.transcript(words + ["--sight", "several"]).notes
      == "\(folder)/aviary.json: expected the sight asked for now, \"several\", found \"small\"; name "
      + "a new folder.\n")
}

@Test(arguments: [
  (
    [],
    "option --out: expected a folder to write to, found none; 'fieldmark aviary -o birds' is one.\n"
  ),
  (
    ["-o", "birds", "-n", "0"], "option --count: expected 1 to 10000000, found 0.\n"
  ),
  (
    ["-o", "birds", "--size", "20"], "option --size: expected 32 to 4096, found 20.\n"
  ),
  (
    ["-o", "birds", "--species", "Lemon Thornat"],
    "species 'Lemon Thornat': expected one of the aviary's, found none; did you mean 'Lemon "
      + "Thornet'?\n"
  ),
  (
    ["-o", "birds", "--species", "Lemon Thornet", "--shortcut", "Plain Brackle=snow:1"],
    "option --shortcut: expected one of the --species, found 'Plain Brackle'.\n"
  ),
  (
    ["-o", "birds", "--species", "Plain Brackle", "--cheat", "Plain Brackle=snow"],
    "cheating species: expected a species with a look-alike among those that are drawn, found 'Plain "
      + "Brackle'; draw 'Redshouldered Brackle' too (--species).\n"
  ),
  (
    ["-o", "birds", "--species", "Plain Brackle", "--counterfactuals"],
    "counterfactuals: expected a species with a look-alike among those that are drawn, found 'Plain "
      + "Brackle'; draw 'Redshouldered Brackle' too (--species).\n"
  ),
  (
    ["-o", "birds", "--species", "Copper Hoverling", "--counterfactuals"],
    "counterfactuals: expected a species with a look-alike among those that are drawn, found 'Copper "
      + "Hoverling'; the list of species names those that have one (--list).\n"
  ),
  (
    [
      "-o", "birds", "--species", "Plain Brackle", "--species", "Lemon Thornet",
      "--counterfactuals",
    ],
    "counterfactuals: expected a species with a look-alike among those that are drawn, found 2 "
      + "species without any; draw 'Redshouldered Brackle' too (--species).\n"
  ),
  (
    ["-o", "birds", "--sight", "smal"],
    "option --sight: expected one of clear, small, occluded, several, found 'smal'; did you mean "
      + "'small'?\n"
  ),
  (
    ["-o", "birds", "-n", "60", "--counterfactuals"],
    "option --count: expected more than 60 with --counterfactuals, since the first picture of each "
      + "species is for training, found 60.\n"
  ),
])
func whatTheAviaryDoesNotUnderstandIsRefused(words: [String], message: String) {
  let expected = Transcript(notes: message, status: ExitStatus(code: 64))
  #expect(Program.fieldmark.transcript(["aviary"] + words) == expected)
}

@Test func theSpeciesAreListedWithTheirLookAlikes() {
  let lines = Program.fieldmark.transcript(["aviary", "--list"]).results.split(separator: "\n")
  #expect(lines.count == 60)
  #expect(lines[1] == "Plain Brackle, like Redshouldered Brackle but for its epaulets")
}
