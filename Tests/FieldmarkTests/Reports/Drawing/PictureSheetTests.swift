import Fieldmark
import Testing

private func plain(_ width: Int, _ height: Int, _ gray: UInt8 = 0) -> Picture {
  Picture(width: width, height: height, pixels: Array(repeating: gray, count: 3 * width * height))
}

/// The smallest rectangle around the pixels of a gray: x, y, width, height.
private func box(of gray: UInt8, in picture: Picture) -> [Int] {
  let places = (0..<picture.width * picture.height).filter { picture.pixels[3 * $0] == gray }
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
  let drawn = PictureSheet(rows: [.init("", cells)], maxSide: 64).drawn()
  #expect(drawn.width == 168)
  #expect(drawn.height == 100)
  #expect(box(of: 10, in: drawn) == [16, 32, 64, 32])
  #expect(box(of: 20, in: drawn) == [88, 16, 64, 64])
}

/// A line of a heading or caption is 9 + 2 pixels, with 2 below each text; a row of a picture and a
/// caption is 32 + 4 + 13.
@Test func titlesAndCaptionsMakeRoom() {
  let cells: [PictureSheet.Cell] = [.init(plain(64, 32, 10), "one"), .init(nil, "none")]
  let bare = PictureSheet(rows: [.init("", cells), .init("", cells)], maxSide: 64).drawn()
  #expect(bare.height == 16 + 49 + 16 + 49 + 16)
  let sheet = PictureSheet(
    "", columns: ["a", "b"], rows: [.init("row", cells), .init("", cells)], maxSide: 64)
  let drawn = sheet.drawn()
  #expect(drawn.height == bare.height + 13)
  // The title of a row has letters twice as large: 3 * 12 - 2 pixels, and two gaps.
  #expect(drawn.width == bare.width + 34 + 16)
  #expect(box(of: 10, in: drawn) == [66, 29, 64, 97])
}

/// The tile of the original has the size of the others, and the words stand beside it.
@Test func theOriginalStandsOnce() {
  let original = PictureSheet.Cell(plain(64, 32, 20), "the picture")
  let rows = (0..<2).map { _ in PictureSheet.Row("", [.init(plain(64, 32, 10), "one")]) }
  let sheet = PictureSheet("title", remark: "remark", original: original, rows: rows, maxSide: 64)
  let drawn = sheet.drawn()
  #expect(box(of: 20, in: drawn) == [16, 16, 64, 32])
  #expect(box(of: 10, in: drawn)[1] == 16 + 32 + 4 + 24 + 8)
  #expect(drawn.width == 16 + 64 + 16 + 200 + 16)
}

@Test(arguments: [(1, 9000), (100, 800), (64, 64), (800, 100), (9000, 1)])
func allTilesAreOfOneSize(width: Int, height: Int) {
  let cells = (0..<3).map { PictureSheet.Cell(plain(width, height, UInt8(10 + $0))) }
  let rows = (0..<2).map { _ in PictureSheet.Row("", cells) }
  let drawn = PictureSheet(rows: rows, maxSide: 64).drawn()
  let boxes = (0..<3).map { box(of: UInt8(10 + $0), in: drawn) }
  #expect(Set(boxes.map { $0[2] }).count == 1 && Set(boxes.map { $0[3] }).count == 1)
  #expect(boxes[1][0] - boxes[0][0] == boxes[2][0] - boxes[1][0])
  #expect(boxes[0][2] <= 64 && (boxes[0][3] - 4) / 2 <= 64 + 16)
}

@Test func aThinPictureIsAtMostHalfAgainAsHighAsATileIsWide() {
  let thin = PictureSheet(rows: [.init("", [.init(plain(1, 9000, 10))])]).drawn()
  #expect(box(of: 10, in: thin)[3] == 960)
  let flat = PictureSheet(rows: [.init("", [.init(plain(9000, 1, 10))])]).drawn()
  #expect(box(of: 10, in: flat)[2] == 640)
}

/// A sheet as wide as a page should have about 300 dots an inch.
@Test func tilesAreLargerWhereThereAreFew() {
  let sides = [1, 3, 4, 6, 30].map { count -> Int in
    let cells = Array(repeating: PictureSheet.Cell(plain(50, 50, 10)), count: count - 1)
    let sheet = PictureSheet(rows: [.init("", [.init(plain(50, 50, 20))] + cells)])
    return box(of: 20, in: sheet.drawn())[2]
  }
  #expect(sides == [640, 640, 500, 333, 240])
}

@Test func rowsNeedNotBeOfOneLengthAndMayBeNone() {
  #expect(PictureSheet(maxSide: 64).drawn().width == 96)
  let cell = PictureSheet.Cell(plain(64, 64, 10))
  let drawn = PictureSheet(rows: [.init("", []), .init("", [cell, cell])], maxSide: 64).drawn()
  #expect(box(of: 10, in: drawn) == [16, 16 + 64 + 4 + 16, 136, 64])
}

/// However long a text is, the sheet has the width of its cells, and no word is lost: of 40 words in
/// lines of two, 20 lines.
@Test func headingsAreWrappedAndNotCut() {
  let cell = PictureSheet.Cell(plain(64, 64, 10), "one")
  func drawn(_ heading: String) -> Picture {
    PictureSheet(columns: [heading], rows: [.init("", [cell])], maxSide: 64).drawn()
  }
  let long = drawn(Array(repeating: "word", count: 40).joined(separator: " "))
  #expect(long.width == 96)
  #expect(long.height == drawn("word").height + 19 * 11)
}

@Test func aBarAndItsNumbersStandBelowATile() {
  let map = Heatmap(
    Matrix([[-1, 2]]), region: Region(x: 0, y: 0, width: 64, height: 32), width: 64, height: 32)
  func drawn(_ bar: ColorBar?) -> Picture {
    let cells: [PictureSheet.Cell] = [.init(plain(64, 32, 10), bar: bar, "one")]
    return PictureSheet(rows: [.init("", cells)], maxSide: 64).drawn()
  }
  let with = drawn(ColorBar(map, .turbo))
  #expect(with.height == drawn(nil).height + 20)
  // The frame of the strip.
  #expect(box(of: 90, in: with).prefix(3) == [16, 16 + 32 + 4, 64])
}
