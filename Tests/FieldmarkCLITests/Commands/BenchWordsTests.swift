import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

@Test func benchWordsCountsWhatItReads() throws {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(
    "prompts-\(UUID().uuidString).txt")
  defer { try? FileManager.default.removeItem(at: file) }
  try Data("red epaulets\n\nbird\n".utf8).write(to: file)
  let transcript = Program.fieldmark.transcript(["bench", "words", file.path, "--rounds=1"])
  let report = try JSON(parsing: transcript.results.utf8, place: "report")
  // ((((737 * 31 + 1179) * 31 + 628) * 31 + 3244) * 31 * 31 + 3330) * 31
  let sum = String(((((737 * 31 + 1179) * 31 + 628) * 31 + 3244) * 31 * 31 + 3330) * 31, radix: 16)
  #expect(report["normalizer"]?.string == "huggingface")
  #expect(report["prompts"]?.integer == 2)
  #expect(report["tokens"]?.integer == 5)
  #expect(report["sum"]?.string == sum)
  #expect((report["seconds"]?.number ?? -1) >= 0)
}
