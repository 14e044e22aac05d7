import Fieldmark
import Foundation
import Testing

/// A class whose things have this side, relative to the picture's.
private func things(_ side: Double) throws -> ClassAppearance {
  let part = PictureAppearance.Part(color: .zero, contrast: 0, sharpness: .zero)
  let appearance = PictureAppearance(inside: part, outside: part, size: log(side))
  return try #require(ClassAppearance([appearance]))
}

private func located(_ columns: Range<Int>, _ rows: Range<Int>) throws -> LocatedPicture {
  try LocatedPicture(
    Sketch.picture(40, 40) {
      [UInt8](repeating: columns.contains($0) && rows.contains($1) ? 250 : 10, count: 3)
    }, thing: Sketch.box(40, 40, columns, rows), shortest: 224)
}

/// The columns and rows with something bright.
private func bright(_ picture: Picture) -> (columns: [Int], rows: [Int]) {
  let pixels = (0..<picture.width * picture.height).filter { picture.pixels[3 * $0] > 130 }
  return (
    Set(pixels.map { $0 % picture.width }).sorted(), Set(pixels.map { $0 / picture.width }).sorted()
  )
}

@Test func theThingBecomesAsLargeAsTheRivalsAndStaysWhereItIs() throws {
  let picture = try located(16..<24, 14..<26)
  let large = try #require(
    Nuisance.scale.shifted(picture, from: try things(0.2), to: try things(0.3)))
  #expect(bright(large) == (Array(14..<26), Array(11..<29)))
  let small = try #require(
    Nuisance.scale.shifted(picture, from: try things(0.4), to: try things(0.2)))
  #expect(bright(small) == (Array(18..<22), Array(17..<23)))
}

@Test func aThingAtTheEdgeStaysInSight() throws {
  let picture = try located(30..<40, 0..<12)
  let large = try #require(
    Nuisance.scale.shifted(picture, from: try things(0.2), to: try things(0.4)))
  #expect(bright(large) == (Array(20..<40), Array(0..<24)))
}

/// Columns 0 to 7 of 40 are bright: at half the size 10 to 13, and as a mirror image 6 to 9.
@Test func whatIsMissingBeyondTheEdgesIsTheMirrorImage() throws {
  let picture = try LocatedPicture(
    Sketch.picture(40, 40) { x, _ in [UInt8](repeating: x < 8 ? 200 : 20, count: 3) },
    thing: Sketch.box(40, 40, 18..<22, 18..<22), shortest: 224)
  let small = try #require(
    Nuisance.scale.shifted(picture, from: try things(0.4), to: try things(0.2)))
  #expect(bright(small).columns == Array(6..<14))
  #expect((0..<40).allSatisfy { small.color(9, $0) == small.color(10, $0) })
}

/// It lies at the edge, where a mirror would show it twice.
@Test func aSmallerThingIsSeenOnce() throws {
  let picture = try located(0..<16, 0..<40)
  let small = try #require(
    Nuisance.scale.shifted(picture, from: try things(0.4), to: try things(0.2)))
  #expect(bright(small) == (Array(4..<12), Array(10..<30)))
  let everything = try located(0..<40, 0..<40)
  #expect(Nuisance.scale.shifted(everything, from: try things(0.4), to: try things(0.2)) == nil)
}

@Test func aSmallDifferenceLeavesThePictureAsItIs() throws {
  let picture = try located(16..<24, 14..<26)
  #expect(
    Nuisance.scale.shifted(picture, from: try things(0.2), to: try things(0.205))
      == picture.picture)
  let unknown = try LocatedPicture(picture.picture, thing: nil, shortest: 224)
  #expect(Nuisance.scale.shifted(unknown, from: try things(0.2), to: try things(0.4)) == nil)
}
