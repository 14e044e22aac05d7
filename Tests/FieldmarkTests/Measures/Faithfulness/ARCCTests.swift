import Fieldmark
import Testing

private let planes = Toy.picture()

/// (`python3 References/make_faithfulness.py Tests/References`: grad-cam 1.5.7, its noise 0)
@Test(arguments: ["scattered", "hill"])
func theMeanOfThreeEqualsGradCAMs(_ name: String) throws {
  let map = name == "hill" ? Toy.hill : Toy.scattered
  let theirs = try #require(try ToyReferences.read().road[name])
  let arcc = try ARCC(ROAD(percentiles: [20, 40, 60, 80], noise: 0))(
    planes, Toy.pixels, map, of: Toy.asked, Toy.scorer(), mapOf: Toy.explained)
  expectNear([arcc.value ?? .nan], [theirs.arcc], "\(arcc)")
}

/// A map that comes back the same is coherent; all of it 1 is as complex as can be.
@Test func itsPartsAreWhatTheySay() throws {
  let arcc = try ARCC()(
    planes, Toy.pixels, Toy.scattered, of: 0, Toy.scorer(), mapOf: { _ in Toy.scattered })
  #expect(abs(arcc.coherency - 1) < 1e-6)
  expectNear([arcc.complexity], [Toy.scattered.reduce(0) { $0 + Double($1) } / 384], within: 1e-9)
  let flat = [Float](repeating: 1, count: 384)
  let whole = try ARCC()(planes, Toy.pixels, flat, of: 0, Toy.scorer(), mapOf: Toy.explained)
  #expect(whole.complexity == 1 && whole.coherency == 0.5)
}

@Test func mapsThatAreNotFromNothingToOneAreRefused() throws {
  let map: [Float] = Array(Toy.hill.dropLast()) + [1.5]
  let error = #expect(throws: InputError.self) {
    try ARCC()(planes, Toy.pixels, map, of: 0, Toy.scorer(), mapOf: Toy.explained)
  }
  #expect(error?.description == "ARCC's map: expected numbers from 0 to 1, found 1.5.")
}

@Test func whatComesBackIsRefusedJustSo() throws {
  let error = #expect(throws: InputError.self) {
    try ARCC()(planes, Toy.pixels, Toy.hill.map { max(0, $0) }, of: 0, Toy.scorer()) { _ in
      Toy.hill.map { _ in .nan }
    }
  }
  #expect(
    error?.description
      == "ARCC's map of what the map shows: expected numbers from 0 to 1, found nan.")
}

/// One pixel is all there is, and nothing can be filled in where it goes.
@Test func aPictureOfAPixelHasNoNumber() throws {
  let scorer = Scorer { $0.map { [Double($0[0, 0]), 0] } }
  let found = try ARCC()(
    Matrix([[1], [2], [3]]), Grid(width: 1, height: 1), [0.5], of: 0, scorer
  ) { _ in [0.5] }
  #expect(found.coherency == 0.5 && found.road == nil && found.value == nil)
}
