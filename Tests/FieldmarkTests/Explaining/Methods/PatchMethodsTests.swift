import Fieldmark
import Testing

private let transformers = TinyModel.transformers

@Test(arguments: transformers)
func aLinearScoreOfTheMeanIsTheMeanOfItsMap(_ model: TinyModel) throws {
  let encoder = try model.encoder().with(pool: .mean)
  let view = View(encoder, try model.picture())
  let targets = model.targets(3, .linear, width: encoder.architecture.embedding)
  for target in [targets[0], targets[1] - 0.6 * targets[2]] {
    let values = try Method.cam(view, target).values.elements
    let mean = values.reduce(0, +) / Float(values.count)
    // Without its direction a target is its biases.
    let nothing = target(Matrix(rows: 1, columns: encoder.architecture.embedding))
    let size = values.map(abs).max() ?? 0
    #expect(abs(mean + nothing - target(view.embedding)) < 1e-5 * size, "\(target.name)")
  }
}

@Test func aCosinesMapSumsToNothing() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder().with(pool: .mean)
  let view = View(encoder, try model.picture())
  let target = model.targets(1, .cosine(scale: 30), width: encoder.architecture.embedding)[0]
  let values = try Method.cam(view, target).values.elements
  let size = values.map(abs).max() ?? 0
  #expect(size > 0 && abs(values.reduce(0, +)) < 1e-5 * size)
}

@Test func aMeanThatThereIsNotIsRefused() throws {
  for (name, message) in [
    (
      "vit",
      "method cam: expected an embedding that is the mean of patches, found the class token's; "
        + "the pool 'mean' gives one."
    ),
    (
      "resnet",
      "method cam: expected an embedding that is the mean of patches, "
        + "found a ResNet's attention over its pixels."
    ),
  ] {
    let model = TinyModel(name: name)
    let view = View(try model.encoder(), try model.picture())
    let target = model.targets(1, .linear, width: view.embedding.columns)[0]
    let error = #expect(throws: InputError.self) { try Method.cam(view, target) }
    #expect(error?.description == message)
  }
}

@Test func aSecondPathNeedsATransformer() throws {
  let model = TinyModel(name: "resnet")
  let view = View(try model.encoder(), try model.picture())
  let target = model.targets(1, .linear, width: view.embedding.columns)[0]
  for method in [Method.gem, .clipSurgery] {
    let error = #expect(throws: InputError.self) { try method(view, target) }
    #expect(
      error?.description
        == "method \(method.name): expected a transformer, whose attention it looks at, found a "
        + "ResNet.")
  }
}

/// CLIP Surgery's form for one concept: the cosine with it, less that with the empty text.
@Test(arguments: transformers)
func mapsOfPatchesSubtractAsTheirTargetsDo(_ model: TinyModel) throws {
  let encoder = try model.encoder()
  let view = View(encoder, try model.picture())
  let targets = model.targets(2, .cosine(scale: 30), width: encoder.architecture.embedding)
  for method in [Method.maskCLIP, .gem, .clipSurgery] {
    let maps = try method.maps(view, targets + [targets[0] - targets[1]]).map(\.values)
    let worst = (maps[0] - maps[1] - maps[2]).elements.map(abs).max() ?? .infinity
    #expect(worst < 1e-4, "\(method.name)")
  }
}

/// With labels that are equally likely there is nothing to weigh.
@Test func surgeryAmongAlikeLabelsIsTheContrastWithTheirMean() {
  let embedding = Matrix([[1, 1, 1]])
  let labels = (0..<3).map { index in
    Target("\(index)", (0..<3).map { $0 == index ? 1 : 0 }, .linear)
  }
  let surgery = Target.surgery(on: 1, among: labels, embedding: embedding)
  let contrast = labels[1].compared(with: [labels[0], labels[2]], strength: 1)
  for patch in [Matrix([[2, 7, 1]]), Matrix([[-1, 0.5, 4]])] {
    #expect(abs(surgery(patch) - 2 / 3 * contrast(patch)) < 1e-5)
  }
}
