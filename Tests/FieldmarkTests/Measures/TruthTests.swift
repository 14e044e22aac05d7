import Fieldmark
import Testing

/// CUB-200-2011 has boxes that end behind their picture.
@Test func whatABoxHasBeyondThePictureFallsAway() {
  let box = Region(x: 3, y: -2, width: 9, height: 4)
  let found = Truth(box: box, width: 5, height: 3)
  #expect(found.boxes == [PixelBox(columns: 3..<5, rows: 0..<2)])
  #expect(found.mask == truth("...##", "...##", ".....").mask)
  #expect(found.count == 4)
}

@Test func aPixelIsInABoxWhereItsMiddleIs() {
  let box = PixelBox(Region(x: 0.5, y: 0.6, width: 2, height: 1), width: 5, height: 3)
  #expect(box == PixelBox(columns: 0..<2, rows: 1..<2))
}

@Test func aBoxThatIsNoneHasNoPixel() {
  for box in [
    Region(x: 9, y: 0, width: 3, height: 3), Region(x: 0, y: 0, width: -1, height: 3),
    Region(x: .nan, y: 0, width: 1, height: 1), Region(x: 0, y: 0, width: .infinity, height: 1),
    Region(x: 0.6, y: 0, width: 0.2, height: 1),
  ] {
    let found = Truth(box: box, width: 4, height: 4)
    #expect(found.count == 0 && found.boxes.isEmpty, "\(box)")
  }
}

@Test func boxesStandTogether() {
  let boxes = [
    Region(x: 0, y: 0, width: 2, height: 1), Region(x: 1, y: 0, width: 2, height: 2),
  ]
  let found = Truth(boxes: boxes, width: 4, height: 2)
  #expect(found.mask == truth("###.", ".##.").mask && found.count == 5 && found.boxes.count == 2)
}

@Test func aMaskHasTheBoxAroundIt() {
  #expect(truth(".....", "..#..", "...#.").boxes == [PixelBox(columns: 2..<4, rows: 1..<3)])
  #expect(truth("..", "..").boxes.isEmpty)
}

/// The radius itself is out, as TorchRay's tolerance is.
@Test func aDiscHasThePixelsThatAreNearer() {
  let point = PartPoint("beak", x: 2, y: 1)
  #expect(
    Truth(around: [point], radius: 1, width: 5, height: 3).mask
      == truth(".....", "..#..", ".....").mask)
  #expect(
    Truth(around: [point], radius: 1.5, width: 5, height: 3).mask
      == truth(".###.", ".###.", ".###.").mask)
  #expect(
    Truth(around: [point], radius: 2, width: 5, height: 3).mask
      == truth(".###.", ".###.", ".###.").mask)
  let corner = PartPoint("tail", x: 0, y: 0)
  #expect(
    Truth(around: [corner, point], radius: 1.1, width: 5, height: 3).mask
      == truth("###..", "####.", "..#..").mask)
  let nowhere = PartPoint("tail", x: .nan, y: 1e300)
  #expect(Truth(around: [nowhere], radius: 3, width: 5, height: 3).count == 0)
}

@Test func aSmallThingHasLessThanAQuarter() {
  #expect(!truth("##..", "....").isSmall, "a quarter")
  #expect(truth("#...", "....").isSmall)
  #expect(!truth("#...", "...#").isSmall, "its box is what counts")
}

@Test func aPartsKindHasNoSide() {
  #expect(PartPoint("left wing", x: 0, y: 0).kind == "wing")
  #expect(PartPoint("right eye", x: 0, y: 0).kind == "eye")
  #expect(PartPoint("beak", x: 0, y: 0).kind == "beak")
}
