import Fieldmark
import Foundation
import Testing

/// Slopes in all three colors, as photographs have them.
private func slopes(_ width: Int, _ height: Int) -> Picture {
  Picture(
    width: width, height: height,
    pixels: (0..<width * height).flatMap { place -> [UInt8] in
      let (x, y) = (Double(place % width), Double(place / width))
      return [
        UInt8(128 + 100 * sin(x / 17)), UInt8(128 + 100 * cos(y / 13)),
        UInt8(128 + 100 * sin((x + y) / 29)),
      ]
    })
}

@Test(arguments: [(1, 1), (3, 1), (1, 9), (17, 16), (160, 90)])
func aJPEGPictureIsReadBackWithinAFewLevels(width: Int, height: Int) throws {
  let picture = slopes(width, height)
  let back = try Picture(bytes: picture.jpeg(quality: 95), name: "x.jpg")
  #expect(back.width == width && back.height == height)
  let distances = zip(back.pixels, picture.pixels).map { abs(Int($0) - Int($1)) }
  #expect(distances.max() ?? 0 <= 8)
  #expect(Double(distances.reduce(0, +)) / Double(distances.count) < 2)
}

/// Where color has half the resolution, a red line of one pixel becomes brown.
@Test func thinLinesKeepTheirColor() throws {
  let picture = Picture(
    width: 32, height: 32,
    pixels: (0..<1024).flatMap { $0 % 32 == 15 ? [230, 20, 20] : [255, 255, 255] })
  let back = try Picture(bytes: picture.jpeg(quality: 95), name: "x.jpg")
  let line = Array(back.pixels[45..<48])
  #expect(line[0] > 200 && line[1] < 60 && line[2] < 60)
}

@Test func lessQualityIsASmallerFile() throws {
  let picture = slopes(160, 90)
  let sizes = try [1, 30, 60, 90, 100].map { try picture.jpeg(quality: $0).count }
  #expect(sizes == sizes.sorted() && Set(sizes).count == 5)
  #expect(try picture.jpeg() == picture.jpeg(quality: 90))
}

/// FF D8, then the JFIF marker of 18 bytes, then FF FE, two bytes of length, and the text.
@Test func theCommentStandsBehindTheJFIFMarker() throws {
  let bytes = try slopes(8, 8).jpeg(comment: "fieldmark 0.1.0: épaulets\0!")
  #expect(Array(bytes.prefix(4)) == [0xff, 0xd8, 0xff, 0xe0])
  #expect(Array(bytes[20..<24]) == [0xff, 0xfe, 0x00, 30])
  #expect(String(decoding: bytes[24..<52], as: UTF8.self) == "fieldmark 0.1.0: épaulets !")
  #expect(try !slopes(8, 8).jpeg().contains([0xff, 0xfe]))
}

@Test func aCommentThatIsTooLongIsCut() throws {
  let text = "a" + String(repeating: "é", count: 40_000)
  let bytes = try slopes(8, 8).jpeg(comment: text)
  #expect(Array(bytes[20..<24]) == [0xff, 0xfe, 0xff, 0xff])
  #expect(try Picture(bytes: bytes, name: "x.jpg").width == 8)
  let cut = Array(bytes[24..<24 + 65_533])
  #expect(String(validating: cut, as: UTF8.self) != nil)
}

@Test func aSideThatJPEGDoesNotHaveIsRefused() {
  let long = Picture(width: 1, height: 65_501, pixels: Array(repeating: 0, count: 3 * 65_501))
  let error = #expect(throws: InputError.self) { try long.jpeg() }
  #expect(
    error?.description
      == "JPEG picture: expected sides of at most 65500 pixels, found 1 x 65501; PNG can hold it at "
      + "this size.")
}
