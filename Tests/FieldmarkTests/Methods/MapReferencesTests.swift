import Encoders
import Fieldmark
import Foundation
import Testing

/// (`python3 Benchmarks/references_maps.py Tests/References/maps`)
private struct Reference: Decodable {
  let picture: String
  let concept: Int
  let against: Int
  let strength: Float
  let maps: [String: [Float]]
}

private func deviation(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  let size = b.map(abs).max() ?? 0
  return (zip(a, b).map { abs($0 - $1) }.max() ?? .infinity) / size
}

@Test(arguments: ["vit", "vit-h"])
func mapsEqualThoseOfTheMethodsOwnCode(_ name: String) throws {
  let model = TinyModel(name: name)
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("References/maps/\(name).json")
  let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  let texts = try model.texts()
  let space = Target.Space.cosine(scale: try model.scale())
  let target = Target("a", Array(texts[row: reference.concept]), space).compared(
    with: [Target("b", Array(texts[row: reference.against]), space)],
    strength: reference.strength)
  let view = View(try model.encoder(), try model.picture(reference.picture))
  for (name, expected) in reference.maps.sorted(by: { $0.key < $1.key }) {
    guard let method = Method(named: name) else {
      Issue.record("There is no method \(name).")
      continue
    }
    let found = try method(view, target).values.elements
    let turned = name.hasPrefix("eigen") ? deviation(found.map { -$0 }, expected) : .infinity
    // XGrad-CAM divides by sums of channels, some of them near nothing.
    let worst = min(deviation(found, expected), turned)
    #expect(worst < 5e-5, "\(name) differs by \(worst)")
  }
}
