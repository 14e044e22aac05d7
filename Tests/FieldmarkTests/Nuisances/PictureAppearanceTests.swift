import Fieldmark
import Foundation
import Testing

private func appearance(_ picture: Picture, _ thing: Mask? = nil) throws -> PictureAppearance {
  try LocatedPicture(picture, thing: thing, shortest: 224).appearance
}

private func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-9) -> Bool {
  abs(a - b) <= tolerance
}

/// A byte of 99 has the logarithm of 100; where all is one color, contrast is that of 0.02.
@Test func insideAndOutsideAreMeasuredByThemselves() throws {
  let thing = Sketch.box(50, 50, 0..<25, 0..<50)
  let picture = Sketch.picture(50, 50) { x, _ in x < 25 ? [99, 49, 0] : [199, 9, 255] }
  let found = try appearance(picture, thing)
  #expect(found.inside.color == SIMD3(log(100), log(50), 0))
  #expect(found.outside.color == SIMD3(log(200), log(10), log(256)))
  #expect(isClose(found.inside.contrast, log(0.02), within: 1e-4))
  // Half of the pixels.
  #expect(isClose(try #require(found.size), log(0.5) / 2))
}

/// Stripes of 50 and 150: a deviation of 50 over a mean of 100.
@Test func contrastIsTheDeviationOverTheMean() throws {
  let picture = Sketch.picture(52, 52) { x, _ in [UInt8](repeating: x % 2 == 0 ? 50 : 150, count: 3)
  }
  let found = try appearance(picture)
  #expect(isClose(found.inside.contrast, log(0.52), within: 1e-4))
}

@Test func whereNoThingIsKnownTheMiddleStandsForIt() throws {
  let middle = Sketch.box(40, 40, 10..<30, 10..<30)
  let picture = Sketch.painted(Sketch.flat(40, 40, [9, 9, 9]), middle, 99)
  let found = try appearance(picture)
  #expect(found.inside == (try appearance(picture, middle)).inside)
  #expect(found.inside.color == SIMD3(repeating: log(100)))
  #expect(found.outside.color == SIMD3(repeating: log(10)))
}

/// 8 % of 50 pixels are 4.
@Test func theFrameIsMeasuredByNobody() throws {
  let plain = Sketch.flat(60, 50, [70, 80, 90])
  let framed = Sketch.picture(60, 50) { x, y in
    min(x, 59 - x, y, 49 - y) < 4 ? [255, 0, 0] : [70, 80, 90]
  }
  let (a, b) = (try appearance(plain).outside, try appearance(framed).outside)
  #expect(a.color == b.color && a.contrast == b.contrast)
}

@Test func aThingOfAFewPixelsSaysNothingAndAllPixelsStandForIt() throws {
  let picture = Sketch.textured(64, 48, seed: 3)
  let speck = Sketch.box(64, 48, 30..<31, 20..<21)
  let (found, whole) = (
    try appearance(picture, speck), try appearance(picture, Sketch.box(64, 48, 0..<64, 0..<48))
  )
  #expect(found.inside == whole.inside && whole.inside == whole.outside)
}

@Test func aBrighterPictureHasNoMoreContrastAndIsNoSharper() throws {
  let picture = Sketch.textured(64, 48, seed: 5)
  let brighter = Sketch.changed(picture) { $1 * 1.4 }
  let (a, b) = (try appearance(picture).inside, try appearance(brighter).inside)
  #expect(isClose(b.color[0] - a.color[0], log(1.4), within: 0.01))
  #expect(isClose(a.contrast, b.contrast, within: 0.01))
  #expect(isClose(a.sharpness[0], b.sharpness[0], within: 0.05))
}

@Test func lessContrastIsNoLessSharpness() throws {
  let picture = Sketch.textured(64, 48, seed: 5)
  let flatter = Sketch.changed(picture) { 100 + ($1 - 100) * 0.6 }
  let (a, b) = (try appearance(picture).inside, try appearance(flatter).inside)
  #expect(a.contrast - b.contrast > 0.4)
  #expect(isClose(a.sharpness[0], b.sharpness[0], within: 0.1))
}

@Test func blurTakesSharpnessAndLittleContrast() throws {
  let picture = Sketch.textured(64, 48, seed: 7)
  let blurred = picture.resized(width: 32, height: 24).resized(width: 64, height: 48)
  let (a, b) = (try appearance(picture).inside, try appearance(blurred).inside)
  #expect(a.sharpness[0] - b.sharpness[0] > 0.4)
  #expect(isClose(a.contrast, b.contrast, within: 0.15))
}

@Test(arguments: [(1, 1), (2, 2), (3, 2000), (2000, 3), (1, 50)])
func picturesOfAnyShapeAreMeasured(_ width: Int, _ height: Int) throws {
  let all = Sketch.box(width, height, 0..<width, 0..<height)
  for thing in [nil, all] {
    let found = try appearance(Sketch.flat(width, height, [9, 9, 9]), thing)
    #expect(found.inside.color == SIMD3(repeating: log(10)) && found.inside == found.outside)
    #expect(found.outside.sharpness == SIMD2(0, 0))
  }
}
