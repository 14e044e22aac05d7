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
    let found = reference.places.compactMap { place in
      reference.map(place.map).boxOverlaps(with: reference.truth(place.truth), around: parts)
    }
    #expect(found.count == reference.places.count)
    // The best threshold for all pictures together.
    let shares = [0.3, 0.5, 0.7].map { least in
      PixelMap.thresholds.indices.map { place in
        Double(found.count { $0[place] >= least }) / Double(found.count)
      }.max() ?? 0
    }
    let expected = try #require(reference.boxAccuracy[name])
    for (a, b) in zip(shares, expected) { #expect(isClose(a, b)) }
  }
}
