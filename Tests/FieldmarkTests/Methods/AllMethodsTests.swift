import Encoders
import Fieldmark
import Testing

/// Few masks and steps: what is asked is the same of four thousand.
private let settings = Method.Settings(seed: 7, masks: 40, iterations: 8)

/// Every method on every tiny transformer, with a contrast: a new method is tested by being listed.
@Test(arguments: TinyModel.transformers, Method.all.map(\.name))
func everyMethodTakesAContrast(_ model: TinyModel, _ name: String) throws {
  let method = try #require(Method(named: name))
  let encoder = try model.encoder()
  let picture = try model.picture()
  let view = View(encoder, picture)
  let targets = model.targets(3, .cosine(scale: 30), width: encoder.architecture.embedding)
  let plain = try method(view, targets[0], settings)
  #expect(plain.values.elements.contains { !$0.isFinite } == false)
  #expect(plain.values.rows > 1 && plain.region == encoder.preprocessing.region(of: picture))
  let none = targets[0].compared(with: Array(targets[1...]), strength: 0)
  #expect(try method(view, none, settings).values == plain.values, "strength 0 is the plain method")
  let contrast = targets[0].compared(with: Array(targets[1...]), strength: 0.6)
  let compared = try method(view, contrast, settings)
  #expect(compared.values.elements.contains { !$0.isFinite } == false)
  let asksNoTarget = ["eigen-cam", "rollout"].contains(name)
  // It finds nothing where a picture scores no more than its blurred self, and few steps are alike.
  if name == "mask" { return }
  #expect((compared.values == plain.values) == asksNoTarget)
}

@Test(arguments: ["vit", "dinov2-swiglu"], Method.all.map(\.name))
func everyMethodGivesTheSameBytesWhateverTheThreads(_ model: String, _ name: String) throws {
  let method = try #require(Method(named: name))
  let tiny = TinyModel(name: model)
  let encoder = try tiny.encoder()
  let target = tiny.targets(1, .linear, width: encoder.architecture.embedding)[0]
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let maps = try [1, 3, 1].map { threads in
    Cores.allowed = threads
    return try method(View(encoder, tiny.picture()), target, settings)
  }
  #expect(maps[0] == maps[1] && maps[0] == maps[2])
}

/// The pixels' shares add up to what the picture adds to the score of the mean colour.
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

/// By hand: of a rollout nothing is lost, the class token's attention to all is 1.
@Test func aRolloutSharesOutAllAttention() throws {
  let tiny = TinyModel(name: "vit")
  let encoder = try tiny.encoder()
  let view = View(encoder, try tiny.picture())
  let target = tiny.targets(1, .linear, width: encoder.architecture.embedding)[0]
  let patches = try Method.rollout(view, target).values.elements
  #expect(patches.allSatisfy { $0 > 0 } && patches.reduce(0, +) < 1)
}
