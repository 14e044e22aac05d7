import Encoders
import Fieldmark
import Testing

/// d = (0, 1, 4), sum 5: w = (5, 4, 1) / 10, scaled (1, 0.75, 0).
@Test func channelsCountTheMoreTheLessTheyDiffer() {
  #expect(SFAM(.euclidean).weights([1, 2, 3], [1, 1, 5]) == [1, 0.75, 0])
}

/// (3, 4) and (6, 8) point the same way; (4, 3) does not.
@Test func cosinesDoNotSeeLengths() {
  #expect(SFAM(.cosine).weights([3, 4], [6, 8]) == [1, 1], "0 / 0: all channels the same")
  #expect(SFAM(.euclidean).weights([3, 4], [6, 8]) == [1, 0])
}

@Test func equalPicturesWeighAllChannelsTheSame() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder()
  let view = View(encoder, try model.picture())
  let (query, support) = SFAM()(view, view)
  #expect(query == support)
  let sums = (0..<view.activation.rows).map { view.activation[row: $0].reduce(0, +) }
  for (a, b) in zip(query.values.elements, sums) { #expect(abs(a - b) < 1e-4) }
}

@Test func twoPicturesGetAMapEach() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder()
  let wide = View(encoder, try model.picture("wide"))
  let tall = View(encoder, try model.picture("tall"))
  let (query, support) = SFAM(.cosine)(wide, tall)
  #expect(query.width == 96 && support.width == 50)
  #expect(SFAM(.cosine).map(of: wide, like: [tall]) == query)
}
