import Fieldmark
import Foundation
import Testing

/// A class token, none but an attention that pools, and registers.
private let trunks = ["vit", "resnet", "dinov2-registers"].map(TinyModel.init)

extension TinyModel {
  /// As the method asks for it, where there is such an encoder: with the mean of patches.
  fileprivate func view(for name: String = "") throws -> View {
    let encoder = try encoder()
    let isMean = name == Method.cam.name && encoder.architecture.kind != "resnet"
    return View(isMean ? try encoder.with(pool: .mean) : encoder, try picture())
  }
}

extension View {
  /// Concepts that are no words, but directions that are the same on every run.
  fileprivate func concepts(_ count: Int) -> [Target] {
    (0..<count).map { index in
      let direction = (0..<embedding.columns).map { Float(sin(Double($0 * (2 * index + 3)))) }
      return Target("concept \(index)", direction, .cosine(scale: 100))
    }
  }

  /// Nil where the method says itself that it looks at what a ResNet has not.
  fileprivate func map(_ name: String, _ target: Target) throws -> Heatmap? {
    let method = try #require(Method(named: name))
    do {
      return try method(self, target, settings)
    } catch let error as InputError where error.place == "method \(name)" {
      try #require(encoder.architecture.kind == "resnet")
      return nil
    }
  }
}

/// Few masks and steps, so that all of this takes seconds.
private let settings = Method.Settings(seed: 7).with(Method.masks, 40).with(Method.iterations, 8)

@Test(arguments: trunks, Method.all.map(\.name))
private func onlyAMethodThatSaysSoIgnoresItsTarget(_ trunk: TinyModel, _ name: String) throws {
  let view = try trunk.view(for: name)
  let concepts = view.concepts(2)
  guard let one = try view.map(name, concepts[0]), let other = try view.map(name, concepts[1])
  else { return }
  #expect(try #require(Method(named: name)).ignoresTarget == (one == other))
}

/// A contrast as questions make it knows its concept, which Score-CAM's baseline depends on.
@Test(arguments: Method.all)
private func onlyAMethodThatSaysSoIsLinearInItsTarget(_ method: Method) throws {
  var worst: Float = 0
  for trunk in trunks {
    let view = try trunk.view(for: method.name)
    let concepts = view.concepts(2)
    let contrast = concepts[0].compared(with: [concepts[1]], strength: 0.6)
    guard let map = try view.map(method.name, contrast),
      let own = try view.map(method.name, concepts[0]),
      let other = try view.map(method.name, concepts[1])
    else { continue }
    let size = (own.values.elements + other.values.elements).map(abs).max() ?? 0
    let rest = map.values - (own.values - 0.6 * other.values)
    worst = max(worst, (rest.elements.map(abs).max() ?? 0) / max(size, .leastNormalMagnitude))
  }
  #expect(method.isLinear == (worst < 1e-4), "off by \(worst) of the largest value")
  #expect(method.isLinear || worst > 1e-2, "off by \(worst) of the largest value")
}

@Test func probabilitiesAreNotLinear() throws {
  let read = Method.Settings(score: .probability)
  let linear = Method.all.filter(\.isLinear)
  let still = linear.filter { $0.isLinear(read) }
  let changed = [
    Method.scoreCAMOfDifferences, .ablationCAM, .occlusion, .rise, .lime,
  ].map(\.name)
  #expect(Set(linear.map(\.name)) == Set(still.map(\.name) + changed))
  #expect(linear.allSatisfy { $0.isLinear(.init()) } && !Method.lightGLAS.isLinear(.init()))
  let view = try trunks[0].view()
  let concepts = view.concepts(2)
  let contrast = concepts[0].compared(with: [concepts[1]], strength: 0.6)
  let occlusion = try [contrast, concepts[0], concepts[1]].map {
    try Method.occlusion(view, $0, read).values
  }
  let rest = occlusion[0] - (occlusion[1] - 0.6 * occlusion[2])
  #expect((rest.elements.map(abs).max() ?? 0) > 0.01)
}

@Test(arguments: trunks, Method.all.map(\.name))
private func everyMethodMapsAnyContrastOnAnyTrunk(_ trunk: TinyModel, _ name: String) throws {
  let view = try trunk.view(for: name)
  let concepts = view.concepts(3)
  let others = Array(concepts.dropFirst())
  let seen = view.encoder.preprocessing
  let sizes = [[view.tap.grid.height, view.tap.grid.width], [seen.height, seen.width]]
  let targets = [
    concepts[0].compared(with: others, strength: 0.6),
    concepts[0].comparedBySoftmax(with: others, strength: 1),
  ]
  for target in targets {
    guard let map = try view.map(name, target) else { return }
    #expect(sizes.contains([map.values.rows, map.values.columns]), "\(map.values)")
    let strays = map.values.elements.count { !$0.isFinite }
    #expect(strays == 0, "\(map.values)")
  }
  let plain = try view.map(name, concepts[0])
  let uncompared = try view.map(name, concepts[0].compared(with: others, strength: 0))
  #expect(uncompared == plain)
}

