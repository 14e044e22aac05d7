import Fieldmark
import Testing

/// 500 x 224 / 375 is 298.67, of which torchvision keeps 298.
@Test func aLargePictureShrinksToTheModelsSideAndItsMaskWithIt() throws {
  let picture = try LocatedPicture(
    Sketch.flat(500, 375, [10, 20, 30]), thing: Sketch.box(500, 375, 0..<250, 0..<375),
    shortest: 224)
  #expect(picture.picture == Sketch.flat(298, 224, [10, 20, 30]))
  #expect(picture.thing == Sketch.box(298, 224, 0..<149, 0..<224))
}

@Test func aSmallPictureKeepsItsSize() throws {
  let picture = Sketch.textured(30, 20, seed: 1)
  let located = try LocatedPicture(picture, thing: nil, quality: 80, shortest: 20)
  #expect(located.picture == picture && located.thing == nil)
  #expect(located.appearance.quality == 80)
}

@Test func theColorsUnderAlphaAreShown() throws {
  let picture = Picture(width: 2, height: 1, pixels: [9, 8, 7, 6, 5, 4], alpha: [0, 100])
  let located = try LocatedPicture(picture, thing: nil, shortest: 224)
  #expect(located.picture == Picture(width: 2, height: 1, pixels: [9, 8, 7, 6, 5, 4]))
}

@Test func aTinyThingIsStillThereInASmallerPicture() throws {
  let located = try LocatedPicture(
    Sketch.flat(80, 80, [0, 0, 0]), thing: Sketch.box(80, 80, 41..<42, 9..<10), shortest: 8)
  #expect(located.thing == Sketch.box(8, 8, 4..<5, 0..<1))
}

@Test func aMaskWithoutAPixelIsNoThing() throws {
  let located = try LocatedPicture(
    Sketch.flat(8, 8, [0, 0, 0]), thing: Sketch.box(8, 8, 0..<0, 0..<0), shortest: 8)
  #expect(located.thing == nil && located.appearance.size == nil)
}

@Test func masksOfAnotherSizeAreRefused() throws {
  let picture = Sketch.flat(40, 20, [0, 0, 0])
  #expect(
    sentence {
      _ = try LocatedPicture(picture, thing: Sketch.box(20, 40, 0..<9, 0..<9), shortest: 10)
    } == "the mask of the thing: expected 40 x 20 pixels, as its picture has, found 20 x 40.")
  let located = try LocatedPicture(picture, thing: nil, shortest: 10)
  #expect(
    sentence { _ = try located.region(Sketch.box(40, 21, 0..<9, 0..<9)) }
      == "the region: expected 40 x 20 pixels, as its picture has, found 40 x 21.")
}

@Test func regionsAreTakenAtTheOldSizeAndAtTheNew() throws {
  let located = try LocatedPicture(Sketch.flat(40, 20, [0, 0, 0]), thing: nil, shortest: 10)
  let region = Sketch.box(20, 10, 2..<5, 1..<4)
  #expect(try located.region(Sketch.box(40, 20, 4..<10, 2..<8)) == region)
  #expect(try located.region(region) == region)
}
