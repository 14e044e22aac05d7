import Fieldmark
import Testing

private func measurements(_ numbers: [Double?]) -> [Measurement] {
  numbers.enumerated().map { Measurement("\($0.offset)", $0.element) }
}

@Test func whatHasNoAnswerIsLeftOutAndCounted() {
  let summary = Summary(of: measurements([1, nil, 2, .nan, 6, .infinity]))
  #expect(summary.mean == 3 && summary.count == 3 && summary.pictures == 3)
  #expect(summary.leftOut == 3)
}

@Test func thereIsNoMeanOfNothingAndNoIntervalOfOne() {
  let none = Summary(of: measurements([nil]))
  #expect(none.mean == nil && none.interval == nil && none.description == "none of 1")
  let one = Summary(of: measurements([2]))
  #expect(one.mean == 2 && one.interval == nil && one.description == "2.000, 1 of 1")
}

@Test func aSummarySaysAllThatItIs() {
  let summary = Summary(of: measurements([-0.25, -0.25, nil]))
  #expect(summary.description == "-0.250 (-0.250 to -0.250), 2 of 3")
}

@Test func theSameSeedDrawsTheSame() {
  let all = measurements((0..<20).map { Double($0 * $0 % 7) })
  #expect(Summary(of: all, seed: 1) == Summary(of: all, seed: 1))
  #expect(Summary(of: all, seed: 1).interval != Summary(of: all, seed: 2).interval)
}

/// Twenty times the same picture tell no more than one.
@Test func picturesAreDrawnAndNotNumbers() throws {
  let alone = (0..<8).map { Measurement("\($0)", Double($0 % 2)) }
  let often = (0..<8).flatMap { picture in
    (0..<20).map { Measurement("\(picture)", question: "\($0)", Double(picture % 2)) }
  }
  let (few, many) = (Summary(of: alone), Summary(of: often))
  #expect(few.interval == many.interval && many.count == 160 && many.pictures == 8)
}

@Test func aSurerIntervalIsWider() throws {
  let all = measurements((0..<30).map { Double($0) })
  let sure = try #require(Summary(of: all, confidence: 0.99).interval)
  let less = try #require(Summary(of: all, confidence: 0.5).interval)
  #expect(sure.lowerBound < less.lowerBound && less.upperBound < sure.upperBound)
  #expect(less.contains(14.5))
}

/// The draws by the same generator in Python, their quantiles by NumPy 2.4.6's percentile.
@Test func intervalsEqualNumPysQuantiles() throws {
  let reference = try PlacesReference.read().bootstrap
  let all = reference.groups.enumerated().flatMap { picture, numbers in
    numbers.enumerated().map { Measurement("\(picture)", question: "\($0.offset)", $0.element) }
  }
  let interval = try #require(
    Summary(of: all, draws: reference.draws, seed: reference.seed).interval)
  #expect(isClose(interval.lowerBound, reference.interval[0], within: 1e-12))
  #expect(isClose(interval.upperBound, reference.interval[1], within: 1e-12))
}

/// The draws as they were before they were shared among threads.
@Test func manyPicturesAreDrawnAsFewAre() throws {
  let numbers = (0..<2000).map { Double($0 * $0 % 101) }
  let means = (0..<40).map { draw -> Double in
    var random = SplitMix(seed: 3, draw)
    return numbers.indices.reduce(0.0) { sum, _ in sum + numbers[random.below(2000)] } / 2000
  }.sorted()
  let interval = try #require(
    Summary(of: measurements(numbers), confidence: 1 - 1e-12, draws: 40, seed: 3).interval)
  #expect(isClose(interval.lowerBound, means[0], within: 1e-9))
  #expect(isClose(interval.upperBound, means[39], within: 1e-9))
}
