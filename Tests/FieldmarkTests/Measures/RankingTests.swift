import Fieldmark
import Testing

/// By hand: recall 1/2 at precision 1, then 1 at 2/3.
@Test func averagePrecisionIsTheSumOfItsSteps() {
  let ranking = Ranking(pixelMap([[4, 3], [2, 1]]), truth("#.", "#."))
  #expect(isClose(ranking?.averagePrecision, 1 / 2 + 1 / 3, within: 1e-12))
}

@Test func equalPixelsAreOneStep() {
  let ranking = Ranking(pixelMap([[5, 5, 5, 1]]), truth("#..."))
  #expect(isClose(ranking?.averagePrecision, 1 / 3, within: 1e-12))
  #expect(isClose(ranking?.bestOverlap, 1 / 3, within: 1e-12))
  let zeros = Ranking(pixelMap([[-0.0, 0, 1]]), truth(".#."))
  #expect(isClose(zeros?.averagePrecision, 1 / 3, within: 1e-12), "two zeros are one number")
}

/// Chance level.
@Test func aFlatMapHasTheThingsShareOfThePicture() {
  let ranking = Ranking(pixelMap([[2, 2], [2, 2]]), truth("#.", ".."))
  #expect(ranking?.averagePrecision == 0.25 && ranking?.bestOverlap == 0.25)
}

@Test func whatTheModelDidNotSeeComesLast() {
  // Two of the thing's three pixels were not seen, and come with the least that was.
  let ranking = Ranking(pixelMap([[3, 1]], behind: 2), truth("###."))
  let precision: Double = 1 / 3 + 2 / 3 * 3 / 4
  #expect(isClose(ranking?.averagePrecision, precision, within: 1e-12))
  #expect(ranking?.bestOverlap == 0.75)
}

@Test func theBestAreTakenRowByRow() {
  let ranking = Ranking(pixelMap([[1, 7], [7, 7]]), truth(".#", "#."))
  #expect(ranking?.rankAccuracy == 1)
  #expect(ranking?.share(ofBest: 3) == 2.0 / 3)
  #expect(ranking?.share(ofBest: 1000) == 0.5, "of all there are")
}

@Test func nothingIsRankedWithoutTruthOrMap() {
  #expect(Ranking(pixelMap([[1, 2]]), truth("..")) == nil)
  #expect(Ranking(pixelMap([[1, .nan]]), truth("#.")) == nil)
}

@Test func onlyTheOrderCounts() throws {
  let reference = try PlacesReference.read()
  let (map, thing) = (reference.map("signed"), reference.truth("ring"))
  let ranking = try #require(Ranking(map, thing))
  let raised = PixelMap(map) { 4 * $0 - 1 }
  let other = try #require(Ranking(raised, thing))
  #expect(ranking.averagePrecision == other.averagePrecision)
  #expect(ranking.bestOverlap == other.bestOverlap)
  #expect(ranking.rankAccuracy == other.rankAccuracy)
}

/// The plain way: each number that occurs is a threshold.
@Test func theBestOverlapIsThatOfSomeThreshold() throws {
  let reference = try PlacesReference.read()
  for name in ["steps", "spots"] {
    let (map, thing) = (reference.map(name), reference.truth("two"))
    let overlaps = Set(map.values.elements).map { threshold in
      thing.overlap(with: map.values.elements.map { $0 >= threshold }) ?? 0
    }
    #expect(Ranking(map, thing)?.bestOverlap == overlaps.max())
  }
}

/// scikit-learn 1.9.1's average_precision_score; RelevanceRankAccuracy and TopKIntersection of
/// Quantus 0.6.0, and where pixels are equal NumPy's stable sort, since theirs is not.
@Test func rankingsEqualThePackages() throws {
  let reference = try PlacesReference.read()
  for place in reference.places {
    let ranking = Ranking(reference.map(place.map), reference.truth(place.truth))
    let what = "\(place.map), \(place.truth)"
    #expect(isClose(ranking?.averagePrecision, place.averagePrecision), "\(what)")
    #expect(isClose(ranking?.bestOverlap, place.overlapBest), "\(what)")
    #expect(isClose(ranking?.rankAccuracy, place.rankAccuracy), "\(what)")
    #expect(isClose(ranking?.share(ofBest: 100), place.top100), "\(what)")
  }
}
