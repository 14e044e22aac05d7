import Fieldmark
import Testing

private let curve = try? PixelPath(.deletion, step: 96, fill: .zero).curve(
  Toy.picture(), Toy.pixels, Toy.hill, Toy.scorer(.logit))

@Test func theGapIsTheMeanDistanceOfTwoClasses() throws {
  let curve = try #require(curve)
  let heights = curve.scores.map { $0[1] - $0[2] }
  // Up to the end of the first step, and up to the middle of the second.
  let first = try curve.gap(between: 1, and: 2, upTo: 0.25)
  #expect(abs(first - (heights[0] + heights[1]) / 2) < 1e-12)
  let middle = (heights[1] + heights[2]) / 2
  let second = try curve.gap(between: 1, and: 2, upTo: 0.375)
  let (one, two) = (0.25 * (heights[0] + heights[1]), 0.125 * (heights[1] + middle))
  let expected: Double = (one + two) / 2 / 0.375
  #expect(abs(second - expected) < 1e-12)
}

@Test func overAllOfThePictureTheGapIsTheDifferenceOfTheAreas() throws {
  let curve = try #require(curve)
  let gap = try curve.gap(between: 1, and: 2, upTo: 1)
  #expect(abs(gap - (curve.area(of: 1) - curve.area(of: 2))) < 1e-12)
}

@Test func aGapUpToNothingIsRefused() throws {
  let curve = try #require(curve)
  let error = #expect(throws: InputError.self) { try curve.gap(between: 0, and: 1, upTo: 0) }
  #expect(error?.description == "the gap's share: expected above 0, up to 1, found 0.")
}
