import Fieldmark
import Glibc
import Testing

/// Of n sizes, one that has everything has (n - 1) / n of the Gini index.
@Test func sparsenessGoesFromAllAlikeToOneAlone() {
  #expect(isClose(pixelMap([[2, 2], [-2, 2]]).sparseness, 0, within: 1e-12))
  #expect(isClose(pixelMap([[0, 0], [-5, 0]]).sparseness, 0.75))
  // Of 1, 3: (2 - 3) 1 + (4 - 3) 3 = 2, over 2 times 4.
  #expect(isClose(pixelMap([[1, 3]]).sparseness, 0.25))
}

@Test func complexityGoesFromOneAloneToAllAlike() {
  #expect(pixelMap([[0, 0], [-5, 0]]).complexity == 0)
  #expect(isClose(pixelMap([[2, 2], [-2, 2]]).complexity, log(4), within: 1e-12))
}

@Test func whatTheModelDidNotSeeIsNoPartOfAMapsShape() {
  let seen = pixelMap([[1, 3]])
  let part = pixelMap([[1, 3]], behind: 7)
  #expect(part.sparseness == seen.sparseness && part.complexity == seen.complexity)
}

@Test func thereIsNoShapeOfNothing() {
  for map in [pixelMap([[0, 0]]), pixelMap([[.nan, 1]])] {
    #expect(map.sparseness == nil && map.complexity == nil)
  }
}

/// Added before scaling, 1e-7 would make a map of small numbers look flat.
@Test func scaleDoesNotMatter() throws {
  let map = try PlacesReference.read().map("smooth")
  let small = PixelMap(map) { $0 * 0x1p-40 }
  #expect(isClose(small.sparseness, map.sparseness, within: 1e-12))
  #expect(isClose(small.complexity, map.complexity, within: 1e-12))
}

/// Quantus 0.6.0's Sparseness and Complexity; the latter adds 1e-12 within its logarithm.
@Test func shapesEqualThoseOfQuantus() throws {
  let reference = try PlacesReference.read()
  for (name, expected) in reference.alone {
    let map = reference.map(name)
    #expect(isClose(map.sparseness, expected.sparseness), "\(name)")
    #expect(isClose(map.complexity, expected.complexity), "\(name)")
  }
}
