import Fieldmark
import Testing

private let scorer = Scorer(.logit) { $0.map { [Double($0[0, 0] + $0[0, 1])] } }

@Test func whatTheMapHidesIsLost() throws {
  let change = try ConfidenceChange(.clippedMax)(Matrix([[3, 1]]), [0.5, -2], of: 0, scorer)
  #expect(change.before == 4 && change.after == 3 && !change.isIncrease)
  #expect(change.averageDrop.value == 0.25)
  let smaller = try ConfidenceChange(.minMax)(Matrix([[3, -1]]), [0.5, -2], of: 0, scorer)
  #expect(smaller.after == 3 && smaller.isIncrease && smaller.averageDrop.value == 0)
}

/// 1, 3, 2: over the most, from least to most, and with a number below 0.
@Test func aMapIsScaledAsTheCardSays() throws {
  let sum = Scorer(.logit) { $0.map { [Double($0.elements.reduce(0, +))] } }
  let ones = Matrix([[1, 1, 1]])
  func seen(_ scaling: ConfidenceChange.Scaling, _ map: [Float]) throws -> Double {
    try ConfidenceChange(scaling)(ones, map, of: 0, sum).after
  }
  #expect(try seen(.clippedMax, [1, 4, 2]) == 1.75)
  #expect(try seen(.clippedMinMax, [1, 5, 2]) == 1.25)
  #expect(try seen(.minMax, [-1, 3, 1]) == 1.5)
  #expect(try seen(.clippedMinMax, [-1, 4, 1]) == 1.25)
  #expect(try seen(.clippedMax, [-1, -4, 0]) == 0, "nothing is above 0")
}

/// (`python3 References/make_faithfulness.py Tests/References`)
@Test func changesEqualGradCAMsAndTorchcams() throws {
  let theirs = try ToyReferences.read().confidence
  // They take the map as it is, which scaling would change: x m = (x most) (m / most).
  let most = Toy.hill.max() ?? 1
  let before = try Toy.scorer()(Toy.picture())[Toy.asked]
  let change = try ConfidenceChange(.clippedMax)(
    most * Toy.picture(), Toy.hill, of: Toy.asked, Toy.scorer())
  expectNear([before, change.after - before], [theirs.before, theirs.change], within: 1e-6)
  let drop = max(0, before - change.after)
  expectNear([drop], [theirs.drop], within: 1e-6, "grad-cam's drop is not divided")
  expectNear([drop / before], [theirs.averageDrop], within: 1e-6, "torchcam's is")
  #expect(theirs.increase == (change.after > before ? 1 : 0))
}

@Test func gainIsTheDoubtThatIsGone() throws {
  // Probabilities 1/4 before and 1/2 after.
  let scorer = Scorer { pictures in
    pictures.map { [0, $0[0, 1] == 0 ? 0 : 1.0986122886681098] }
  }
  let change = try ConfidenceChange(.clippedMax)(Matrix([[1, 1]]), [1, 0], of: 0, scorer)
  expectNear([change.before, change.after], [0.25, 0.5], within: 1e-12)
  expectNear([change.averageGain.value ?? .nan], [1.0 / 3], within: 1e-12)
  #expect(change.averageDrop.value == 0)
}

@Test func whereAMeasureHasNoNumberTheCardSaysWhy() throws {
  let change = try ConfidenceChange()(Matrix([[-3, 1]]), [1, 0], of: 0, scorer)
  #expect(change.averageDrop.value == nil && change.averageGain.value == nil)
  #expect(
    change.averageDrop.card.leftOut
      == [.init(what: "all", why: "the score -2.0 is not above 0")])
  #expect(change.averageGain.card.leftOut == [.init(what: "all", why: "logits have no maximum")])
  #expect(
    change.averageGain.card.json.written()
      == #"{"measure":"confidence change","paper":"Chattopadhyay et al. 2018, arXiv 1710.11063","#
      + #""fill":"zero","map":"clipped, min-max","score":"logit","classes":1,"#
      + #""left_out":[{"what":"all","why":"logits have no maximum"}]}"#)
}
