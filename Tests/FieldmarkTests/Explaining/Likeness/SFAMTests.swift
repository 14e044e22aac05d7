import Fieldmark
import Testing

/// d = (0, 1, 4), sum 5: w = (5, 4, 1) / 10, scaled (1, 0.75, 0).
@Test func channelsCountTheMoreTheLessTheyDiffer() {
  #expect(Likeness.similarity([1, 2, 3], [1, 1, 5]) == [1, 0.75, 0])
}

@Test func equalFeaturesWeighAllChannelsTheSame() {
  #expect(Likeness.similarity([3, 4], [3, 4]) == [1, 1], "0 / 0")
}

@Test func equalPicturesShowAllOfTheirActivation() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder()
  let view = View(encoder, try model.picture())
  let (query, supports) = Likeness.sfam(view, like: [view])
  #expect(query.heatmap == supports[0].heatmap)
  #expect(abs(query.score - 1) < 1e-6, "the cosine of a picture with itself")
  #expect(Likeness.sfamEuclidean(view, like: [view]).query.score == 0, "their distance")
  let sums = (0..<view.activation.rows).map { view.activation[row: $0].reduce(0, +) }
  for (a, b) in zip(query.heatmap.values.elements, sums) { #expect(abs(a - b) < 1e-4) }
}

/// Eq. 1: the weights come from the means of both sides, and all pictures have the same.
@Test func severalPicturesStandTogether() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder()
  let views = try ["wide", "tall", "square"].map { View(encoder, try model.picture($0)) }
  let mean = zip(views[1].features, views[2].features).map { ($0 + $1) / 2 }
  let weights = Likeness.similarity(views[0].features, mean)
  let (query, supports) = Likeness.sfamEuclidean(views[0], like: [views[1], views[2]])
  for (view, map) in zip(views, [query] + supports) {
    let expected = (0..<view.activation.rows).map { row in
      zip(view.activation[row: row], weights).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    }
    for (a, b) in zip(map.heatmap.values.elements, expected) { #expect(abs(a - b) < 1e-4) }
  }
}
