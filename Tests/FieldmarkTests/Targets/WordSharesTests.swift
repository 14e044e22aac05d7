import Encoders
import Fieldmark
import Testing

@Test func wordsShareAScore() throws {
  let model = TinyModel(name: "vit")
  let words = try model.words()
  let view = View(try model.encoder(), try model.picture())
  let shares = try WordShares(words, "Red epaulets, red bill")
  let found = shares(view.embedding)
  #expect(found.map(\.text) == ["red", "epaulets", ",", "red", "bill"])
  let sum = found.reduce(Float(0)) { $0 + abs($1.share) }
  #expect(abs(sum - 1) < 1e-5)
  let text = try words(["Red epaulets, red bill"])
  let target = Target("a", text.elements, .cosine(scale: words.scale))
  #expect(abs(shares.score(view.embedding) - target(view.embedding)) < 1e-4)
}

/// Shares are of the score's own change: of one that turns its sign, so do they.
@Test func aPictureTurnedRoundTurnsTheShares() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  let shares = try WordShares(model.words(), "red epaulets")
  let (found, turned) = (shares(view.embedding), shares(-1 * view.embedding))
  for (one, other) in zip(found, turned) { #expect(abs(one.share + other.share) < 1e-5) }
  #expect(found.contains { abs($0.share) > 0.05 })
}

@Test func noWordsHaveNoShares() throws {
  let model = TinyModel(name: "vit")
  let view = View(try model.encoder(), try model.picture())
  #expect(try WordShares(model.words(), " ")(view.embedding) == [])
}
