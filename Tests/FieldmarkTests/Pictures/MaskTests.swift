import Fieldmark
import Testing

private func mask(_ width: Int, _ height: Int, _ body: (Int, Int) -> Bool) -> Mask {
  let pixels = (0..<width * height).map { body($0 % width, $0 / width) }
  return Mask(width: width, height: height, pixels)
}

/// Column by column: 4 out, 2 in, 1 in of the next column, 3 out, 1 in, 1 out.
private let small = mask(4, 3) { x, y in
  [[false, true, true], [true, false, false], [false, true, false]]
    .enumerated().contains { x == $0.offset + 1 && $0.element[y] }
}

/// A disc that is cut off above, and a bar at the edge.
private let large = mask(90, 60) { x, y in
  (x - 50) * (x - 50) + (y - 20) * (y - 20) < 400 || (x < 3 && y > 50)
}

@Test func lengthsAlternateColumnByColumn() {
  #expect(small.runLengths.counts == [4, 3, 3, 1, 1])
  #expect(mask(2, 2) { _, _ in true }.runLengths.counts == [0, 4])
  #expect(mask(2, 2) { _, _ in false }.runLengths.counts == [4])
  #expect(mask(2, 2) { x, y in x == 0 && y == 0 }.runLengths.counts == [0, 1, 3])
}

/// By pycocotools 2.0: `mask.encode(numpy.asfortranarray(pixels))["counts"]`.
@Test func runLengthsAreThoseOfCOCOsTools() {
  #expect(small.runLengths.text == "433NN")
  #expect(
    large.runLengths.text
      == "c19c1000[c14_\\N4L4M2M4M2N2O0O2N2O0O2O0O2O000000000000000000000001N101N101N2N101N2N3L3N3L4LTU1"
  )
  #expect(mask(90, 60) { _, _ in true }.runLengths.text == "0hX5")
  #expect(mask(90, 60) { _, _ in false }.runLengths.text == "hX5")
}

@Test func runLengthsComeWithHeightBeforeWidth() {
  #expect(small.runLengths.json.written() == #"{"size":[3,4],"counts":"433NN"}"#)
}

@Test func everyPixelIsCountedOnce() {
  for seed in 1...20 {
    let mask = mask(seed, 13) { x, y in (x * 31 + y * 17 + seed * x * y) % 7 < 3 }
    let counts = mask.runLengths.counts
    #expect(counts.reduce(0, +) == seed * 13)
    let activations = counts.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    #expect(activations.reduce(0, +) == mask.pixels.filter { $0 }.count)
  }
}
