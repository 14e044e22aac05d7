import Fieldmark
import Foundation
import Testing

private func part(_ number: Double) -> PictureAppearance.Part {
  .init(
    color: SIMD3(number, number, number), contrast: number, sharpness: SIMD2(number, number))
}

private func appearance(
  _ inside: Double, _ outside: Double, size: Double? = nil, quality: Double? = nil
) -> PictureAppearance {
  PictureAppearance(inside: part(inside), outside: part(outside), size: size, quality: quality)
}

private func made(_ pictures: PictureAppearance...) throws -> ClassAppearance {
  try #require(ClassAppearance(pictures))
}

@Test func noPicturesLookLikeNothing() {
  #expect(ClassAppearance([]) == nil)
}

@Test func aClassIsTheMeanOfWhatIsKnownOfItsPictures() throws {
  let found = try made(
    appearance(1, 2, size: -1, quality: 80), appearance(3, 6), appearance(5, 1, size: -2))
  #expect(found.inside == part(3) && found.outside == part(3))
  #expect(found.size == -1.5 && found.quality == 80)
  let nothing = try made(appearance(1, 2))
  #expect(nothing.size == nil && nothing.quality == nil)
}

@Test func aPictureThatIsLeftOutLeavesTheMeanOfTheOthers() throws {
  let (a, b, c) = (appearance(1, 2, size: -1), appearance(3, 8), appearance(5, 4, quality: 90))
  let found = try #require(try made(a, b, c).leavingOut(b))
  #expect(found.inside == part(3) && found.outside == part(3))
  #expect(found.size == -1 && found.quality == 90)
  #expect(try #require(try made(a, b, c).leavingOut(c)).quality == nil)
  #expect(try made(a).leavingOut(a) == nil)
}

/// What differs inside of the thing and outside, and how far the whole picture is moved.
@Test(arguments: [
  (0.5, 0.2, 0.2), (0.2, 0.5, 0.2), (-0.5, -0.2, -0.2), (0.5, -0.2, 0.0), (0.5, 0.0, 0.0),
  (0.0, 0.0, 0.0),
])
func onlyWhatDiffersOnBothSidesMovesThePicture(
  _ inside: Double, _ outside: Double, _ expected: Double
) throws {
  let move = try made(appearance(0, 0)).move(to: made(appearance(inside, outside)))
  #expect(move == part(expected))
}

@Test func minmodIsTheNearerToNothing() {
  let found = minmod(SIMD8(1, -1, 2, 0, 3, -3, 4, 5), SIMD8(2, -2, -1, 1, 1, -1, 4, 0))
  #expect(found == SIMD8(1, -1, 0, 0, 1, -1, 4, 0))
}

@Test func thingsAreScaledBetweenHalfAndTwice() throws {
  let small = try made(appearance(0, 0, size: log(0.25)))
  #expect(small.scale(to: try made(appearance(0, 0, size: log(0.375)))) == 1.5)
  #expect(small.scale(to: try made(appearance(0, 0, size: 0))) == 2)
  #expect(try made(appearance(0, 0, size: 0)).scale(to: small) == 0.5)
  #expect(small.scale(to: try made(appearance(0, 0))) == nil)
}

@Test func aClassIsMovedByTheErrorsOfBothMeans() throws {
  // Inside 1, 3 and 5 have a variance of 4, and 0 and 2 one of 2: sqrt(4 / 3 + 2 / 2) = 1.527525.
  // Outside 1, 1 and 1 have none, and 2 and 6 one of 8: sqrt(8 / 2) = 2. Sizes -1 and -2 have one of 1 / 2,
  // and one size alone says nothing: sqrt(1 / 4) = 0.5.
  let own = try made(appearance(1, 1, size: -1), appearance(3, 1, size: -2), appearance(5, 1))
  let other = try made(appearance(0, 2, size: -3), appearance(2, 6))
  let more = own.moved(beside: other, by: 1)
  #expect(abs(more.inside.contrast - (3 + 1.527525)) < 1e-6)
  #expect(abs(more.outside.contrast - 3) < 1e-12)
  #expect(abs(try #require(more.size) - -1) < 1e-12)
  #expect(more.quality == nil)
  let less = own.moved(beside: other, by: -1)
  #expect(abs(less.inside.color[0] - (3 - 1.527525)) < 1e-6)
  #expect(own.moved(beside: other, by: 0).inside == own.inside)
}
