import Fieldmark
import Synchronization
import Testing

private let model = TinyModel(name: "vit")
private let settings = Method.Settings(seed: 1).with(Method.masks, 60).with(Method.iterations, 60)

/// Counts passes, and says no after so many.
private final class Counting: Sendable {
  private let counts = Mutex((begun: 0, ended: 0))
  let most: Int

  init(most: Int) { self.most = most }

  var passes: Passes {
    Passes(
      begin: { [self] count in counts.withLock { $0.begun += count } },
      end: { [self] in counts.withLock { $0.ended += 1 } },
      goesOn: { [self] in counts.withLock { $0.ended } < most })
  }

  var begun: Int { counts.withLock { $0.begun } }
  var ended: Int { counts.withLock { $0.ended } }
}

private func view(_ passes: Passes) throws -> View {
  View(try model.encoder(), try model.picture(), passes: passes)
}

private func target() throws -> Target { model.targets(1, .linear, width: 24)[0] }

@Test(
  arguments: [
    ("smoothgrad", 25), ("integrated-gradients", 32), ("score-cam", 32), ("score-cam-softmax", 32),
    ("gscore-cam", 32), ("ablation-cam", 32), ("rise", 60), ("lime", 60), ("glas", 450),
    ("glas-light", 225), ("glas-shadow", 225), ("mask", 60),
  ])
func aSlowMethodTellsOfEachPassAndStopsBetweenTwo(_ name: String, _ count: Int) throws {
  let method = try #require(Method(named: name))
  let whole = Counting(most: .max)
  _ = try method(view(whole.passes), target(), settings)
  #expect(whole.begun == count && whole.ended == count)
  let stopped = Counting(most: 5)
  #expect(throws: Interrupted.self) {
    try method(view(stopped.passes), target(), settings)
  }
  #expect(stopped.ended < 5 + Cores.allowed)
}

@Test(arguments: Method.all.map(\.name))
func noMethodBeginsAfterAnInterrupt(_ name: String) throws {
  let method = try #require(Method(named: name))
  #expect(throws: Interrupted.self) {
    try method(view(Counting(most: 0).passes), target(), settings)
  }
}

@Test func aJudgeStopsBetweenTwoPictures() throws {
  let counting = Counting(most: 5)
  let view = try view(.silent)
  let scorer = view.encoder.scorer(model.targets(2, .linear, width: 24), .logit, counting.passes)
  #expect(throws: Interrupted.self) {
    try scorer.scores(of: ChangedPictures(300) { _ in view.planes })
  }
  #expect(counting.ended < 5 + Cores.allowed)
}
