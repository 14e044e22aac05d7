import Fieldmark
import Testing

/// By hand: half of the thing reaches 1 together with one pixel beside it; the rest reaches 0.4.
@Test func areaIsTheSumOfItsSteps() {
  var precision = PixelPrecision()
  precision.add(pixelMap([[10, 4, 10, 0]]), truth("##.."))
  #expect(isClose(precision.area, 0.5 * 0.5 + 0.5 * 2 / 3, within: 1e-12))
}

@Test func whatIsIgnoredIsOnNeitherSide() {
  var precision = PixelPrecision()
  precision.add(pixelMap([[10, 4, 10, 0]]), truth("##.."), ignoring: truth("..#.").mask)
  #expect(precision.area == 1)
}

@Test func pixelsOfAllPicturesStandTogether() {
  var precision = PixelPrecision()
  #expect(precision.area == nil)
  precision.add(pixelMap([[1, 0]]), truth(".."))
  #expect(precision.area == nil, "nothing is in the truth")
  precision.add(pixelMap([[1, 0]]), truth("#."))
  precision.add(pixelMap([[.nan, 0]]), truth("#."))
  #expect(precision.area == 0.5)
  #expect(precision.count == 2 && precision.leftOut == 1)
}

/// wsolevaluation's `MaskEvaluator`, on NumPy 2.4.6.
@Test func areaIsTheBenchmarks() throws {
  let reference = try PlacesReference.read()
  var precision = PixelPrecision()
  for place in reference.places {
    precision.add(reference.map(place.map), reference.truth(place.truth))
  }
  #expect(isClose(precision.area, reference.pixelPrecision, within: 1e-12))
}