@Test(arguments: trunks, Method.all.map(\.name))
private func everyMethodLooksAtAnyBlock(_ trunk: TinyModel, _ name: String) throws {
  let last = try trunk.view(for: name)
  let view = View(last.encoder, last.picture, block: 0)
  let concepts = view.concepts(2)
  guard let map = try view.map(name, concepts[0] - 0.6 * concepts[1]) else { return }
  let strays = map.values.elements.count { !$0.isFinite }
  #expect(strays == 0 && map.values.rows > 1, "\(map.values)")
}

@Test(arguments: trunks, Method.all.map(\.name))
private func everyMethodGivesTheSameBytesOnAnyThreads(_ trunk: TinyModel, _ name: String) throws {
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let maps = try [1, 3].map { threads in
    Cores.allowed = threads
    let view = try trunk.view(for: name)
    let concepts = view.concepts(2)
    return try view.map(name, concepts[0] - 0.6 * concepts[1])
  }
  #expect(maps[0] == maps[1])
}

/// A contrast is another question, but to methods that ask none.
@Test(arguments: TinyModel.transformers, Method.all.map(\.name))
func everyMethodTakesAContrast(_ model: TinyModel, _ name: String) throws {
  let method = try #require(Method(named: name))
  let view = try model.view(for: name)
  let (encoder, picture) = (view.encoder, view.picture)
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
  let target = tiny.targets(1, .linear, width: try tiny.view().embedding.columns)[0]
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let maps = try [1, 3, 1].map { threads in
    Cores.allowed = threads
    return try method(tiny.view(for: name), target, settings)
  }
  #expect(maps[0] == maps[1] && maps[0] == maps[2])
}

/// What is worked out once for all targets is what each is given alone.
@Test(arguments: trunks, Method.all.map(\.name))
private func everyMethodAnswersManyAsItAnswersOne(_ trunk: TinyModel, _ name: String) throws {
  let view = try trunk.view(for: name)
  let concepts = view.concepts(3)
  let soft = concepts[0].comparedBySoftmax(with: [concepts[1], concepts[2]], strength: 1)
  let targets = [concepts[0], concepts[1] - 0.6 * concepts[2], soft]
  guard try view.map(name, targets[0]) != nil else { return }
  let method = try #require(Method(named: name))
  let together = try method.maps(view, targets, settings)
  #expect(together.count == targets.count)
  for (target, map) in zip(targets, together) {
    let alone = try method(trunk.view(for: name), target, settings)
    let size = alone.values.elements.map(abs).max() ?? 0
    let worst = (map.values - alone.values).elements.map(abs).max() ?? .infinity
    // Grad-CAM++ divides by sums of gradients' powers, some of them near nothing.
    let most: Float = name == "grad-cam++" ? 1e-3 : 1e-5
    #expect(worst <= most * size, "\(target.name): \(worst / size)")
  }
  #expect(try method.maps(view, [], settings).isEmpty)
}

@Test func methodsHaveNamesOfTheirOwn() {
  let names = Method.all.map(\.name)
  #expect(Set(names).count == names.count)
}

@Test(arguments: [
  ("rise", Method.Settings().with(Method.masks, 0), "masks: expected 1 to 1000000, found 0."),
  (
    "rise", Method.Settings().with(Method.masks, .max),
    "masks: expected 1 to 1000000, found \(Int.max)."
  ),
  (
    "gscore-cam", Method.Settings().with(Method.channels, -3),
    "channels: expected at least 1, found -3."
  ),
  (
    "mask", Method.Settings().with(Method.iterations, -1),
    "iterations: expected 1 to 1000000, found -1."
  ),
  ("occlusion", Method.Settings().with(Method.window, 0), "window: expected at least 1, found 0."),
  ("occlusion", Method.Settings().with(Method.step, 0), "step: expected at least 1, found 0."),
  (
    "occlusion", Method.Settings().with(Method.window, 4).with(Method.step, 5),
    "method occlusion, its step: expected at most the side of the square, 4, found 5; larger steps leave "
      + "pixels that are never hidden."
  ),
])
private func settingsThatMeanNothingAreRefused(
  _ name: String, _ settings: Method.Settings, _ message: String
) throws {
  let method = try #require(Method(named: name))
  let view = try trunks[0].view()
  let target = view.concepts(1)[0]
  let error = #expect(throws: InputError.self) { try method(view, target, settings) }
  #expect(error?.description == message)
}

@Test(arguments: trunks)
private func settingsBeyondThePictureMeanAllOfIt(_ trunk: TinyModel) throws {
  let view = try trunk.view()
  let target = view.concepts(1)[0]
  let all = try Method.occlusion(
    view, target, Method.Settings().with(Method.window, .max).with(Method.step, .max))
  #expect(Set(all.values.elements).count == 1)
  let every = try Method.gScoreCAM(view, target, Method.Settings().with(Method.channels, .max))
  #expect(every == (try Method.softmaxScoreCAM(view, target)))
}

@Test func aSeedDecidesTheRandomMasks() throws {
  let view = try trunks[0].view()
  let target = view.concepts(1)[0]
  let maps = try [1, 1, 2].map { seed in
    try Method.rise(view, target, Method.Settings(seed: seed).with(Method.masks, 20))
  }
  #expect(maps[0] == maps[1])
  #expect(maps[0] != maps[2])
}
