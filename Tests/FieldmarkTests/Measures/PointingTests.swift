import Fieldmark
import Testing

@Test func theFirstOfTheLargestIsPointedAt() {
  let map = pixelMap([[1, 5, 5], [5, 0, 2]])
  let peak = map.peak
  #expect(peak?.column == 1 && peak?.row == 0)
  #expect(map.points(to: truth(".#.", "...")) == true)
  #expect(map.points(to: truth("#.#", "###")) == false)
  #expect(pixelMap([[1, 2]], behind: 3).peak?.column == 4, "in the picture's pixels")
}

/// TorchRay's disc is open: 2 pixels away is out at 2, and in at anything more.
@Test func toleranceReachesToWhatIsNearer() {
  let map = pixelMap([[9, 0, 0, 0]])
  let far = truth("..#.")
  #expect(map.points(to: far, tolerance: 2) == false)
  #expect(map.points(to: far, tolerance: 2.01) == true)
  let here = truth("#...")
  #expect(map.points(to: here, tolerance: 1) == true)
  #expect(map.points(to: here, tolerance: 0) == false, "nothing is nearer than 0")
}

/// The first of the largest would miss; the middle of the larger of two blobs hits.
@Test func theLargestBlobsMiddleIsPointedAt() {
  let map = pixelMap([
    [1, 0, 0, 0, 0],
    [0, 0, 0.96, 0.96, 0.96],
    [0, 0, 0.96, 0, 0.96],
    [0, 0, 0.96, 0.95, 0.99],
  ])
  let middle = truth(".....", ".....", "...#.", ".....")
  #expect(map.blobPoints(to: middle) == true)
  #expect(map.points(to: middle) == false)
  #expect(map.blobPoints(to: truth("#....", ".....", ".....", ".....")) == false)
}

@Test func blobsTouchAtCorners() {
  // Two pixels at a corner are one blob, whose middle lies between them.
  let map = pixelMap([[1, 0, 0], [0, 1, 0], [0, 0, 0]])
  #expect(map.blobPoints(to: truth("...", ".#.", "...")) == true)
}

@Test func nobodyPointsAtNothing() throws {
  let map = pixelMap([[1, 2]])
  let nothing = truth("..")
  #expect(map.points(to: nothing) == nil)
  #expect(map.points(to: nothing, tolerance: 15) == nil)
  #expect(map.blobPoints(to: nothing) == nil)
  #expect(pixelMap([[.nan, 1]]).points(to: truth("#.")) == nil)
  #expect(pixelMap([[0, -1]]).blobPoints(to: truth("#.")) == nil, "a share of nothing")
  // Quantus 0.6.0 wants to say so, too, but writes NaN into an array of truth values: a hit.
  #expect(try PlacesReference.read().quantusPointingAtNothing == 1)
}

/// Quantus 0.6.0's PointingGame where no two pixels are equal, TorchRay's `PointingGame.evaluate`, and
/// GLAS's blobs by SciPy 1.17.1.
@Test func pointingEqualsThePackages() throws {
  let reference = try PlacesReference.read()
  for place in reference.places {
    let (map, thing) = (reference.map(place.map), reference.truth(place.truth))
    let what = "\(place.map), \(place.truth)"
    #expect(map.points(to: thing) == place.pointing, "\(what)")
    #expect(map.points(to: thing, tolerance: 2) == place.pointing2, "\(what)")
    #expect(map.points(to: thing, tolerance: 5) == place.pointing5, "\(what)")
    #expect(map.blobPoints(to: thing) == place.blob, "\(what)")
  }
}
