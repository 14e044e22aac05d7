import Fieldmark
import Foundation
import Testing

private func black(_ width: Int, _ height: Int) -> Picture {
  Picture(width: width, height: height, pixels: Array(repeating: 0, count: width * height * 3))
}

@Test(arguments: [
  // 500 x 333 becomes 336 x 224, of which 56 columns fall on each side.
  (500, 333, Region(x: 56 * 500 / 336.0, y: 0, width: 224 * 500 / 336.0, height: 333)),
  // 640 x 481 becomes 298 x 224.
  (640, 481, Region(x: 37 * 640 / 298.0, y: 0, width: 224 * 640 / 298.0, height: 481)),
  // 333 x 335 becomes 224 x 225: half a row too many, and half rounds to 0.
  (333, 335, Region(x: 0, y: 0, width: 333, height: 224 * 335 / 225.0)),
  // 224 x 227: 1.5 rounds to 2.
  (224, 227, Region(x: 0, y: 2, width: 224, height: 224)),
])
func theModelSeesTheMiddle(_ width: Int, _ height: Int, _ region: Region) {
  #expect(Preprocessing.openAI(224).region(of: black(width, height)) == region)
}

@Test func huggingFaceRoundsDown() throws {
  let preprocessing = try Preprocessing(
    width: 224, height: 224, fit: .crop(shortest: 224), rounding: .down,
    mean: ChannelStatistics.openAI.mean, deviation: ChannelStatistics.openAI.deviation)
  #expect(preprocessing.region(of: black(224, 227)).y == 1)
}

@Test func aPaddedPictureLiesInTheMiddle() throws {
  let preprocessing = try Preprocessing(
    width: 8, height: 8, fit: .pad(.white), mean: [0, 0, 0], deviation: [1, 1, 1])
  let wide = black(8, 3)
  let framed = preprocessing.pixels(of: wide)
  let rows = (0..<8).map { framed.pixels[$0 * 24] }
  // torchvision pads (8 - 3) / 2 = 2 before and 3 behind.
  #expect(rows == [255, 255, 0, 0, 0, 255, 255, 255])
  #expect(preprocessing.region(of: wide) == Region(x: 0, y: -2, width: 8, height: 8))
}

@Test func squashingShowsAllOfThePicture() throws {
  let picture = noise(30, 11)
  let preprocessing = try Preprocessing.openAI(16).fitting(.squash)
  #expect(preprocessing.region(of: picture) == Region(x: 0, y: 0, width: 30, height: 11))
  #expect(
    preprocessing.pixels(of: picture).pixels
      == picture.resized(width: 16, height: 16).pixels)
}

private func prepared(_ transparency: Preprocessing.Conversion) throws -> Preprocessing {
  try Preprocessing(
    width: 13, height: 9, fit: .squash, transparency: transparency, mean: [0, 0, 0],
    deviation: [1, 1, 1])
}

/// Pictures of 1 to 16 bits, of palettes, gray and with colors, with inks, with a plane of alpha, with
/// transparent colors, to be turned or not. The processors of transformers turn none of them upright,
/// and Pillow cuts 16 bits.
@Test(arguments: PictureReference.all.filter { $0.processed != nil })
func everyKindOfPictureIsConvertedAsTheModelsOwnCodeDoes(_ reference: PictureReference) throws {
  let picture = try reference.picture(Reading(upright: false, depth: .asPillow))
  func seen(_ transparency: Preprocessing.Conversion) throws -> UInt32 {
    crc32(try prepared(transparency).pixels(of: picture).pixels)
  }
  #expect(try seen(.firstOn(.white)) == reference.processed, "on white")
  #expect(try seen(.first) == reference.first, "first")
  // Pillow resizes palettes and gray pictures of 1 and 16 bits in a way that no model was meant to see.
  if !["1", "P", "I;16"].contains(reference.mode) {
    #expect(try seen(.last) == reference.last, "last")
  }
}

@Test func theReferencesTellTheWaysOfConvertingApart() {
  let transparent = PictureReference.all.filter { $0.name.hasPrefix("transparent dark") }
  #expect(transparent.count == 2)
  #expect(transparent.allSatisfy { $0.processed != $0.first && $0.first == $0.last })
  let alpha = PictureReference.named("alpha.png")
  #expect(Set([alpha.processed, alpha.first, alpha.last]).count == 3)
  let inks = PictureReference.named("inks.jpg")
  #expect(inks.first != inks.last && inks.first == inks.processed)
}

