import Fieldmark
import Testing

private let planes = Toy.picture()
private let maps = ["scattered": Toy.scattered, "hill": Toy.hill, "ties": Toy.ties]

private func path(_ path: PixelPath, step: Int = 40, _ order: PixelOrder) -> PixelPath {
  var path = path
  path.step = step
  path.order = order
  return path
}

/// One pixel of two counts: with it gone first the score is gone at once.
@Test func whatCountsGoesFirstWhereTheMapSaysSo() throws {
  let scorer = Scorer(.logit) { $0.map { [Double($0[0, 1])] } }
  let small = Matrix([[5, 8, 5, 5]])
  let pixels = Grid(width: 4, height: 1)
  let deletion = path(.deletion, step: 1, .firstOfEquals)
  let good = try deletion.curve(small, pixels, [0, 1, 0, 0], scorer)
  #expect(good.scores(of: 0) == [8, 0, 0, 0, 0] && good.area(of: 0) == 1)
  #expect(good.shares == [0, 0.25, 0.5, 0.75, 1])
  let poor = try deletion.curve(small, pixels, [1, 0, 1, 1], scorer)
  #expect(poor.scores(of: 0) == [8, 8, 8, 8, 0] && poor.area(of: 0) == 7)
  var insertion = path(.insertion, step: 3, .firstOfEquals)
  insertion.fill = .zero
  let put = try insertion.curve(small, pixels, [0, 1, 0, 0], scorer)
  #expect(put.scores(of: 0) == [0, 8, 8] && put.shares == [0, 0.75, 1])
}

/// (`python3 References/make_faithfulness.py Tests/References`)
@Test(arguments: ["scattered", "hill", "ties"])
func curvesEqualRISEsEvaluation(_ name: String) throws {
  let map = try #require(maps[name])
  let references = try #require(try ToyReferences.read().rise[name])
  for (kind, theirs) in [
    (PixelPath.deletion, references.deletion), (PixelPath.insertion, references.insertion),
  ] {
    let curve = try path(kind, .lastOfEquals).curve(planes, Toy.pixels, map, Toy.scorer())
    expectNear(curve.scores.flatMap { $0 }, theirs.curve.flatMap { $0 }, "\(kind.direction)")
    expectNear([curve.area(of: Toy.asked)], [theirs.auc], "area")
  }
}

@Test func theOrderOfEqualsChangesTheNumber() throws {
  let areas = try PixelOrder.allCases.map {
    try path(.deletion, $0).curve(planes, Toy.pixels, Toy.ties, Toy.scorer()).area(of: Toy.asked)
  }
  #expect(abs(areas[0] - areas[1]) > 1e-3, "\(areas)")
}

/// The plain way: one picture that changes, step by step.
@Test func aPictureMadeByItselfIsTheOneThatStepsLeadTo() throws {
  let walk = path(.insertion, step: 50, .firstOfEquals)
  var now = Fill.blur(planes, Toy.pixels)
  let order = PixelOrder.firstOfEquals(Toy.hill)
  var expected = [Toy.logits(now)]
  for start in stride(from: 0, to: order.count, by: 50) {
    for pixel in order[start..<min(start + 50, order.count)] {
      for plane in 0..<3 { now[plane, pixel] = planes[plane, pixel] }
    }
    expected.append(Toy.logits(now))
  }
  let curve = try walk.curve(planes, Toy.pixels, Toy.hill, Toy.scorer(.logit))
  #expect(curve.scores == expected)
}

@Test func theSizeOfABatchChangesNothing() throws {
  let walk = path(.deletion, .firstOfEquals)
  let curves = try [1, 3, 500].map {
    try walk.curve(planes, Toy.pixels, Toy.hill, Toy.scorer(batch: $0))
  }
  #expect(curves[0] == curves[1] && curves[1] == curves[2])
}

@Test func aCurvesCardSaysWhatItDependsOn() throws {
  let curve = try PixelPath.deletion.curve(planes, Toy.pixels, Toy.hill, Toy.scorer())
  #expect(
    curve.card.json.written()
      == #"{"measure":"deletion","paper":"Petsiuk et al. 2018, arXiv 1806.07421","fill":"zero","#
      + #""pixels_a_step":224,"steps":2,"score":"probability","ties":"of equals the first","#
      + #""area":"trapezoids of one width, the last step counting as a whole one","left_out":[]}"#)
}

@Test func aStepOfMoreThanThePictureIsOneStep() throws {
  for step in [384, 385, Int.max] {
    let curve = try path(.deletion, step: step, .firstOfEquals).curve(
      planes, Toy.pixels, Toy.hill, Toy.scorer())
    #expect(curve.shares == [0, 1], "\(step)")
  }
}

@Test func aStepOfNoPixelsIsRefused() throws {
  let error = #expect(throws: InputError.self) {
    try path(.deletion, step: 0, .firstOfEquals).curve(planes, Toy.pixels, Toy.hill, Toy.scorer())
  }
  #expect(error?.description == "deletion's step: expected at least 1, found 0.")
}
