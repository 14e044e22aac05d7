import Fieldmark
import Testing

/// Another target is read from the same looks, and gets what it gets alone.
@Test(arguments: ["score-cam", "ablation-cam", "occlusion", "glas", "rise", "lime"])
func whatWasLookedAtForOneTargetIsReadForTheNext(_ name: String) throws {
  let model = TinyModel(name: "vit")
  let (encoder, picture) = (try model.encoder(), try model.picture())
  let method = try #require(Method(named: name))
  let targets = model.targets(2, .cosine(scale: 20), width: 24)
  let settings = Method.Settings().with(Method.masks, 40)
  let view = View(encoder, picture)
  let maps = try method.maps(view, targets, settings)
  for (map, target) in zip(maps, targets) {
    #expect(try method(View(encoder, picture), target, settings) == map)
  }
  #expect(maps[0] != maps[1])
  // Nothing is left to compute for a third.
  let keptOutput = try #require(view.keptScores.first)
  #expect(view.keptOutput(keptOutput) { preconditionFailure("It was looked at before.") }.rows > 1)
}

@Test func looksOfOtherMasksAreOthers() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  let target = model.targets(1, .cosine(scale: 20), width: 24)[0]
  let maps = try [UInt64(1), 2].map { seed in
    try Method.rise(view, target, Method.Settings(seed: seed).with(Method.masks, 20))
  }
  #expect(maps[0] != maps[1] && view.keptScores == ["random 20 1", "random 20 2"])
}
