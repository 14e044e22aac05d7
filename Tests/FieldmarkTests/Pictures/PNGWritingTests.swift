import Fieldmark
import Foundation
import Testing

@Test func aPictureThatIsWrittenIsReadBack() throws {
  for (width, height) in [(1, 1), (3, 1), (1, 9), (70, 41)] {
    for alpha in [false, true] {
      let picture = noise(width, height, alpha: alpha)
      let back = try Picture(bytes: picture.png(), name: "x.png")
      #expect(back.pixels == picture.pixels)
      // A plane that covers everything says nothing and is dropped in reading.
      if picture.alpha?.contains(where: { $0 < 255 }) == true {
        #expect(back.alpha == picture.alpha)
      }
    }
  }
}

@Test func smoothPicturesUseEveryFilterAndComeBack() throws {
  let pixels = (0..<200 * 200).flatMap { place -> [UInt8] in
    let (x, y) = (place % 200, place / 200)
    return [UInt8(x), UInt8(y), UInt8(x * y / 200)]
  }
  let picture = Picture(width: 200, height: 200, pixels: pixels)
  let file = picture.png()
  #expect(file.count < 4000)
  #expect(try Picture(bytes: file, name: "x.png").pixels == pixels)
}

@Test func sixteenBitsOfGrayAreWrittenAndRoundedInReading() throws {
  // Every number that there is: v / 257, rounded, is what 8 bits make of it.
  let file = PNGSamples.gray16(Array(0...65_535)).png(width: 256, height: 256)
  let picture = try Picture(bytes: file, name: "x.png")
  for value in 0..<65_536 {
    #expect(picture.pixels[value * 3] == UInt8((Double(value) / 257).rounded()))
  }
}

@Test func grayIsWritten() throws {
  let picture = try Picture(
    bytes: PNGSamples.gray([0, 7, 200, 255]).png(width: 2, height: 2), name: "x.png")
  #expect(picture.pixels == [0, 0, 0, 7, 7, 7, 200, 200, 200, 255, 255, 255])
}

@Test func textsSayWhereAPictureComesFrom() {
  let file = noise(2, 2).png(text: [("Software", "fieldmark"), ("Prompt", "épaulière\u{0}")])
  let text = String(decoding: file, as: Unicode.ASCII.self)
  #expect(text.contains("tEXtSoftware\0fieldmark"))
  #expect(file.firstRange(of: Array("iTXtPrompt\0\0\0\0\0épaulière ".utf8)) != nil)
}

@Test func theSamePictureGivesTheSameBytes() {
  #expect(noise(30, 20).png() == noise(30, 20).png())
}

@Test func aPictureIsWrittenWholeOrNotAtAll() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "fieldmark-\(getpid())-png")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let path = Fieldmark.Path(folder.appendingPathComponent("a.png").path)
  try noise(5, 4).write(to: path)
  #expect(try Picture(path).pixels == noise(5, 4).pixels)
  let missing = Fieldmark.Path(folder.path + "/none/a.png")
  #expect(throws: InputError.self) { try noise(5, 4).write(to: missing) }
}
