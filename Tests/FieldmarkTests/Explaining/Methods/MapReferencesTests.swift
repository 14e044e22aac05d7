import Fieldmark
import Foundation
import Testing

/// (`python3 References/make_maps.py Tests/References/maps`)
private struct Reference: Decodable {
  let picture: String
  let concept: Int
  let against: Int
  let strength: Float
  let maps: [String: [Float]]
  /// Beside the last two blocks alone.
  let lastTwo: [String: [Float]]
  /// One label among all of them, by CLIP Surgery's features.
  let amongAll: [String: [Float]]
  /// With the mean of patches as the embedding.
  let ofTheMean: [String: [Float]]

  private enum CodingKeys: String, CodingKey {
    case picture, concept, against, strength, maps
    case lastTwo = "last-two"
    case amongAll = "among-all"
    case ofTheMean = "of-the-mean"
  }

  init(_ name: String) throws {
    self = try ReferenceData.shipped(Reference.self, "maps/\(name).json")
  }

  func prompts(_ model: TinyModel) throws -> [Target] {
    let texts = try model.texts()
    let space = Target.Space.cosine(scale: try model.scale())
    return (0..<texts.rows).map { Target("\($0)", Array(texts[row: $0]), space) }
  }

  func contrast(_ model: TinyModel) throws -> Target {
    let prompts = try prompts(model)
    return prompts[concept].compared(with: [prompts[against]], strength: strength)
  }
}

private func deviation(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  let size = b.map(abs).max() ?? 0
  return (zip(a, b).map { abs($0 - $1) }.max() ?? .infinity) / size
}

@Test(arguments: ["vit", "vit-h"])
func mapsEqualThoseOfTheMethodsOwnCode(_ name: String) throws {
  let model = TinyModel(name: name)
  let reference = try Reference(name)
  let target = try reference.contrast(model)
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

@Test(arguments: ["vit", "vit-h"])
func aSecondPathCanBeginLater(_ name: String) throws {
  let model = TinyModel(name: name)
  let reference = try Reference(name)
  let target = try reference.contrast(model)
  let encoder = try model.encoder()
  let activations = try #require(
    encoder.activations(encoder.planes(of: model.picture(reference.picture))))
  for (name, rows) in [
    ("gem", activations.gem(last: 2)), ("clip-surgery", activations.surgery(last: 2)),
  ] {
    let found = (activations.skipped..<rows.rows).map { target(rows.rows($0..<$0 + 1)) }
    let worst = deviation(found, try #require(reference.lastTwo[name]))
    #expect(worst < 5e-5, "\(name) differs by \(worst)")
  }
}

@Test(arguments: ["vit", "vit-h"])
func surgeryOfFeaturesIsATarget(_ name: String) throws {
  let model = TinyModel(name: name)
  let reference = try Reference(name)
  let view = View(try model.encoder(), try model.picture(reference.picture))
  let target = Target.surgery(
    on: 0, among: try reference.prompts(model), embedding: view.embedding)
  let found = try Method.clipSurgery(view, target).values.elements
  let worst = deviation(found, try #require(reference.amongAll["clip-surgery"]))
  #expect(worst < 5e-5, "\(worst)")
}

@Test(arguments: ["vit", "vit-h"])
func mapsOfTheMeanEqualTheirFormulas(_ name: String) throws {
  let model = TinyModel(name: name)
  let reference = try Reference(name)
  let view = View(
    try model.encoder().with(pool: .mean), try model.picture(reference.picture))
  let found = try Method.cam(view, reference.contrast(model)).values.elements
  let worst = deviation(found, try #require(reference.ofTheMean["cam"]))
  #expect(worst < 5e-5, "\(worst)")
}
