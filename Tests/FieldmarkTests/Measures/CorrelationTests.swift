import Fieldmark
import Testing

@Test func equalNumbersHaveTheMeanOfTheirRanks() {
  #expect(([3, 1, 3, 2] as [Float]).ranks == [3.5, 1, 3.5, 2])
  #expect(([5, 5, 5] as [Float]).ranks == [2, 2, 2])
  #expect(([-0.0, 0, -1] as [Float]).ranks == [2.5, 2.5, 1])
  #expect([Float]().ranks == [])
}

@Test func correlationIsOneUpAndMinusOneDown() {
  let map = pixelMap([[1, 2], [4, 8]])
  #expect(isClose(map.pearson(with: PixelMap(map) { 3 * $0 + 1 }), 1, within: 1e-12))
  #expect(isClose(map.pearson(with: PixelMap(map) { -$0 }), -1, within: 1e-12))
  #expect(isClose(map.spearman(with: PixelMap(map) { $0 * $0 }), 1, within: 1e-12))
}

@Test func signsMatterUnlessTheyAreTakenAway() {
  let (map, other) = (pixelMap([[1, -2, 4]]), pixelMap([[1, 2, 4]]))
  #expect(isClose(map.spearman(with: other), 0.5, within: 1e-12))
  #expect(isClose(map.magnitudes().spearman(with: other), 1, within: 1e-12))
}

/// The first saw columns 2 to 4, the second 1 to 3.
@Test func mapsAreComparedWhereBothSaw() {
  let first = pixelMap([[1, 2, 9]], behind: 2)
  let second = pixelMap([[7, 4, 8, 5]], behind: 1)
  let shared = pixelMap([[1, 2, 9]]).pearson(with: pixelMap([[4, 8, 5]]))
  #expect(first.pearson(with: second) == shared && shared != nil)
}

@Test func thereIsNoCorrelationWithWhatIsTheSameEverywhere() {
  let map = pixelMap([[1, 2, 3]])
  #expect(map.pearson(with: pixelMap([[2, 2, 2]])) == nil)
  #expect(map.spearman(with: pixelMap([[2, 2, 2]])) == nil)
  #expect(map.pearson(with: pixelMap([[.nan, 2, 3]])) == nil)
  #expect(pixelMap([[1]]).pearson(with: pixelMap([[1]])) == nil, "one pixel")
}

/// SciPy 1.17.1's pearsonr and spearmanr.
@Test func correlationsEqualThoseOfSciPy() throws {
  let reference = try PlacesReference.read()
  for pair in reference.together {
    let (a, b) = (reference.map(pair.first), reference.map(pair.second))
    #expect(isClose(a.pearson(with: b), pair.pearson, within: 1e-9), "\(pair)")
    #expect(isClose(a.spearman(with: b), pair.spearman, within: 1e-9), "\(pair)")
  }
}
