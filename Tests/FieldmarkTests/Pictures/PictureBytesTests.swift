import Fieldmark
import Foundation
import Testing

@Test(arguments: [
  ([], "x.jpg: expected a picture (JPEG, PNG or WebP), found an empty file."),
  (
    Array("GIF89a".utf8),
    "x.jpg: expected a picture (JPEG, PNG or WebP), found a GIF picture; save it as PNG first."
  ),
  (
    Array("<!DOCTYPE html>".utf8),
    "x.jpg: expected a picture (JPEG, PNG or WebP), found a web page."
  ),
  (
    [0, 255, 10],
    "x.jpg: expected a picture (JPEG, PNG or WebP), found bytes that begin with '\\u{0}\\xff\\u{a}'."
  ),
  (
    [0xff, 0xd8, 0xff],
    "x.jpg: expected a whole JPEG picture, found one that ends in its header;"
      + " was it copied completely?"
  ),
])
func whatIsNoPictureIsOneSentence(_ bytes: [UInt8], _ sentence: String) {
  #expect(message { try Picture(bytes: bytes, name: "x.jpg") } == sentence)
}

@Test(arguments: [
  (
    "truncated.jpg",
    "truncated.jpg: expected a whole JPEG picture, found one that ends after 0 of its 29 rows;"
      + " was it copied completely?"
  ),
  (
    "truncated.png",
    "truncated.png: expected a whole PNG picture, found one that ends after 0 of its 5 rows;"
      + " was it copied completely?"
  ),
  (
    "truncated.webp",
    "truncated.webp: expected a whole WebP picture, found one that ends in its header;"
      + " was it copied completely?"
  ),
])
func aTruncatedPictureIsOneSentence(_ name: String, _ sentence: String) {
  #expect(message { try PictureReference.named(name).picture() } == sentence)
}

@Test func aDamagedPictureIsOneSentence() {
  var bytes = [UInt8](PictureReference.named("grey 8.png").bytes)
  bytes[bytes.count - 20] ^= 1
  #expect(
    message { try Picture(bytes: bytes, name: "x.png") }
      == "x.png: expected a sound PNG picture, found a damaged one (IDAT: incorrect data check).")
}

@Test func tooManyPixelsAreRefusedByTheHeader() {
  let reference = PictureReference.named("grey 8.png")
  #expect(
    message { try reference.picture(Reading(maxPixels: 94)) }
      == "grey 8.png: expected at most 94 pixels, found 19 x 5.")
  // A header that promises 2^31 - 1 rows, with its checksum right.
  var bytes = [UInt8](reference.bytes)
  bytes.replaceSubrange(20..<24, with: [0x7f, 0xff, 0xff, 0xff])
  bytes.replaceSubrange(29..<33, with: bigEndian(crc32(Array(bytes[12..<29]))))
  #expect(
    message { try Picture(bytes: bytes, name: "bomb.png") }
      == "bomb.png: expected sides of at most 65535 pixels, found 19 x 2147483647.")
}

@Test func scansWithoutEndAreRefused() {
  // Every scan of a progressive picture again and again: each is one more pass over all of it.
  let bytes = [UInt8](PictureReference.named("progressive.jpg").bytes)
  guard let start = scanStarts(bytes).last else { return }
  let last = bytes[start..<bytes.count - 2]
  let endless = bytes[..<start] + repeatElement(last, count: 2000).joined() + [0xff, 0xd9]
  #expect(
    message { try Picture(bytes: Array(endless), name: "x.jpg") }
      == "x.jpg: expected a JPEG picture that takes reasonable time and memory,"
      + " found one that does not (501 scans).")
}

@Test func anyBytesEndInAPictureOrAnInputError() {
  // Every picture of the references, each with some of its bytes changed or its end cut off.
  var random = Scramble(state: 7)
  for reference in PictureReference.all {
    for _ in 0..<40 {
      var bytes = [UInt8](reference.bytes)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      do {
        _ = try Picture(bytes: bytes, name: "x", Reading(maxPixels: 1 << 20))
      } catch {
        #expect(error is InputError)
      }
    }
  }
}

private func scanStarts(_ bytes: [UInt8]) -> [Int] {
  bytes.indices.dropLast().filter { bytes[$0] == 0xff && bytes[$0 + 1] == 0xda }
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// SplitMix64: the same numbers in every run. (Steele, Lea, Flood 2014.)
struct Scramble: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// The sentence that a mistake is answered with; nothing where there is none.
func message(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return "\(error)"
  }
}