@Test func whatLiesOnWhiteIsNoted() throws {
  let onWhite = try prepared(.firstOn(.white))
  for name in ["alpha.png", "transparent dark grey.png"] {
    let picture = try PictureReference.named(name).picture()
    #expect(onWhite.converted(picture).notes == ["laid on white where transparent"])
    #expect(onWhite.converted(onWhite.converted(picture)) == onWhite.converted(picture))
    #expect(try prepared(.first).converted(picture).notes == picture.notes)
    #expect(Preprocessing.openAI(8).converted(picture) == picture)
  }
  // Where nothing shines through nothing is said.
  let opaque = try PictureReference.named("transparent colour.png").picture()
  #expect(opaque.notes == ["a transparent color is shown as it is stored"])
  #expect(onWhite.converted(opaque).notes == [])
}

@Test func otherSizesAndFitsKeepTheWayOfConverting() throws {
  let onWhite = try prepared(.firstOn(.white))
  #expect(try onWhite.resized(width: 9, height: 9).transparency == .firstOn(.white))
  #expect(try onWhite.fitting(.pad(.white)).transparency == .firstOn(.white))
}

@Test func theFirstRowsOfAPictureKeepAllThatIsKnownOfThem() throws {
  for name in ["alpha.png", "transparent dark colour.png", "inks.jpg"] {
    let whole = try PictureReference.named(name).picture()
    let cut = whole.first(3, note: "cut")
    #expect((cut.width, cut.height, cut.notes.last) == (whole.width, 3, "cut"))
    for way in [Preprocessing.Conversion.last, .first, .firstOn(.white)] {
      let size = try prepared(way).resized(width: whole.width, height: whole.height)
      let rows = try prepared(way).resized(width: whole.width, height: 3)
      #expect(
        rows.pixels(of: cut).pixels
          == Array(size.pixels(of: whole).pixels.prefix(3 * 3 * whole.width)))
    }
  }
}

@Test func numbersAreThoseOfPyTorch() throws {
  let picture = Picture(width: 2, height: 1, pixels: [0, 128, 255, 1, 2, 3])
  let preprocessing = try Preprocessing(
    width: 1, height: 1, fit: .crop(shortest: 1), mean: ChannelStatistics.half.mean,
    deviation: ChannelStatistics.half.deviation)
  let seen = preprocessing.pixels(of: picture)
  let numbers = preprocessing.tensor(of: picture)
  for channel in 0..<3 {
    #expect(numbers[channel] == (Float(seen.pixels[channel]) / 255 - 0.5) / 0.5)
  }
}

@Test(arguments: [
  (0, 1, "preprocessing: expected a side of 1 to 8192 pixels, found 0."),
  (9000, 1, "preprocessing: expected a side of 1 to 8192 pixels, found 9000."),
  (
    224, 0,
    "preprocessing: expected a mean and a deviation to divide by, found 0.5 and 0.0."
  ),
])
func whatCannotBePreprocessedIsRefused(_ size: Int, _ deviation: Float, _ sentence: String) {
  let found = message {
    try Preprocessing(
      width: size, height: size, fit: .squash, mean: [0.5, 0.5, 0.5],
      deviation: SIMD3(repeating: deviation))
  }
  #expect(found == sentence)
}

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func picturesReachTheModelAsThroughOpenAIsTransform() throws {
  struct List: Decodable {
    struct Entry: Decodable { let index: Int, file: String }
    let images: [Entry]
  }
  let list = try ReferenceData.json(List.self, "data/preprocess_reference.json")
  let tensors = try Checkpoint(ReferenceData.path("data/preprocess_reference.safetensors"))
  #expect(list.images.count == 18)
  for entry in list.images {
    let picture = try Picture(ReferenceData.path("data/" + entry.file))
    let number = (entry.index < 10 ? "0" : "") + "\(entry.index)"
    let preprocessing = Preprocessing.openAI(224)
    #expect(
      try preprocessing.pixels(of: picture).pixels
        == tensors.tensor("u8_\(number)").withBytes(Array.init),
      "\(entry.file)")
    #expect(
      try preprocessing.tensor(of: picture) == tensors.tensor("f32_\(number)").floats(),
      "\(entry.file)")
  }
}
