import Fieldmark
import Synchronization
import Testing

@Test func probabilitiesAreTheSoftmaxOfTheLogits() throws {
  let scorer = Scorer { $0.map { [Double($0[0, 0]), Double($0[0, 0]) + 1] } }
  let scores = try scorer(Matrix([[5]]))
  expectNear(scores, [1 / (1 + 2.718281828459045), 1 / (1 + 0.36787944117144233)], within: 1e-12)
  let plain = Scorer(.logit) { $0.map { _ in [5, 6] } }
  #expect(try plain(Matrix([[5]])) == [5, 6])
}

@Test func theToyScoresTheSameInBothLanguages() throws {
  expectNear(Toy.logits(Toy.picture()), try ToyReferences.read().logits, within: 1e-12)
}

/// No more pictures are made than are shown at once.
@Test func picturesAreShownInBatchesInTheirOrder() throws {
  let shown = Mutex<[Int]>([])
  let scorer = Scorer(.logit, batch: 4) { pictures in
    shown.withLock { $0.append(pictures.count) }
    return pictures.map { [Double($0[0, 0])] }
  }
  let scores = try scorer.scores(of: ChangedPictures(10) { Matrix([[Float($0)]]) })
  #expect(scores == (0..<10).map { [Double($0)] })
  #expect(shown.withLock { $0 } == [4, 4, 2])
}

@Test func aJudgeOfEachPictureSaysWhatOneOfBatchesSays() throws {
  let pictures = ChangedPictures(11) { index in Float(index) * Toy.picture() }
  let plain = try Toy.scorer().scores(of: pictures)
  let found = try Scorer.each { Toy.logits($0) }.scores(of: pictures)
  #expect(found == plain)
}

/// However many pictures there are: each is made by the core that looks at it.
@Test func noMorePicturesAreInMemoryThanCoresLookAtThem() throws {
  let before = Cores.allowed
  defer { Cores.allowed = before }
  Cores.allowed = 2
  let alive = Mutex((now: 0, most: 0))
  let scorer = Scorer.each(.logit) { picture in
    alive.withLock { $0.now -= 1 }
    return [Double(picture[0, 0])]
  }
  let scores = try scorer.scores(
    of: ChangedPictures(500) { index in
      alive.withLock { alive in
        alive.now += 1
        alive.most = max(alive.most, alive.now)
      }
      return Matrix([[Float(index)]])
    })
  #expect(scores == (0..<500).map { [Double($0)] })
  let most = alive.withLock { $0.most }
  #expect((1...2).contains(most))
}

/// Nor does it matter how many of them look at one picture.
@Test(arguments: ["vit", "resnet"])
func scoresAreTheSameOnAnyNumberOfCores(_ name: String) throws {
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let model = TinyModel(name: name)
  let view = View(try model.encoder(), try model.picture())
  let width = view.encoder.architecture.embedding
  let scorer = view.encoder.scorer(model.targets(3, .cosine(scale: 20), width: width))
  let pictures = ChangedPictures(3) { index in (1 - Float(index) / 4) * view.planes }
  let scores = try [1, 2, 3, 7].map { cores in
    Cores.allowed = cores
    return try scorer.scores(of: pictures)
  }
  #expect(scores.allSatisfy { $0 == scores[0] })
}

@Test func oneClassHasNoProbability() {
  let scorer = Scorer { $0.map { _ in [3] } }
  let error = #expect(throws: InputError.self) { try scorer(Matrix([[1]])) }
  #expect(
    error?.description
      == "score probability: expected at least two classes, found 1; "
      + "score logit takes one.")
}

@Test func logitsThatAreNoNumbersAreRefused() {
  let scorer = Scorer(.logit) { $0.map { _ in [1, .nan] } }
  let error = #expect(throws: InputError.self) { try scorer(Matrix([[1]])) }
  #expect(error?.description == "the model's logits: expected finite numbers, found nan.")
}

@Test func anEncodersJudgeSaysWhatItsTargetsSay() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  let targets = model.targets(3, .cosine(scale: 20), width: 24)
  let logits = try view.encoder.scorer(targets, .logit)(view.planes)
  expectNear(logits, targets.map { Double($0(view.embedding)) }, within: 1e-4)
}

@Test func aMapHasANumberForEachPixelThatTheModelSees() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  let map = try Method.gradCAM(view, model.targets(1, .cosine(scale: 20), width: 24)[0])
  let values = view.pixelValues(of: map)
  #expect(values.count == view.pixels.pixels && view.planes.columns == values.count)
  // The corner's middle lies beyond that of the first cell.
  #expect(values[0] == map.values[0, 0])
}

/// All of it on a model: what the map of a class says of that class.
@Test func measuresRunOnAModel() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  let targets = model.targets(3, .cosine(scale: 20), width: 24)
  let map = view.pixelValues(of: try Method.gradCAM(view, targets[0]))
  let scorer = view.encoder.scorer(targets)
  let curve = try PixelPath.deletion.curve(view.planes, view.pixels, map, scorer)
  #expect(curve.scores.count == 12, "48 x 48 pixels, 224 at a step")
  expectNear(curve.scores[0], try scorer(view.planes), within: 1e-6)
  let road = try ROAD(percentiles: [50])(view.planes, view.pixels, map, of: 0, scorer)
  let again = try ROAD(percentiles: [50])(view.planes, view.pixels, map, of: 0, scorer)
  #expect(road == again && road.combined != nil)
}
