import Fieldmark
import Testing

private let concept = Target("a", [1, 0], .linear)
private let others = [Target("b", [0, 1], .linear), Target("c", [1, 1], .linear)]

private func map(_ values: [Float]) -> Heatmap {
  Heatmap(
    Matrix([values]), region: Region(x: 0, y: 0, width: 2, height: 1), width: 2, height: 1)
}

private func joined(_ weighting: Weighting, _ maps: [[Float]]) -> [Float] {
  weighting.contrast(concept, others, 0.5).joined(maps.map(map)).values.elements
}

@Test func mapsAreJoinedByHand() {
  #expect(joined(.mean, [[1, -2]]) == [1, -2])
  #expect(joined(.softmax, [[1, -2]]) == [1, -2])
  #expect(joined(.max, [[1, -2, -3], [-1, 3, -1]]) == [1, 3, -1])
  #expect(joined(.clippedMean, [[1, -2, -3], [-1, 3, -1]]) == [0.5, 1.5, 0])
  // Finished: 0, 1, 0.5 for the concept; 1, 0, 0 and 0, 0, 1 for the others.
  #expect(joined(.maps, [[-4, 2, 1], [3, -1, 0], [0, 0, 9]]) == [-0.25, 1, 0.25])
}

@Test func whatIsExplainedByHand() {
  func parts(_ weighting: Weighting) -> [[Float]] {
    weighting.contrast(concept, others, 0.5).parts.map { part in
      [part(Matrix([[1, 0]])), part(Matrix([[0, 1]]))]
    }
  }
  #expect(parts(.mean) == [[0.75, -0.5]])
  #expect(parts(.max) == [[1, -0.5], [0.5, -0.5]] && parts(.clippedMean) == parts(.max))
  #expect(parts(.maps) == [[1, 0], [0, 1], [1, 1]])
}

/// Eq. 8 is one score, however its map is put together.
@Test func theScoreIsTheContrastOfTheMean() {
  let embedding = Matrix([[3, 5]])
  for weighting in [Weighting.mean, .max, .clippedMean, .maps] {
    #expect(weighting.contrast(concept, others, 0.5).target(embedding) == -0.25)
  }
}

@Test(arguments: Weighting.all.map(\.name))
func nothingToCompareWithIsThePlainMethod(_ name: String) throws {
  let weighting = try #require(Weighting(named: name))
  for contrast in [weighting.contrast(concept, [], 0.5), weighting.contrast(concept, others, 0)] {
    #expect(contrast.parts.map(\.name) == ["a"])
    #expect(contrast.joined([map([1, -2])]).values.elements == [1, -2])
  }
}

/// One reference leaves nothing to weigh: what is joined before clipping is the paper's contrast.
@Test func withOneReferenceTheFirstThreeAreTheSame() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  let targets = model.targets(2, .cosine(scale: 20), width: 24)
  let maps = try [Weighting.mean, .softmax, .max].map { weighting in
    let question = Question(
      targets[0], against: [targets[1]], strength: 0.6, weighting: weighting)
    return try Highlight(question, .gradCAM, view).heatmap.values.elements
  }
  for (mean, others) in zip(maps[0], zip(maps[1], maps[2])) {
    #expect(abs(mean - others.0) < 1e-5 && mean == others.1)
  }
}
