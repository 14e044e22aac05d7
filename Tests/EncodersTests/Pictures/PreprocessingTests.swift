import Encoders
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

@Test func squashingShowsAllOfThePicture() {
  let picture = noise(30, 11)
  #expect(
    Preprocessing.sigLIP(16).region(of: picture) == Region(x: 0, y: 0, width: 30, height: 11))
  #expect(
    Preprocessing.sigLIP(16).pixels(of: picture).pixels
      == picture.resized(width: 16, height: 16).pixels)
}

@Test func numbersAreThoseOfPyTorch() {
  let picture = Picture(width: 2, height: 1, pixels: [0, 128, 255, 1, 2, 3])
  let preprocessing = Preprocessing.laionHalf(1)
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

@Test(.enabled(if: References.present, "needs FIELDMARK_REFERENCES"))
func picturesReachTheModelAsThroughOpenAIsTransform() throws {
  struct List: Decodable {
    struct Entry: Decodable { let index: Int, file: String }
    let images: [Entry]
  }
  let list = try References.json(List.self, "data/preprocess_reference.json")
  let tensors = try Checkpoint(References.path("data/preprocess_reference.safetensors"))
  #expect(list.images.count == 18)
  for entry in list.images {
    let picture = try Picture(References.path("data/" + entry.file))
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
