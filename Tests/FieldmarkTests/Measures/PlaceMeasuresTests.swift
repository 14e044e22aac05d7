import Fieldmark
import Testing

@Test func everyMeasureHasANameOfItsOwn() {
  let all = Measure.places
  #expect(Set(all.map(\.name)).count == all.count)
  for measure in all {
    #expect(measure.summary.hasSuffix(".") && !measure.paper.isEmpty, "\(measure.name)")
    #expect(measure.card.measure == measure.name && measure.card.paper == measure.paper)
    #expect(measure.card["map"] != nil && measure.card["ties"] != nil, "\(measure.name)")
    #expect(!measure.card.leftOut.isEmpty, "\(measure.name)")
    #expect(measure.card["fill"] == nil, "\(measure.name) hides nothing")
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
    let found = try measure(MeasuredMap(map, truth: thing))
    #expect(isClose(found, expected, within: 1e-12), "\(measure.name)")
  }
}

@Test func aMapThatMissesHasTheWorstOfEverything() throws {
  let thing = Truth(box: Region(x: 2, y: 2, width: 3, height: 3), width: 48, height: 40)
  let line = (0..<48).map { Float($0 > 30 ? $0 : 0) }
  let map = pixelMap([[Float]](repeating: line, count: 40))
  for name in ["energy", "pointing", "pointing-15", "pointing-blob", "iou-20", "rank-accuracy"] {
    let measure = Measure.places.first { $0.name == name }
    #expect(try measure?(MeasuredMap(map, truth: thing)) == 0, "\(name)")
  }
}

@Test func withoutATruthOnlyMapsAreDescribed() throws {
  let map = pixelMap([[1, 2], [3, 5]])
  for measure in Measure.places {
    #expect(
      (try measure(MeasuredMap(map)) != nil) == (measure.needs == .mapAlone), "\(measure.name)")
  }
}

@Test func noMeasureAnswersForAMapThatIsNone() throws {
  for map in [pixelMap([[.nan, 1]]), pixelMap([[.infinity, -.infinity]])] {
    for measure in Measure.places {
      #expect(try measure(MeasuredMap(map, truth: truth("#."))) == nil, "\(measure.name)")
    }
  }
}

@Test func largeThingsAreNotAskedOfSmallOnes() throws {
  let map = pixelMap([[1, 0, 0, 0]])
  #expect(try Measure.pointingSmall(MeasuredMap(map, truth: truth("#..."))) == nil, "a quarter")
  #expect(try Measure.pointingBlob(MeasuredMap(map, truth: truth("#..."))) == 1)
}

@Test func everyMeasureTakesAMapOfANumber() throws {
  for value: Float in [-1, 0, 1] {
    for measure in Measure.places {
      let number = try measure(MeasuredMap(pixelMap([[value]]), truth: truth("#")))
      #expect(number.map(\.isFinite) ?? true, "\(measure.name)")
    }
  }
}

/// Maps and truths that nobody would think of, on pictures as small and narrow as they come: every
/// measure has a finite number or none.
@Test(arguments: [(1, 1), (1, 9), (9, 1), (2, 2), (13, 11)])
func noMeasureTripsOverOddMaps(_ width: Int, _ height: Int) throws {
  let most = Float.greatestFiniteMagnitude
  let fills: [[Float]] = [
    [0], [-0.0], [5], [-5], [0.1], [most], [-most, most], [.leastNonzeroMagnitude, 0], [0, 1],
    [.nan], [1, .nan], [.infinity, 0], [-.infinity, 0],
  ]
  let masks: [[Bool]] = [[false], [true], [true, false]]
  for numbers in fills {
    let map = pixelMap(
      (0..<height).map { y in (0..<width).map { numbers[(y + $0) % numbers.count] } })
    for pattern in masks {
      let pixels = (0..<width * height).map { pattern[$0 % pattern.count] }
      let thing = Truth(Mask(width: width, height: height, pixels))
      let what = "\(numbers) over \(pattern)"
      for measure in Measure.places {
        let number = try measure(MeasuredMap(map, truth: thing))
        #expect(number.map(\.isFinite) ?? true, "\(measure.name) of \(what)")
        let isSound = numbers.allSatisfy(\.isFinite) || width * height == 1 && numbers[0].isFinite
        if !isSound { #expect(number == nil, "\(measure.name) of \(what)") }
      }
      for parts in [BoxedParts.largest, .all] {
        let overlaps = map.boxOverlaps(with: thing, around: parts, thresholds: [0, 0.5, 0.999])
        #expect(overlaps?.allSatisfy { (0...1).contains($0) } ?? true, "boxes of \(what)")
      }
      var precision = PixelPrecision()
      precision.add(map, thing)
      #expect(precision.area.map { (0...1).contains($0) } ?? true, "PxAP of \(what)")
    }
    let likenesses = [
      map.pearson(with: map), map.spearman(with: map), map.structuralSimilarity(with: map),
    ]
    #expect(likenesses.allSatisfy { $0.map { abs($0 - 1) < 1e-9 } ?? true }, "\(numbers)")
    let parts = [PartPoint("a", x: 0, y: 0), PartPoint("b", x: 99, y: -4)]
    #expect(LitParts(map, parts)?.names(at: 1).isSubset(of: ["a"]) ?? true)
    #expect(map.shares(of: parts, radius: 3)?.values.allSatisfy(\.isFinite) ?? true)
  }
}

/// One card for measures and for their numbers.
@Test func aMeasuresCardSaysWhatItDependsOn() {
  #expect(
    Measure.energy.card.json.written()
      == #"{"measure":"energy","paper":"Wang et al. 2020, arXiv 1910.01279","#
      + #""map":"numbers below 0 become 0","ties":"equal numbers count alike","left_out":["#
      + #"{"what":"the picture","why":"its map has numbers that are not finite"},"#
      + #"{"what":"the picture","why":"the thing's place is empty"},"#
      + #"{"what":"the picture","why":"nothing in its map is above 0"}]}"#)
  #expect(
    Measure.relativeDrop5.card.json.written()
      == #"{"measure":"rd-5","#
      + #""paper":"Zhang et al. 2025, Finer-CAM, arXiv 2501.11309, eq. 10","#
      + #""map":"numbers below 0 become 0","fill":"zero","share":0.05,"rival":"directions","#
      + #""score":"softmax over all classes","ties":"of equals the first","left_out":["#
      + #"{"what":"the picture","why":"its map has numbers that are not finite"}]}"#)
  for measure in Measure.faithfulness {
    let changed = measure.card["fill"] ?? measure.card["changes"]
    #expect(changed != nil && measure.card["score"] != nil, "\(measure.name)")
  }
}
