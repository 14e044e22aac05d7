import Fieldmark
import Testing

private let removal = TraitRemoval()

private func located(_ picture: Picture, _ thing: Mask? = nil) throws -> LocatedPicture {
  try LocatedPicture(picture, thing: thing, shortest: 224)
}

@Test func aSpotOnOneColorIsGone() throws {
  let spot = Sketch.box(20, 20, 5..<12, 8..<20)
  let ground = Sketch.flat(20, 20, [70, 80, 90])
  let picture = try located(Sketch.painted(ground, spot, 255))
  #expect(try removal.without(spot, in: picture) == ground)
}

/// The rows and columns that are looked at change nothing: as if all of the picture took part.
@Test func theRegionIsFilledInAsROADHasIt() throws {
  let picture = Sketch.textured(40, 30, seed: 6)
  let region = Mask(
    width: 40, height: 30,
    (0..<1200).map { (5..<17).contains($0 % 40) && (9..<21).contains($0 / 40) && $0 % 7 != 0 })
  let missing = region.pixels.indices.filter { region.pixels[$0] }
  let planes = Matrix(
    (0..<3).map { channel in (0..<1200).map { Float(picture.pixels[3 * $0 + channel]) } })
  let filled = try LinearImputation(Grid(width: 40, height: 30), missing: missing).filled(planes)
  let found = try removal.without(region, in: located(picture))
  for pixel in 0..<1200 {
    for channel in 0..<3 {
      let distance = abs(Float(found.pixels[3 * pixel + channel]) - filled[channel, pixel])
      #expect(distance < 0.501)
    }
  }
}

@Test func ofNothingAndOfEverythingThereIsAPicture() throws {
  let picture = try located(Sketch.picture(2, 1) { x, _ in x == 0 ? [10, 20, 30] : [20, 20, 60] })
  #expect(try removal.without(Sketch.box(2, 1, 0..<0, 0..<0), in: picture) == picture.picture)
  #expect(
    try removal.without(Sketch.box(2, 1, 0..<2, 0..<1), in: picture)
      == Sketch.flat(2, 1, [15, 20, 45]))
  #expect(try removal.elsewhere(Sketch.box(2, 1, 0..<0, 0..<0), in: picture, seed: 1) == nil)
}

@Test(arguments: [(1, 1), (3, 2000), (2000, 3)])
func regionsOfPicturesOfAnyShapeAreRemoved(_ width: Int, _ height: Int) throws {
  let picture = try located(Sketch.textured(width, height, seed: 1))
  for end in [1, max(1, width / 2), width] {
    let region = Sketch.box(width, height, 0..<end, 0..<height)
    let bare = try removal.without(region, in: picture)
    #expect(bare.width == width && bare.height == height)
    _ = try removal.elsewhere(region, in: picture, seed: 1)
  }
}

@Test func regionsOfAnotherSizeAreRefused() throws {
  let picture = try located(Sketch.flat(20, 20, [0, 0, 0]))
  let region = Sketch.box(10, 20, 0..<5, 0..<5)
  let expected = "the region: expected 20 x 20 pixels, as its picture has, found 10 x 20."
  #expect(sentence { _ = try removal.without(region, in: picture) } == expected)
  #expect(sentence { _ = try removal.elsewhere(region, in: picture, seed: 1) } == expected)
}
