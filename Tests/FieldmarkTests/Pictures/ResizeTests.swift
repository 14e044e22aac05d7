import CFieldmark
import Fieldmark
import Foundation
import Testing

/// Bytes that look like nothing, the same in every run.
func noise(_ width: Int, _ height: Int, alpha: Bool = false, seed: UInt64 = 1) -> Picture {
  var random = Scramble(state: seed)
  func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in .random(in: 0...255, using: &random) }
  }
  return Picture(
    width: width, height: height, pixels: bytes(width * height * 3),
    alpha: alpha ? bytes(width * height) : nil)
}

@Test func aSmallPictureIsResizedAsByPillow() {
  // Image.frombytes("RGB", (7, 5), bytes(37 * n % 256 for n in range(105))).resize(..., BICUBIC)
  let picture = Picture(
    width: 7, height: 5, pixels: (0..<105).map { UInt8(truncatingIfNeeded: 37 * $0) })
  func reds(_ picture: Picture) -> [UInt8] {
    (0..<picture.width).map { picture.pixels[$0 * 3] }
  }
  #expect(reds(picture.resized(width: 4, height: 3)) == [57, 169, 129, 110])
  #expect(
    reds(picture.resized(width: 10, height: 8)) == [0, 51, 144, 221, 118, 106, 185, 66, 85, 160])
}

@Test func oneColorStaysOneColor() {
  for filter in Filter.all {
    let gray = Picture(width: 13, height: 9, pixels: Array(repeating: 77, count: 13 * 9 * 3))
    for (width, height) in [(1, 1), (40, 30), (5, 90), (200, 2)] {
      #expect(Set(gray.resized(width: width, height: height, filter).pixels) == [77])
    }
  }
}

@Test func theSameSizeIsTheSamePicture() {
  let picture = noise(23, 17, alpha: true)
  #expect(picture.resized(width: 23, height: 17) == picture)
}

@Test func aWindowIsCutFromTheWhole() {
  var random = Scramble(state: 5)
  for round in 0..<60 {
    let picture = noise(
      .random(in: 1...90, using: &random), .random(in: 1...90, using: &random),
      alpha: round.isMultiple(of: 3), seed: UInt64(round))
    let width = Int.random(in: 1...90, using: &random)
    let height = Int.random(in: 1...90, using: &random)
    let filter = Filter.all[round % 4]
    let whole = picture.resized(width: width, height: height, filter)
    let left = Int.random(in: 0..<width, using: &random)
    let top = Int.random(in: 0..<height, using: &random)
    let columns = left..<Int.random(in: left + 1...width, using: &random)
    let rows = top..<Int.random(in: top + 1...height, using: &random)
    let window = picture.resized(
      width: width, height: height, columns: columns, rows: rows, filter)
    let cut = rows.flatMap { row in
      whole.pixels[(row * width + columns.lowerBound) * 3..<(row * width + columns.upperBound) * 3]
    }
    #expect(window.pixels == cut)
  }
}

@Test func theFastWayGivesWhatThePlainWayGives() {
  var random = Scramble(state: 6)
  for round in 0..<200 {
    let picture = noise(
      .random(in: 1...150, using: &random), .random(in: 1...60, using: &random),
      seed: UInt64(round))
    let width = Int.random(in: 1...150, using: &random)
    let height = Int.random(in: 1...60, using: &random)
    func resized(_ way: fm_way) -> Picture {
      picture.resized(
        width: width, height: height, columns: 0..<width, rows: 0..<height, Filter.all[round % 4],
        way: way)
    }
    #expect(resized(fm_way_fastest) == resized(fm_way_plain))
  }
}

@Test func aLineBecomesASquareWithoutMuchMemory() {
  // Whole, the picture resized so that its short side fills 224 would have 501 million pixels.
  let line = noise(1, 10_000)
  let square = Preprocessing.openAI(224).pixels(of: line)
  #expect((square.width, square.height) == (224, 224))
}

@Test(arguments: PictureReference.all.filter { $0.sizes != nil })
func picturesAreResizedAsByPillow(_ reference: PictureReference) throws {
  let picture = try reference.picture()
  for (key, crc) in reference.sizes ?? [:] {
    let words = key.split(separator: " ")
    let filter = try #require(Filter.all.first { $0.name == words[0] })
    let width = try #require(Int(words[1]))
    let height = try #require(Int(words[2]))
    #expect(
      crc32(picture.resized(width: width, height: height, filter).pixels) == crc,
      "\(reference.name), \(key)")
  }
}
