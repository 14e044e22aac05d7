import Fieldmark
import Testing

/// (`python3 References/make_faithfulness.py Tests/References`: quantus 0.6.0, on one plane)
@Test func theCorrelationOfTheSameSetsEqualsQuantus() throws {
  let theirs = try ToyReferences.read().quantus
  let found = try SubsetCorrelation(size: 20)(
    Toy.picture(planes: 1), Toy.pixels, Toy.hill, of: Toy.asked, Toy.scorer(),
    subsets: theirs.subsets)
  expectNear([found.value ?? .nan], [theirs.correlation])
}

/// f = the sum of the picture, and the map is the picture.
@Test func aMapThatTellsTheScoreCorrelatesWholly() throws {
  let scorer = Scorer(.logit) { $0.map { [$0.elements.reduce(0) { $0 + Double($1) }] } }
  let x = Toy.picture(planes: 1)
  for measure in [1, 5, 100].map({ SubsetCorrelation(size: $0, runs: 20) }) {
    let found = try measure(x, Toy.pixels, x.elements, of: 0, scorer)
    expectNear([found.value ?? .nan], [1], within: 1e-9, "size \(measure.size)")
    let turned = try measure(x, Toy.pixels, x.elements.map { -$0 }, of: 0, scorer)
    expectNear([turned.value ?? .nan], [-1], within: 1e-9)
  }
}

@Test func aSetHasDifferentPixelsAndBelongsToItsSeed() {
  let subset = SubsetCorrelation(size: 300, seed: 2).subset(of: 384, 7)
  #expect(Set(subset).count == 300 && subset.allSatisfy { (0..<384).contains($0) })
  #expect(SubsetCorrelation(size: 300, seed: 2).subset(of: 384, 7) == subset)
  #expect(SubsetCorrelation(size: 300, seed: 2).subset(of: 384, 8) != subset)
  #expect(SubsetCorrelation(size: 300, seed: 3).subset(of: 384, 7) != subset)
}

@Test func whereNothingDiffersThereIsNoCorrelation() throws {
  let flat = [Float](repeating: 1, count: 384)
  let found = try SubsetCorrelation(size: 3, runs: 4)(
    Toy.picture(), Toy.pixels, flat, of: 0, Toy.scorer())
  #expect(found.value == nil)
  #expect(
    found.card.leftOut
      == [.init(what: "all", why: "the map's sums, or the scores, are all the same")])
}

@Test func setsLargerThanThePictureAreRefused() throws {
  let error = #expect(throws: InputError.self) {
    try SubsetCorrelation(size: 384)(Toy.picture(), Toy.pixels, Toy.hill, of: 0, Toy.scorer())
  }
  #expect(error?.description == "the subsets' size: expected 1 to 383 pixels, found 384.")
}

/// Ten times 0.1 is not 1, so that a mean of ten may lie beside all of them, and what is left between
/// would correlate with anything.
@Test func whereEverySetLosesTheSameThereIsNoCorrelation() throws {
  let scorer = Scorer(.logit) { $0.map { [$0.elements.contains(0) ? 0.2 : 0.3] } }
  let ones = Matrix(rows: 1, columns: 384, repeating: 1)
  let found = try SubsetCorrelation(size: 3, runs: 10)(
    ones, Toy.pixels, Toy.scattered, of: 0, scorer)
  #expect(found.value == nil)
  #expect(found.card.leftOut.map(\.why) == ["the map's sums, or the scores, are all the same"])
}
