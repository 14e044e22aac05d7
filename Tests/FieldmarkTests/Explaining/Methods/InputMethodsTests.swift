import Fieldmark
import Testing

/// The pixels' shares add up to what the picture adds to the score of the mean color.
@Test func integratedGradientsAreComplete() throws {
  let tiny = TinyModel(name: "vit-h")
  let encoder = try tiny.encoder()
  let view = View(encoder, try tiny.picture())
  let target = tiny.targets(1, .cosine(scale: 10), width: encoder.architecture.embedding)[0]
  let map = try Method.integratedGradients(view, target)
  let sum = map.values.elements.reduce(0.0) { $0 + Double($1) }
  let nothing = encoder.layers(Matrix(rows: 3, columns: view.planes.columns))
  let difference = Double(target(view.embedding) - target(nothing))
  #expect(abs(sum - difference) < 0.05 * max(1, abs(difference)), "\(sum) and \(difference)")
}
