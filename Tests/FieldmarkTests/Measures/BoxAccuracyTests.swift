import Fieldmark
import Testing

private let thresholds = (0..<100).map { Double($0) * 0.01 }

/// A bright box of 2 x 2 counts as 3 x 3: both ends are one pixel too far, and sides one more.
@Test func aBoxThatFitsFits() {
  let map = pixelMap([[0, 0, 0, 0], [0, 9, 9, 0], [0, 9, 9, 0], [0, 0, 0, 0]])
  let thing = Truth(
    box: Region(x: 1, y: 1, width: 2, height: 2), width: 4, height: 4)
  #expect(map.boxOverlaps(with: thing, around: .largest, thresholds: [0, 0.5]) == [1, 1])
  let lower = Truth(box: Region(x: 1, y: 1, width: 2, height: 1), width: 4, height: 4)
  #expect(map.boxOverlaps(with: lower, around: .largest, thresholds: [0.5]) == [6.0 / 9])
}

@Test func aMapThatIsTheSameEverywhereIsABoxOfTheFirstPixel() {
  let thing = Truth(box: Region(x: 0, y: 0, width: 1, height: 1), width: 3, height: 3)
  let found = pixelMap([[2, 2, 2], [2, 2, 2], [2, 2, 2]]).boxOverlaps(
    with: thing, around: .all, thresholds: [0.5])
  #expect(found == [0.25])
}

@Test func thereAreNoBoxesWithoutTruthOrMap() {
  #expect(pixelMap([[1, 2]]).boxOverlaps(with: truth(".."), around: .all) == nil)
  #expect(pixelMap([[1, .nan]]).boxOverlaps(with: truth("#."), around: .all) == nil)
}

@Test func oneThresholdServesAllPictures() {
  // Each picture has a threshold at which its box fits, but not the same one.
  let map = pixelMap([[0, 9, 3, 3, 3, 0], [0, 9, 3, 3, 3, 0], [0, 0, 0, 0, 0, 0]])
  func box(_ width: Double) -> Truth {
    Truth(box: Region(x: 1, y: 0, width: width, height: 2), width: 6, height: 3)
  }
  var accuracy = BoxAccuracy(around: .largest, overlaps: [0.9], thresholds: [0, 0.5])
  accuracy.add(map, box(1))
  #expect(accuracy.best == [1])
  accuracy.add(map, box(4))
  accuracy.add(map, truth("......", "......", "......"))
  #expect(accuracy.best == [0.5] && accuracy.mean == 0.5)
  #expect(accuracy.count == 2 && accuracy.leftOut == 1)
  #expect(BoxAccuracy(around: .all).best == nil)
}

/// wsolevaluation's `compute_bboxes_from_scoremaps` and `calculate_multiple_iou` on OpenCV 5.0.0.
@Test func boxesAreThoseOfTheBenchmark() throws {
  let reference = try PlacesReference.read()
  for place in reference.places {
    let (map, thing) = (reference.map(place.map), reference.truth(place.truth))
    for (parts, expected) in [(BoxedParts.largest, place.largestBox), (.all, place.anyBox)] {
      let found = map.boxOverlaps(with: thing, around: parts, thresholds: thresholds) ?? []
      let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? 1
      #expect(found.count == 100 && worst < 1e-8, "\(place.map), \(place.truth), \(parts)")
    }
  }
}

@Test func boxAccuracyIsTheBenchmarks() throws {
  let reference = try PlacesReference.read()
  for (name, parts) in [("largest", BoxedParts.largest), ("all", .all)] {
    var accuracy = BoxAccuracy(around: parts)
    for place in reference.places {
      accuracy.add(reference.map(place.map), reference.truth(place.truth))
    }
    let expected = try #require(reference.boxAccuracy[name])
    for (a, b) in zip(accuracy.best ?? [], expected) { #expect(isClose(a, b)) }
    #expect(accuracy.count == reference.places.count)
    #expect(isClose(accuracy.mean, expected.reduce(0, +) / 3))
  }
}
