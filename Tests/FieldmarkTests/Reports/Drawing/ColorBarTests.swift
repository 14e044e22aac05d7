import Fieldmark
import Testing

private func bar(_ values: [Float], from x: Double = 0) -> ColorBar {
  ColorBar(
    Heatmap(
      Matrix([values]), region: Region(x: x, y: 0, width: 2, height: 1), width: 2, height: 1),
    .turbo)
}

@Test func theEndsOfABarAreTheMapsOwnNumbersInPlainWords() {
  let plain = bar([0, 0.034])
  #expect(plain.low?.text == "0: no evidence for it")
  #expect(plain.high?.text == "+0.034: the highest value")
  #expect(plain.remark == "")
  #expect(bar([0, 0.03456]).high?.number == "+0.0346")
  #expect(bar([0, 0.0049213]).high?.number == "+0.00492")
  let signed = bar([-1.25, 3])
  #expect(
    signed.low?.text == "0: no evidence for it" && signed.high?.text == "+3.000: the highest value")
  #expect(
    signed.remark
      == "The map's own numbers go from -1.250 to +3.000; numbers below 0 are evidence against it "
      + "and have no color.")
  let positive = bar([2, 5.5])
  #expect(positive.low?.text == "+2.000: the lowest value, without color")
  #expect(positive.high?.text == "+5.500: the highest value" && positive.remark == "")
}

@Test func aMapWithoutColorsSaysSo() {
  #expect(bar([-2, 0]).remark == "Nothing in this map is above 0, so nothing is colored.")
  #expect(bar([-2, 0]).low == nil && bar([-2, 0]).high == nil)
  #expect(
    bar([3, 3]).remark
      == "This map is +3.000 everywhere, so nothing stands out and nothing is colored.")
  #expect(bar([3, 3]).high == nil)
}

@Test func whatIsDimmedIsSaid() {
  #expect(bar([0, 1], from: 0.6).remark == "The model did not see what is dimmed.")
  #expect(bar([0, 1], from: 0.4).remark == "")
}

/// The picture comes first, as it is; then, behind a margin of 6, the strip in its frame.
@Test func aBarStandsBelowItsPicture() {
  let picture = Picture(
    width: 200, height: 3, pixels: Array(repeating: 77, count: 3 * 200 * 3))
  let drawn = bar([0, 1]).below(picture)
  #expect(drawn.width == 200)
  #expect(Array(drawn.pixels[..<(3 * 600)]) == picture.pixels)
  func color(_ x: Int, _ y: Int) -> [UInt8] {
    let start = 3 * (y * drawn.width + x)
    return Array(drawn.pixels[start..<start + 3])
  }
  #expect(color(100, 8) == [255, 255, 255] && color(6, 9) == [90, 90, 90])
  // Plain gray where the map has nothing; where it has most, 0.6 of turbo's last color.
  #expect(color(7, 12) == [128, 128, 128] && color(192, 12) == [124, 54, 53])
}

@Test func aPictureTooNarrowForWordsStandsInTheMiddle() {
  let drawn = bar([0, 1]).below(Picture(width: 2, height: 1, pixels: [1, 1, 1, 2, 2, 2]))
  #expect(drawn.width == 180)
  #expect(Array(drawn.pixels[(3 * 89)..<(3 * 91)]) == [1, 1, 1, 2, 2, 2])
  #expect(drawn.pixels[0] == 255)
}
