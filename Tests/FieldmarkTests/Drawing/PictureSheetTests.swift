import Encoders
import Fieldmark
import Testing

private func plain(_ width: Int, _ height: Int, _ grey: UInt8 = 0) -> Picture {
  Picture(width: width, height: height, pixels: Array(repeating: grey, count: 3 * width * height))
}

/// The smallest rectangle around the pixels of a grey: x, y, width, height.
private func box(of grey: UInt8, in picture: Picture) -> [Int] {
  let places = (0..<picture.width * picture.height).filter { picture.pixels[3 * $0] == grey }
  let columns = places.map { $0 % picture.width }
  guard let top = places.first, let bottom = places.last, let left = columns.min(),
    let right = columns.max()
  else { return [] }
  let y = top / picture.width
  return [left, y, right - left + 1, bottom / picture.width - y + 1]
}

/// Margins of 16, a gap of 8 between cells, 4 below a picture.
@Test func aSheetWithoutWordsIsItsPicturesAndMargins() {
  let cells: [PictureSheet.Cell] = [.init(plain(64, 32, 10)), .init(plain(8, 8, 20))]
  let drawn = PictureSheet(rows: [.init("", cells)], cellWidth: 64).drawn()
  #expect(drawn.width == 168)
  #expect(drawn.height == 100)
  #expect(box(of: 10, in: drawn) == [16, 16, 64, 32])
  #expect(box(of: 20, in: drawn) == [88, 16, 64, 64])
}

/// A line of a title is 2 * 9 + 4 pixels, of a caption 9 + 2, with 4 below each text; a row of a
/// picture and a caption is 32 + 4 + 11 + 4.
@Test func titlesAndCaptionsMakeRoom() {
  let cells: [PictureSheet.Cell] = [.init(plain(64, 32, 10), "one"), .init(nil, "none")]
  let sheet = PictureSheet(
    "all", columns: ["a", "b"], rows: [.init("row", cells), .init("", cells)], cellWidth: 64)
  let drawn = sheet.drawn()
  #expect(drawn.width == 208)
  #expect(drawn.height == 194)
  #expect(box(of: 10, in: drawn) == [56, 68, 64, 91])
}

@Test func aThinPictureIsAtMostTwiceAsHighAsWide() {
  let thin = PictureSheet(rows: [.init("", [.init(plain(1, 9000, 10))])], cellWidth: 64).drawn()
  #expect(box(of: 10, in: thin) == [47, 16, 1, 128])
  let flat = PictureSheet(rows: [.init("", [.init(plain(9000, 1, 10))])], cellWidth: 64).drawn()
  #expect(box(of: 10, in: flat) == [16, 16, 64, 1])
}

@Test func rowsNeedNotBeOfOneLengthAndMayBeNone() {
  #expect(PictureSheet(cellWidth: 64).drawn().width == 96)
  let cell = PictureSheet.Cell(plain(64, 64, 10))
  let drawn = PictureSheet(rows: [.init("", []), .init("", [cell, cell])], cellWidth: 64).drawn()
  #expect(box(of: 10, in: drawn) == [16, 24, 136, 64])
}

/// However long a text is, the sheet has the width of its cells.
@Test func longTextsAreWrappedAndCut() {
  let text = String(repeating: "incomprehensibilities and more ", count: 400)
  let cell = PictureSheet.Cell(plain(64, 64, 10), text)
  let drawn = PictureSheet(text, columns: [text], rows: [.init(text, [cell])], cellWidth: 64)
    .drawn()
  #expect(drawn.width == 136)
  #expect(drawn.height == 308)
}
