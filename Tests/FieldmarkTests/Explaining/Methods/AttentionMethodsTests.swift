import Fieldmark
import Testing

/// By hand: of a rollout nothing is lost, the class token's attention to all is 1.
@Test func aRolloutSharesOutAllAttention() throws {
  let tiny = TinyModel(name: "vit")
  let encoder = try tiny.encoder()
  let view = View(encoder, try tiny.picture())
  let target = tiny.targets(1, .linear, width: encoder.architecture.embedding)[0]
  let patches = try Method.rollout(view, target).values.elements
  #expect(patches.allSatisfy { $0 > 0 } && patches.reduce(0, +) < 1)
}
