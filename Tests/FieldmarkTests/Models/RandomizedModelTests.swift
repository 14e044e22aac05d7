import Fieldmark
import Testing

private func model(_ name: String) throws -> Model {
  try Model(
    Fieldmark.Path(ReferenceData.shipped("encoders/\(name)").path), in: Caches(Environment([:])))
}

@Test(arguments: ["vit", "resnet", "dinov2-registers"])
func everyWeightOfThePicturesTowerIsInOneLayer(_ name: String) throws {
  let model = try model(name)
  let weights = model.imageLayers.flatMap(\.weights)
  let tower = model.weights.map(\.name).filter { $0.hasPrefix("visual.") }
  #expect(weights.count == tower.count && Set(weights) == Set(tower))
  let blocks = try ImageEncoder(model).blocks
  let names = (0..<blocks).reversed().map { "block \($0)" }
  #expect(model.imageLayers.map(\.name) == ["embedding"] + names + ["patches"])
  #expect(model.imageLayers.allSatisfy { !$0.weights.isEmpty }, "\(model.imageLayers)")
}

@Test func aLayerDrawnAnewKeepsShapeMeanAndDeviation() throws {
  let model = try model("vit")
  let layer = model.imageLayers[1]
  let changed = try model.randomized(layer, seed: 4)
  for (old, new) in zip(model.weights, changed.weights) {
    let (before, after) = (try old.floats(), try new.floats())
    #expect(old.name == new.name && old.shape == new.shape)
    guard layer.weights.contains(old.name) else {
      #expect(before == after, "\(old.name)")
      continue
    }
    #expect(before != after, "\(old.name)")
    guard before.count > 1000 else { continue }
    let (a, b) = (spread(before), spread(after))
    #expect(abs(a.mean - b.mean) < 0.1 * a.deviation, "\(old.name)")
    #expect(abs(a.deviation - b.deviation) < 0.1 * a.deviation, "\(old.name)")
  }
  let again = try model.randomized(layer, seed: 4)
  let other = try model.randomized(layer, seed: 5)
  let name = layer.weights[0]
  #expect(try again.weight(name).floats() == changed.weight(name).floats())
  #expect(try other.weight(name).floats() != changed.weight(name).floats())
}

@Test func itDoesNotMatterWhichLayerIsDrawnFirst() throws {
  let model = try model("vit")
  let layers = model.imageLayers
  let down = try model.randomized(layers[0], seed: 1).randomized(layers[2], seed: 1)
  let up = try model.randomized(layers[2], seed: 1).randomized(layers[0], seed: 1)
  for (a, b) in zip(down.weights, up.weights) {
    let (a, b) = (try a.floats(), try b.floats())
    #expect(a == b)
  }
}

/// A variance below 0 has no root.
@Test func aResNetDrawnAnewStillGivesNumbers() throws {
  let whole = try model("resnet")
  let changed = try whole.imageLayers.reduce(whole) { try $0.randomized($1, seed: 2) }
  for weight in whole.weights where weight.name.contains(".running_") {
    let (before, after) = (try weight.floats(), try changed.weight(weight.name).floats())
    #expect(before == after)
  }
  let encoder = try ImageEncoder(changed)
  let pixels = encoder.preprocessing.width * encoder.preprocessing.height
  let planes = matrix(3, pixels, seed: 3)
  let embedding = encoder.layers(planes)
  #expect(embedding.elements.allSatisfy { $0.isFinite })
  let before = try ImageEncoder(whole).layers(planes)
  #expect(embedding != before)
}

private func spread(_ values: [Float]) -> (mean: Double, deviation: Double) {
  let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
  let square = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
  return (mean, (square / Double(values.count)).squareRoot())
}
