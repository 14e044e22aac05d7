import Fieldmark
import Testing

/// A map of 8 x 6 cells over a picture of as many pixels.
private func map(_ rows: [String]) -> Heatmap {
  let values = rows.flatMap { $0.map { Float($0.wholeNumberValue ?? 0) } }
  return Heatmap(
    Matrix(rows: rows.count, columns: rows[0].count, values),
    region: Region(x: 0, y: 0, width: Double(rows[0].count), height: Double(rows.count)),
    width: rows[0].count, height: rows.count)
}

private let two = map(["09000000", "98000000", "00000000", "00000770", "00007000", "00000000"])

@Test func eachConnectedPartHasABoxAndTheHeaviestComesFirst() {
  let found = MapBoxes(two, above: .at(0.5)).boxes
  #expect(found.map(\.area) == [3, 3])
  // Corners connect.
  #expect(found[0].box == PixelBox(columns: 0..<2, rows: 0..<2))
  #expect(found[1].box == PixelBox(columns: 4..<7, rows: 3..<5))
  #expect(abs(found[0].mean - (1 + 1 + 8.0 / 9) / 3) < 1e-6)
  #expect(found[0].peak == (1, 0) && found[1].peak == (5, 3))
  #expect(MapBoxes(two, above: .at(1)).boxes.isEmpty)
}

@Test func partsAreThePixelsOfTheMask() {
  var random = SplitMix(seed: 3)
  for _ in 0..<20 {
    let grid = Matrix(rows: 7, columns: 9, (0..<63).map { _ in random.normal() })
    let map = Heatmap(
      grid, region: Region(x: 3, y: 0, width: 30, height: 25), width: 36, height: 25)
    let seen = map.clipped().scaledToUnit().resized()
    let mask = seen.mask(above: 0.4)
    let found = MapBoxes(map, above: .at(0.4)).boxes
    #expect(found.map(\.area).reduce(0, +) == mask.pixels.count { $0 })
    let components = Component.all(
      in: mask.pixels, width: 36, height: 25, touching: .sidesAndCorners)
    #expect(Set(components.map(\.count)) == Set(found.map(\.area)))
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.mass >= $1.mass })
  }
}

@Test func aSharedScaleMovesThePartsWithIt() {
  // Of 20 only the two nines lie above 0.4.
  #expect(MapBoxes(two, above: .at(0.4), scale: 20).boxes.map(\.area) == [2])
  #expect(MapBoxes(two, above: .at(0.5), scale: 0).boxes.isEmpty)
}

@Test func otsuDividesTwoGroups() {
  // python -c "import numpy as np; from skimage.filters import threshold_otsu;
  //   print(threshold_otsu(np.array([0, .1, .1, .2, .15, .9, .8, 1, .85], np.float32)))"
  func otsu(_ values: [Float]) -> Float {
    let map = Heatmap(
      Matrix(rows: 1, columns: values.count, values),
      region: Region(x: 0, y: 0, width: Double(values.count), height: 1), width: values.count,
      height: 1)
    return Threshold.otsu.value(of: map.resized())
  }
  #expect(abs(otsu([0, 0.1, 0.1, 0.2, 0.15, 0.9, 0.8, 1, 0.85]) - 0.20117188) < 1e-6)
  // The same of (np.arange(64) * 37 % 64 / 63).astype(np.float32) ** 3.
  let cubes = (0..<64).map { number -> Float in
    let part = Float(Double(number * 37 % 64) / 63)
    return part * part * part
  }
  #expect(abs(otsu(cubes) - 0.36523438) < 1e-6)
  #expect(otsu([0.3, 0.3, 0.3]) == 0.3)
}

@Test(arguments: [("otsu", Threshold.otsu), ("OTSU", .otsu), ("0.25", .at(0.25)), ("1", .at(1))])
func aThresholdIsReadFromText(_ text: String, _ threshold: Threshold) {
  #expect(Threshold(text: text) == threshold)
}

@Test(arguments: ["", "1.1", "-0.1", "nan", "half"])
func whatIsNoThresholdIsRefused(_ text: String) { #expect(Threshold(text: text) == nil) }
