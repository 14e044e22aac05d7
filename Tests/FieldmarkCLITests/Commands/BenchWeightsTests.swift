import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// import hashlib, numpy
/// hashlib.sha256(numpy.array([3, 1, 2], "<f4").tobytes()).hexdigest()
@Test func benchWeightsDigestsWhatItReads() throws {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent(
    "weights-\(UUID().uuidString).safetensors")
  defer { try? FileManager.default.removeItem(at: file) }
  try writeSafetensors(
    [Tensor("b", shape: [2], [1, 2]), Tensor("a", shape: [], [3])], to: Fieldmark.Path(file.path))
  let transcript = Program.fieldmark.transcript(["bench", "weights", file.path, "--rounds=1"])
  let report = try JSON(parsing: transcript.results.utf8, place: "report")
  #expect(report["tensors"]?.integer == 2)
  #expect(report["reading"]?["F32"]?["numbers"]?.integer == 3)
  #expect(
    report["sha256"]?.string
      == "9035ebedbc08278b892811c47d66555399436d1d5556bd72fee58e9c4cb394f0")
}
