import Encoders
import Fieldmark
import Testing

@Test func everyMeasureHasANameOfItsOwn() {
  let all = Measure.places
  #expect(Set(all.map(\.name)).count == all.count)
  for measure in all {
    #expect(measure.summary.hasSuffix(".") && !measure.paper.isEmpty, "\(measure.name)")
    #expect(!measure.card.steps.isEmpty && !measure.card.leftOut.isEmpty, "\(measure.name)")
    #expect(measure.card.fill == nil, "\(measure.name) hides nothing")
  }
}

/// A map that lights the thing and nothing else, of a thing that is small.
@Test func aPerfectMapHasTheBestOfEverything() throws {
  let thing = Truth(box: Region(x: 2, y: 2, width: 3, height: 3), width: 48, height: 40)
  let line = [Float](repeating: -1, count: 48)
  var rows = [[Float]](repeating: line, count: 40)
  for row in 2..<5 { rows[row].replaceSubrange(2..<5, with: [4, 4, 4]) }
  let map = pixelMap(rows)
  for measure in Measure.places where measure.better == .higher {
    let expected = measure.name == "top-1000" ? 9.0 / 1000 : 1
    let found = try measure(Measured(map, truth: thing))
    #expect(isClose(found, expected, within: 1e-12), "\(measure.name)")
  }
}

@Test func aMapThatMissesHasTheWorstOfEverything() throws {
  let thing = Truth(box: Region(x: 2, y: 2, width: 3, height: 3), width: 48, height: 40)
  let line = (0..<48).map { Float($0 > 30 ? $0 : 0) }
  let map = pixelMap([[Float]](repeating: line, count: 40))
  for name in ["energy", "pointing", "pointing-15", "pointing-blob", "iou-20", "rank-accuracy"] {
    let measure = Measure.places.first { $0.name == name }
    #expect(try measure?(Measured(map, truth: thing)) == 0, "\(name)")
  }
}

@Test func withoutATruthOnlyMapsAreDescribed() throws {
  let map = pixelMap([[1, 2], [3, 5]])
  for measure in Measure.places {
    #expect((try measure(Measured(map)) != nil) == (measure.needs == .mapAlone), "\(measure.name)")
  }
}

@Test func noMeasureAnswersForAMapThatIsNone() throws {
  for map in [pixelMap([[.nan, 1]]), pixelMap([[.infinity, -.infinity]])] {
    for measure in Measure.places {
      #expect(try measure(Measured(map, truth: truth("#."))) == nil, "\(measure.name)")
    }
  }
}

@Test func largeThingsAreNotAskedOfSmallOnes() throws {
  let map = pixelMap([[1, 0, 0, 0]])
  #expect(try Measure.pointingSmall(Measured(map, truth: truth("#..."))) == nil, "a quarter")
  #expect(try Measure.pointingBlob(Measured(map, truth: truth("#..."))) == 1)
}

@Test func everyMeasureTakesAMapOfANumber() throws {
  for value: Float in [-1, 0, 1] {
    for measure in Measure.places {
      let number = try measure(Measured(pixelMap([[value]]), truth: truth("#")))
      #expect(number.map(\.isFinite) ?? true, "\(measure.name)")
    }
  }
}
