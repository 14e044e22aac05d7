import Fieldmark
import Testing

private let embedding = Matrix([[3, 4, 0]])

@Test func manyTargetsAreReadByHand() {
  let targets = TargetRows([
    Target("a", [2, 0, 0], .cosine(scale: 10)), Target("b", [2, 1, 0], .linear, bias: 5),
    Target("c", [0, 0, 1], .linear),
  ])
  // 10 x 3/5; 2 x 3 + 4 + 5; 0
  expectNear(targets(embedding).map { Double($0) }, [6, 15, 0])
  #expect(TargetRows([])(embedding) == [])
}

/// The plain way: each target by itself, with its gradient.
@Test func manyTargetsSayWhatEachSays() {
  let model = TinyModel(name: "vit")
  let cosines = model.targets(5, .cosine(scale: 20), width: 3)
  let linear = model.targets(4, .linear, width: 3)
  let targets =
    cosines + linear + [
      cosines[0].compared(with: Array(cosines[1...3]), strength: 0.6),
      cosines[0].comparedBySoftmax(with: Array(cosines[1...3]), strength: 0.6),
      linear[0].comparedBySoftmax(with: Array(linear[1...2]), strength: 0.6),
      .mean(linear),
    ]
  for scale in [Float(1), -0.01, 30] {
    let found = TargetRows(targets)(scale * embedding)
    let expected = targets.map { Double($0(scale * embedding)) }
    expectNear(found.map { Double($0) }, expected, within: 2e-5)
  }
}

@Test func anEmbeddingOfNoLengthHasCosinesOfZero() {
  let target = Target("a", [2, 0, 0], .cosine(scale: 10), bias: 0.5)
  #expect(TargetRows([target])(Matrix([[0, 0, 0]])) == [0.5])
}
