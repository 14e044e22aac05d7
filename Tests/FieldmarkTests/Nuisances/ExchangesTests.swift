import Fieldmark
import Testing

private let (green, white): ([UInt8], [UInt8]) = ([0, 200, 0], [250, 250, 250])
private let (blue, red): ([UInt8], [UInt8]) = ([0, 0, 200], [200, 0, 0])

/// A thing of one color in a box, on another color.
private func located(
  _ width: Int, _ height: Int, _ ground: [UInt8], _ thing: [UInt8], _ columns: Range<Int>,
  _ rows: Range<Int>
) throws -> LocatedPicture {
  try LocatedPicture(
    Sketch.picture(width, height) { columns.contains($0) && rows.contains($1) ? thing : ground },
    thing: Sketch.box(width, height, columns, rows), shortest: 224)
}

@Test func theThingStandsOnTheDonorsBackgroundWithoutTheDonorsThing() throws {
  let picture = try located(40, 30, green, white, 5..<15, 5..<15)
  let donor = try located(40, 30, blue, red, 12..<30, 8..<28)
  #expect(
    Nuisance.background.exchanged(picture, donor)
      == Sketch.picture(40, 30) {
        (5..<15).contains($0) && (5..<15).contains($1) ? white : blue
      })
}

@Test func onItsOwnBackgroundAPictureIsTheSameOutsideOfTheFilledPlace() throws {
  for picture in try Sketch.pictures() {
    let changed = try #require(Nuisance.background.exchanged(picture, picture))
    // The thing itself comes from the picture; one pixel around it is filled in, too.
    let filled = Sketch.box(64, 48, 15..<49, 11..<37)
    let thing = try #require(picture.thing)
    for pixel in thing.pixels.indices where thing.pixels[pixel] || !filled.pixels[pixel] {
      #expect(
        changed.color(pixel % 64, pixel / 64) == picture.picture.color(pixel % 64, pixel / 64))
    }
  }
}

/// A slope from left to right is filled in as a slope.
@Test func theDonorsThingIsFilledInFromAroundIt() throws {
  let slope = Sketch.picture(40, 40) { x, _ in [UInt8(40 + 4 * x), 100, UInt8(200 - 4 * x)] }
  let thing = Sketch.box(40, 40, 15..<25, 14..<26)
  let marked = Sketch.painted(slope, thing, 255)
  let donor = try LocatedPicture(marked, thing: thing, shortest: 224)
  let picture = try located(40, 40, green, white, 0..<2, 0..<2)
  let changed = try #require(Nuisance.background.exchanged(picture, donor))
  for x in 13..<27 {
    let (found, expected) = (changed.color(x, 20), slope.color(x, 20))
    #expect(abs(Int(found[0]) - Int(expected[0])) <= 6 && found[1] == 100, "\(x): \(found)")
  }
}

@Test func donorsOfAnotherSizeAreMadeToFit() throws {
  let picture = try located(40, 30, green, white, 5..<15, 5..<15)
  let donor = try located(17, 50, blue, red, 2..<9, 20..<30)
  let changed = try #require(Nuisance.background.exchanged(picture, donor))
  #expect(changed.width == 40 && changed.height == 30)
  #expect(changed.color(39, 29) == blue && changed.color(20, 15) == blue)
}

@Test func withoutAThingOrWithoutABackgroundNoneIsExchanged() throws {
  let picture = try located(20, 20, green, white, 5..<15, 5..<15)
  let everything = try located(20, 20, green, white, 0..<20, 0..<20)
  let unknown = try LocatedPicture(picture.picture, thing: nil, shortest: 224)
  for (a, b) in [
    (unknown, picture), (picture, unknown), (everything, picture), (picture, everything),
  ] {
    #expect(Nuisance.background.exchanged(a, b) == nil)
  }
}

/// 6 % of 100 pixels are 6, 12.5 % are 13.
@Test func theEdgesAndCornersComeFromTheDonorButWhatLiesOnTheThing() throws {
  let picture = try located(100, 100, green, white, 40..<60, 0..<60)
  let donor = try located(100, 100, blue, red, 40..<60, 40..<60)
  func isFrame(_ x: Int, _ y: Int) -> Bool {
    let (across, down) = (min(x, 99 - x), min(y, 99 - y))
    return across < 6 || down < 6 || across < 13 && down < 13
  }
  #expect(
    Nuisance.frame.exchanged(picture, donor)
      == Sketch.picture(100, 100) { x, y in
        (40..<60).contains(x) && (0..<60).contains(y) ? white : isFrame(x, y) ? blue : green
      })
}

@Test func aDonorsThingInItsFrameIsNotSeen() throws {
  let picture = try located(50, 50, green, white, 20..<30, 20..<30)
  let donor = try located(50, 50, blue, red, 0..<30, 20..<50)
  let changed = try #require(Nuisance.frame.exchanged(picture, donor))
  #expect(changed.color(0, 30) == blue && changed.color(20, 49) == blue)
  #expect(changed.color(10, 30) == green)
}

@Test func aFrameNeedsNoThingButAPlaceBesideIt() throws {
  let picture = try located(50, 50, green, white, 0..<50, 0..<50)
  let unknown = try LocatedPicture(Sketch.flat(50, 50, green), thing: nil, shortest: 224)
  let donor = try LocatedPicture(Sketch.flat(50, 50, blue), thing: nil, shortest: 224)
  #expect(Nuisance.frame.exchanged(picture, donor) == nil)
  let changed = try #require(Nuisance.frame.exchanged(unknown, donor))
  #expect(changed.color(0, 25) == blue && changed.color(25, 25) == green)
}
