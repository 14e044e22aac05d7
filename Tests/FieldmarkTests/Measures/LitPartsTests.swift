import Fieldmark
import Testing

private let points = [
  PartPoint("beak", x: 3, y: 0), PartPoint("tail", x: 1, y: 0), PartPoint("nape", x: 0, y: 0),
]
private let map = pixelMap([[1, 2, 3, 4]])

/// Above the k-th largest there are k - 1.
@Test func partsAreLitAboveTheLastOfTheBrightest() throws {
  let lit = try #require(LitParts(map, points))
  #expect(lit.names(at: 0) == [])
  #expect(lit.names(at: 0.25) == [])
  #expect(lit.names(at: 0.5) == ["beak"])
  #expect(lit.names(at: 1) == ["beak", "tail"])
}

@Test func aFlatMapLightsNothing() throws {
  #expect(try #require(LitParts(pixelMap([[2, 2, 2, 2]]), points)).names(at: 0.9) == [])
}

/// SCOUT's code writes 1 over what is bright and 0 over what then lies below 1, so that of a map with
/// larger numbers much stays that is not bright. A map's scale is no part of the definition.
@Test func scaleDoesNotLightParts() throws {
  let large = PixelMap(map) { 100 * $0 }
  #expect(try #require(LitParts(large, points)).names(at: 0.5) == ["beak"])
}

@Test func precisionAndRecallCountParts() throws {
  let lit = try #require(LitParts(map, points))
  let all = lit.scores(at: 1, against: ["beak", "nape", "belly"])
  #expect(all.precision == 0.5, "of beak and tail")
  #expect(all.recall == 0.5, "of beak and nape: the belly is not seen")
  #expect(all.f1 == 0.5)
  let none = lit.scores(at: 0.25, against: ["beak"])
  #expect(none.precision == nil && none.recall == 0 && none.f1 == nil)
  let wrong = lit.scores(at: 0.5, against: ["tail"])
  #expect(wrong.precision == 0 && wrong.recall == 0 && wrong.f1 == 0)
  #expect(lit.scores(at: 0.5, against: ["belly"]).recall == nil)
}

@Test func partsBeyondThePictureAreNotSeen() throws {
  let lit = try #require(
    LitParts(
      map,
      [
        PartPoint("beak", x: 4, y: 0), PartPoint("tail", x: -0.1, y: 0),
        PartPoint("nape", x: 3.9, y: 0.9), PartPoint("back", x: .nan, y: 0),
      ]))
  #expect(lit.seen == ["nape"])
  #expect(LitParts(pixelMap([[.nan, 1, 2, 3]]), points) == nil)
}

@Test func overlapIsOverPartsThatBothShow() throws {
  let first = try #require(LitParts(map, points))
  let second = try #require(
    LitParts(map, [PartPoint("beak", x: 3, y: 0), PartPoint("nape", x: 2, y: 0)]))
  // The first lights the beak and the tail, of which the second shows one.
  #expect(LitParts.overlap(first, second, at: 1) == 0.5)
  #expect(LitParts.overlap(first, second, at: 0.5) == 1)
  #expect(LitParts.overlap(first, second, at: 0.25) == nil)
}

/// `cf_ss_res_cub.py` and `cf_PIoU_ss_res_cub.py` of SCOUT, on NumPy 2.4.6.
@Test func scoresAreThoseOfSCOUT() throws {
  let reference = try PlacesReference.read()
  func lit(_ name: String, _ points: [String: [Double]]) throws -> LitParts {
    let points = points.map { PartPoint($0.key, x: $0.value[0], y: $0.value[1]) }
    return try #require(LitParts(reference.map(name), points))
  }
  let first = try lit("distinct", reference.parts.points)
  let second = try lit("smooth", reference.parts.others)
  for expected in reference.parts.scores {
    let found = first.scores(at: expected.share, against: reference.parts.discriminant)
    #expect(isClose(found.recall, expected.recall), "\(expected)")
    #expect(isClose(found.precision, expected.precision), "\(expected)")
    let overlap = LitParts.overlap(first, second, at: expected.share)
    #expect(isClose(overlap, expected.piou), "\(expected)")
  }
}
