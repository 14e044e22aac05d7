import Fieldmark
import Testing

private let planes = Toy.picture()

@Test func atNinetyATenthGoes() {
  let values = (0..<11).map { Float($0) }
  for removal in ROAD.Removal.allCases {
    let road = ROAD(removal: removal)
    #expect(road.removed(values, at: 90) == [10, 9])
    #expect(road.removed(values, at: 85) == [10, 9])
    #expect(road.removed(values, at: 10).count == 10)
  }
}

/// NumPy's `percentile([0, 0, 0, 1, 2], 50)` is 0, and no value lies below it.
@Test func equalValuesGoTogetherOrOneByOne() {
  let values: [Float] = [0, 0, 1, 0, 2]
  #expect(ROAD(removal: .threshold).removed(values, at: 50) == [4, 2, 0, 1, 3])
  #expect(ROAD(removal: .count).removed(values, at: 50) == [4, 2, 0])
}

/// (`python3 References/make_faithfulness.py Tests/References`: grad-cam 1.5.7, its noise 0)
@Test(arguments: ["scattered", "hill"], ROAD.Removal.allCases)
func valuesEqualGradCAMs(_ name: String, _ removal: ROAD.Removal) throws {
  let map = name == "hill" ? Toy.hill : Toy.scattered
  let theirs = try #require(try ToyReferences.read().road[name])
  let road = ROAD(removal: removal, noise: 0)
  let result = try road(planes, Toy.pixels, map, of: Toy.asked, Toy.scorer())
  expectNear(result.mostRelevantFirst, theirs.morf, "MoRF")
  expectNear(result.leastRelevantFirst, theirs.lerf, "LeRF")
  expectNear([result.combined ?? .nan], [theirs.combined], "combined")
  #expect(result.percentiles.count == 9 && result.card.leftOut.isEmpty)
  let filled = try LinearImputation(Toy.pixels, missing: road.removed(map, at: 30)).filled(planes)
  let kept = stride(from: 0, to: filled.elements.count, by: 7).map { Double(filled.elements[$0]) }
  expectNear(kept, theirs.imputed, within: 2e-6, "filled")
}

/// grad-cam answers with a number here, whatever its equations without a solution left.
@Test func whereEveryPixelGoesThereIsNoNumber() throws {
  let flat = [Float](repeating: 0.5, count: 384)
  let result = try ROAD(percentiles: [50], removal: .threshold)(
    planes, Toy.pixels, flat, of: Toy.asked, Toy.scorer())
  #expect(result.combined == nil && result.percentiles == [])
  #expect(
    result.card.leftOut
      == [.init(what: "percentile 50.0", why: "every pixel of the map is at or above it")])
  #expect(try ToyReferences.read().flat.isFinite)
  let counted = try ROAD(percentiles: [50])(planes, Toy.pixels, flat, of: Toy.asked, Toy.scorer())
  #expect(counted.combined != nil)
}

@Test func noiseBelongsToItsSeed() throws {
  let values = try [(1, 5), (1, 2), (2, 5)].map { seed, batch in
    try ROAD(percentiles: [30, 70], seed: UInt64(seed))(
      planes, Toy.pixels, Toy.hill, of: Toy.asked, Toy.scorer(batch: batch))
  }
  #expect(values[0] == values[1])
  #expect(values[0].combined != values[2].combined)
}

@Test func theCardSaysWhatROADDependsOn() throws {
  let result = try ROAD(percentiles: [20, 80])(
    planes, Toy.pixels, Toy.hill, of: Toy.asked, Toy.scorer())
  #expect(
    result.card.json.written()
      == #"{"measure":"ROAD","paper":"Rong et al. 2022, arXiv 2202.00449","#
      + #""fill":"noisy linear imputation","noise":0.01,"seed":"0","percentiles":[20.0,80.0],"#
      + #""removal":"as many as if no values were equal","score":"probability","#
      + #""ties":"of equals the first","left_out":[]}"#)
}

@Test func percentilesBeyondTheMapAreRefused() throws {
  let error = #expect(throws: InputError.self) {
    try ROAD(percentiles: [100])(planes, Toy.pixels, Toy.hill, of: 0, Toy.scorer())
  }
  #expect(error?.description == "ROAD's percentile: expected above 0, below 100, found 100.")
}
