import Fieldmark
import Testing

private func deviation(_ a: [Float], _ b: [Float]) -> Float {
  let size = b.map(abs).max() ?? 0
  return (zip(a, b).map { abs($0 - $1) }.max() ?? .infinity) / max(size, .leastNormalMagnitude)
}

@Test(arguments: TinyModel.transformers.map(\.name))
func theClosedFormEqualsTheWayBackThroughAllLayers(_ name: String) throws {
  let model = TinyModel(name: name)
  let encoder = try model.encoder()
  let view = View(encoder, try model.picture())
  for space in [Target.Space.cosine(scale: 30), .linear] {
    let targets = model.targets(40, space, width: encoder.architecture.embedding)
    let contrast = targets[0].compared(with: Array(targets[1...3]), strength: 0.6)
    let soft = targets[0].comparedBySoftmax(with: Array(targets[1...3]), strength: 1)
    for target in [targets[0], contrast, soft] {
      let plain = view.plainGradient(target)
      #expect(deviation(view.gradient(target).elements, plain.elements) < 1e-5)
      let map =
        (view.activation
        * Matrix(
          rows: plain.columns, columns: 1, plain.meanRow().elements)).elements
      let closed = try Method.gradCAM(view, target).values.elements
      #expect(deviation(closed, map) < 1e-5, "\(name) \(space)")
    }
    for (target, gradient) in zip(targets, view.gradients(of: targets)) {
      #expect(deviation(gradient.elements, view.plainGradient(target).elements) < 1e-5)
    }
    let together = try view.gradCAMs(targets)
    for (target, map) in zip(targets, together) {
      let alone = try Method.gradCAM(view, target)
      #expect(deviation(map.values.elements, alone.values.elements) < 1e-5)
    }
  }
}

/// Grad-CAM is linear in the logits, so the contrast's map is the maps' contrast; what is clipped
/// first is not.
@Test func aContrastOfTargetsIsTheContrastOfRawMaps() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder()
  let view = View(encoder, try model.picture())
  let targets = model.targets(2, .cosine(scale: 30), width: encoder.architecture.embedding)
  let maps = try view.gradCAMs(targets + [targets[0].compared(with: [targets[1]], strength: 0.6)])
  let expected = maps[0].values - 0.6 * maps[1].values
  #expect(deviation(maps[2].values.elements, expected.elements) < 1e-5)
}
