import Fieldmark
import Testing

@Test func overlapIsWhatIsInBothOverWhatIsInEither() {
  // From 0.2 of the way on: the last three. Two of the thing's three are among them.
  let map = pixelMap([[0, 1, 2, 5, 10]])
  let thing = truth(".###.")
  #expect(map.overlap(with: thing, from: 0.2) == 0.5)
  #expect(map.finds(thing) == true)
  #expect(map.finds(thing, from: 0.3) == false)
}

@Test func theThresholdItselfIsIn() {
  #expect(pixelMap([[0, 1, 5]]).overlap(with: truth(".##"), from: 0.2) == 1)
}

@Test func aShareIsOfTheWayFromTheLeast() {
  #expect(pixelMap([[-10, -8, -5, 0]]).overlap(with: truth(".###"), from: 0.2) == 1)
}

@Test func whatIsTheSameEverywhereMarksNothing() {
  let map = pixelMap([[3, 3]])
  #expect(map.overlap(with: truth("#.")) == 0)
  #expect(map.overlapAboveMean(with: truth("#.")) == 0)
}

@Test func theMeanIsThatOfWhatTheModelSaw() {
  // The mean of 1, 2, 6 is 3; with two more of the least it would be below 2.
  let map = pixelMap([[1, 2, 6]], behind: 2)
  #expect(map.overlapAboveMean(with: truth("....#")) == 1)
  #expect(map.overlapAboveMean(with: truth("##..#")) == 1.0 / 3, "unseen truth is missed")
}

@Test func thereIsNoOverlapWithoutTruthOrMap() {
  #expect(pixelMap([[1, 2]]).overlap(with: truth("..")) == nil)
  #expect(pixelMap([[1, .nan]]).overlap(with: truth("#.")) == nil)
  #expect(pixelMap([[1, .nan]]).overlapAboveMean(with: truth("#.")) == nil)
  #expect(pixelMap([[1, 2]]).finds(truth("..")) == nil)
}

/// pycocotools 2.0.11's `mask.iou`.
@Test func overlapsEqualThoseOfCOCOsTools() throws {
  let reference = try PlacesReference.read()
  for place in reference.places {
    let (map, thing) = (reference.map(place.map), reference.truth(place.truth))
    let what = "\(place.map), \(place.truth)"
    #expect(isClose(map.overlap(with: thing, from: 0.2), place.overlap20), "\(what)")
    #expect(isClose(map.overlapAboveMean(with: thing), place.overlapMean), "\(what)")
  }
}
