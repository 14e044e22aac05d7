import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private func numbers(_ count: Int, _ seed: Int) -> [Float] {
  (0..<count).map { Float(($0 * 7919 + seed) % 257) / 128 - 1 }
}

private func file(labels: [Float] = [1, 0], _ body: (String) throws -> Void) throws {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent(
    "passes-\(UUID().uuidString).safetensors")
  defer { try? FileManager.default.removeItem(at: path) }
  try writeSafetensors(
    [
      Tensor("planes", shape: [2, 3, 48, 48], numbers(2 * 3 * 2304, 1)),
      Tensor("maps", shape: [2, 2304], numbers(2 * 2304, 2)),
      Tensor("directions", shape: [3, 24], numbers(3 * 24, 3)),
      Tensor("labels", shape: [2], labels), Tensor("references", shape: [2], [2, 2]),
    ], to: Fieldmark.Path(path.path))
  try body(path.path)
}

private let model = ModelsFixture.shipped("encoders/vit")

/// What it times is what the measures say of the same pictures.
@Test func benchPassesMeasuresWhatMeasuresMeasure() throws {
  let encoder = try ImageEncoder(Model(Fieldmark.Path(model), in: Caches(Environment([:]))))
  let targets = (0..<3).map {
    Target("", Array(numbers(72, 3)[$0 * 24..<($0 + 1) * 24]), .cosine(scale: 100))
  }
  let pixels = Grid(width: 48, height: 48)
  let planes = Matrix(rows: 3, columns: 2304, Array(numbers(2 * 3 * 2304, 1)[..<6912]))
  let curve = try PixelPath.deletion.curve(
    planes, pixels, Array(numbers(4608, 2)[..<2304]), encoder.scorer(targets))
  try file { path in
    let transcript = Program.fieldmark.transcript([
      "bench", "passes", "--model", model, "--file", path, "--measures", "deletion,rd-5,road",
    ])
    let reports = try transcript.results.split(separator: "\n").map {
      try JSON(parsing: $0.utf8, place: "report")
    }
    #expect(reports.map { $0["measure"]?.string } == ["deletion", "rd-5", "road"])
    #expect(reports.map { $0["passes"]?.integer } == [12, 2, 19])
    let values = try #require(reports.first?["values"]?.array).map { $0.number ?? .nan }
    #expect(values.count == 2 && abs(values[0] - curve.area(of: 1)) < 1e-9)
    #expect(reports.allSatisfy { ($0["seconds"]?.number ?? 0) > 0 && $0["bare"] != nil })
  }
}

@Test func benchPassesRefusesClassesThatAreNotThere() throws {
  try file(labels: [1, 3]) { path in
    let transcript = Program.fieldmark.transcript([
      "bench", "passes", "--model", model, "--file", path,
    ])
    #expect(
      transcript.notes
        == "'labels': expected a class below 3 for each of 2 pictures, found [1, 3].\n")
  }
}
