import Fieldmark
import Testing

private func cast(_ channel: Int, _ byte: Double) -> Double { byte * [1.2, 1, 0.8][channel] }

@Test func aCastThatIsPutOnAClassIsTakenOff() throws {
  let plain = try Sketch.pictures()
  let tinted = try Sketch.pictures { picture, _ in Sketch.changed(picture, cast) }
  let (from, to) = (try Sketch.appearance(tinted), try Sketch.appearance(plain))
  for (picture, expected) in zip(tinted, plain) {
    let changed = try #require(Nuisance.color.shifted(picture, from: from, to: to))
    #expect(Sketch.distance(picture.picture, expected.picture) > 10)
    #expect(Sketch.distance(changed, expected.picture) < 0.6)
  }
}

@Test(arguments: [true, false])
func whatChangesOnlyTheThingOrOnlyItsSurroundingsIsNoCast(_ isThing: Bool) throws {
  let plain = try Sketch.pictures()
  let changed = try Sketch.pictures { picture, thing in
    Sketch.changed(picture, where: { thing.pixels[$0] == isThing }, cast)
  }
  let (from, to) = (try Sketch.appearance(plain), try Sketch.appearance(changed))
  #expect(Nuisance.color.shifted(plain[0], from: from, to: to) == plain[0].picture)
}

@Test func aBorderIsNoCastAndNoContrast() throws {
  let plain = try Sketch.pictures()
  let framed = try Sketch.pictures { picture, _ in
    Sketch.changed(
      picture, where: { pixel in min(pixel % 64, 63 - pixel % 64) < 3 }
    ) { channel, _ in channel == 0 ? 255 : 0 }
  }
  let (from, to) = (try Sketch.appearance(plain), try Sketch.appearance(framed))
  for nuisance in [Nuisance.color, .contrast] {
    #expect(nuisance.shifted(plain[0], from: from, to: to) == plain[0].picture, "\(nuisance)")
  }
}

@Test func contrastThatIsTakenFromAClassIsGivenBack() throws {
  let plain = try Sketch.pictures()
  let flat = try Sketch.pictures { picture, _ in
    let gray = zip(0..., picture.pixels).reduce(0.0) { sum, next in
      sum + Double(next.1) * [0.299, 0.587, 0.114][next.0 % 3]
    }
    let mean = gray / Double(picture.width * picture.height)
    return Sketch.changed(picture) { mean + ($1 - mean) * 0.6 }
  }
  let (from, to) = (try Sketch.appearance(flat), try Sketch.appearance(plain))
  for (picture, expected) in zip(flat, plain) {
    let changed = try #require(Nuisance.contrast.shifted(picture, from: from, to: to))
    #expect(Sketch.distance(changed, expected.picture) < 1.5)
    #expect(Sketch.distance(picture.picture, expected.picture) > 5)
  }
}

private func compressed(_ quality: Double?) throws -> LocatedPicture {
  try LocatedPicture(
    Sketch.textured(64, 48, seed: 2), thing: nil, quality: quality, shortest: 224)
}

@Test func aPictureIsCompressedByTheDifferenceOfBothClasses() throws {
  let picture = try compressed(90)
  let (from, to) = (
    try Sketch.appearance([compressed(80)]), try Sketch.appearance([compressed(30)])
  )
  let expected = try Picture(bytes: picture.picture.jpeg(quality: 40), name: "x.jpg")
  #expect(Nuisance.compression.shifted(picture, from: from, to: to) == expected)
}

@Test func whatCompressionTookIsGoneAndWhatIsNoJPEGHasNone() throws {
  let (fine, coarse, none) = (try compressed(90), try compressed(30), try compressed(nil))
  let (high, low, unknown) = (
    try Sketch.appearance([fine]), try Sketch.appearance([coarse]), try Sketch.appearance([none])
  )
  #expect(Nuisance.compression.shifted(coarse, from: low, to: high) == nil)
  #expect(Nuisance.compression.shifted(none, from: high, to: low) == nil)
  #expect(Nuisance.compression.shifted(fine, from: high, to: unknown) == nil)
  #expect(Nuisance.compression.shifted(fine, from: unknown, to: low) == nil)
}

/// The squares of eight pixels are those of the file, so at half of its size they have four.
@Test func aSmallerCopyIsCompressedAtTheSizeOfItsFile() throws {
  let file = Sketch.textured(128, 96, seed: 2)
  let picture = try LocatedPicture(file, thing: nil, quality: 90, shortest: 48)
  let (from, to) = (
    try Sketch.appearance([compressed(90)]), try Sketch.appearance([compressed(10)])
  )
  let expected = try Picture(
    bytes: picture.picture.resized(width: 128, height: 96).jpeg(quality: 10), name: "x.jpg"
  ).resized(width: 64, height: 48)
  #expect(Nuisance.compression.shifted(picture, from: from, to: to) == expected)
}

@Test func aMirroredPictureIsItselfInTheMirror() throws {
  guard case .single(let mirror) = Nuisance.mirror.change else {
    Issue.record("A mirror needs no other picture.")
    return
  }
  func mirrored(_ picture: Picture) throws -> Picture? {
    mirror(try LocatedPicture(picture, thing: nil, shortest: 224))
  }
  let picture = Sketch.textured(17, 9, seed: 4)
  let once = try #require(try mirrored(picture))
  #expect(try mirrored(once) == picture)
  #expect((0..<17).allSatisfy { once.color($0, 3) == picture.color(16 - $0, 3) })
}
