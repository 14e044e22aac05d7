import Fieldmark
import Testing

private func elsewhere(
  _ region: Mask, on thing: Mask?, seed: UInt64 = 1
) throws -> Mask? {
  let picture = try LocatedPicture(
    Sketch.flat(region.width, region.height, [0, 0, 0]), thing: thing, shortest: 1000)
  return try TraitRemoval().elsewhere(region, in: picture, seed: seed)
}

private func union(_ a: Mask, _ b: Mask) -> Mask {
  Mask(width: a.width, height: a.height, zip(a.pixels, b.pixels).map { $0 || $1 })
}

private func count(_ mask: Mask) -> Int { mask.pixels.reduce(0) { $0 + ($1 ? 1 : 0) } }

/// The only room is beside the region.
@Test func aShapeMovesToWhereTheThingHasRoom() throws {
  let thing = Sketch.box(40, 40, 10..<30, 10..<20)
  let region = Sketch.box(40, 40, 10..<20, 10..<20)
  #expect(try elsewhere(region, on: thing) == Sketch.box(40, 40, 20..<30, 10..<20))
}

/// On the thing there is room for 3 of 10 columns; the others lie beside it.
@Test func aShapeWithoutRoomOnTheThingLiesCloseToIt() throws {
  let region = Sketch.box(60, 40, 10..<20, 10..<20)
  let thing = Sketch.box(60, 40, 10..<23, 10..<20)
  let found = try #require(try elsewhere(region, on: thing))
  #expect(found == Sketch.box(60, 40, 20..<30, 10..<20))
  let around = try #require(try elsewhere(region, on: region))
  #expect(count(around) == 100)
  for pixel in around.pixels.indices where around.pixels[pixel] {
    #expect((0..<30).contains(pixel % 60) && (0..<30).contains(pixel / 60))
  }
}

/// Of a thing that fills the picture but for 6 of 20 columns there is no place for 14.
@Test func aShapeWithoutRoomForTwoThirdsOfItHasNoPlace() throws {
  let region = Sketch.box(20, 20, 0..<14, 0..<20)
  #expect(try elsewhere(region, on: region) == nil)
  #expect(try elsewhere(Sketch.box(9, 9, 0..<9, 0..<9), on: nil) == nil)
}

@Test(arguments: [nil, Sketch.box(150, 130, 20..<120, 15..<100)])
func aShapeKeepsItsPixelsAndLiesOffTheRegion(_ thing: Mask?) throws {
  let region = Mask(
    width: 150, height: 130,
    (0..<150 * 130).map { pixel in
      let (x, y) = (pixel % 150 - 60, pixel / 150 - 50)
      return x * x + 3 * y * y < 400
    })
  var places: [Mask] = []
  for seed: UInt64 in 1...4 {
    let found = try #require(try elsewhere(region, on: thing, seed: seed))
    #expect(count(found) == count(region))
    for pixel in found.pixels.indices where found.pixels[pixel] {
      #expect(!region.pixels[pixel] && thing?.pixels[pixel] ?? true)
    }
    #expect(try elsewhere(region, on: thing, seed: seed) == found)
    if !places.contains(found) { places.append(found) }
  }
  #expect(places.count > 1)
}

/// As one shape, the two spots at the ends of a thing could be moved nowhere on it.
@Test func piecesMoveOneByOne() throws {
  let thing = Sketch.box(60, 20, 5..<55, 5..<15)
  let region = union(Sketch.box(60, 20, 5..<13, 5..<15), Sketch.box(60, 20, 47..<55, 5..<15))
  let found = try #require(try elsewhere(region, on: thing))
  #expect(count(found) == count(region))
  for pixel in found.pixels.indices where found.pixels[pixel] {
    #expect(thing.pixels[pixel] && !region.pixels[pixel])
  }
}

@Test func aHundredSpecksAreMovedAsFewShapes() throws {
  let region = Mask(
    width: 40, height: 40, (0..<1600).map { $0 % 40 < 20 && $0 % 4 == 0 && $0 / 40 % 2 == 0 })
  let found = try #require(try elsewhere(region, on: nil))
  #expect(3 * count(found) >= 2 * count(region))
}
