import Fieldmark
import Foundation
import Testing

private struct Golden: Decodable {
  struct Map: Decodable {
    let concept: String
    let against: [String]
    let strength: Float
    let score: Float
    let grid: [Int]
    let values: [String: [Float]]
  }
  struct Case: Decodable {
    let picture: String
    let maps: [Map]
  }
  let prompts: [String]
  let cases: [Case]
}

@Test(
  .enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"), arguments: ["tiny1", "tiny2"])
func mapsEqualAutogradsOnTheGoldens(_ name: String) throws {
  let folder = ReferenceData.url("goldens/\(name)")
  let golden = try JSONDecoder().decode(
    Golden.self, from: Data(contentsOf: folder.appendingPathComponent("expected.json")))
  let model = try Model(
    Fieldmark.Path(folder.appendingPathComponent("open_clip").path), in: Caches(Environment([:])))
  let encoder = try ImageEncoder(model)
  let words = try TextEncoder(model)
  let texts = try words(golden.prompts)
  let target = { (prompt: String) throws -> Target in
    let row = try #require(golden.prompts.firstIndex(of: prompt))
    return Target(prompt, Array(texts[row: row]), .cosine(scale: words.scale))
  }
  for test in golden.cases {
    let picture = try Picture(Fieldmark.Path(folder.appendingPathComponent(test.picture).path))
    let view = View(encoder, picture)
    for map in test.maps {
      let contrast = try target(map.concept).compared(
        with: map.against.map(target), strength: map.strength)
      #expect(abs(contrast(view.embedding) - map.score) < 1e-4)
      for (method, values) in map.values {
        let known = try #require(Method(named: method))
        let found = try known(view, contrast)
        #expect([found.values.rows, found.values.columns] == map.grid)
        let size = values.map(abs).max() ?? 0
        let worst = zip(found.values.elements, values).map { abs($0 - $1) }.max() ?? .infinity
        #expect(worst < 1e-4 * size, "\(name) \(test.picture) \(map.concept) \(method)")
      }
    }
  }
}
