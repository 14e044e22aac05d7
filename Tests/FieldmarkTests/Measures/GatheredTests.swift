import Fieldmark
import Testing

/// Twelve maps of 8 x 6 pixels with a box each, of three classes.
private let pictures: [(map: PixelMap, truth: Truth)] = (0..<12).map { index in
  var random = SplitMix(seed: 5, index)
  let rows = (0..<6).map { _ in (0..<8).map { _ in random.unit() - 0.3 } }
  let box = Region(
    x: Double(random.below(4)), y: Double(random.below(3)), width: Double(2 + random.below(3)),
    height: Double(2 + random.below(2)))
  return (pixelMap(rows), Truth(box: box, width: 8, height: 6))
}

private func column(_ measure: Measure) throws -> MeasuredColumn {
  var column = MeasuredColumn(of: measure.gathering)
  for (index, picture) in pictures.enumerated() {
    let finding = try measure.finding(in: MeasuredMap(picture.map, truth: picture.truth))
    column.add(index, label: index % 3, finding.number, finding.counts)
  }
  return column
}

@Test func oneThresholdServesAllPictures() throws {
  // Each picture has a threshold at which its box fits, but not the same one.
  let map = pixelMap([[0, 9, 3, 3, 3, 0], [0, 9, 3, 3, 3, 0], [0, 0, 0, 0, 0, 0]])
  var (column, count) = (MeasuredColumn(of: Measure.boxAccuracy.gathering), 0)
  func add(_ truth: Truth) throws -> Double? {
    let finding = try Measure.boxAccuracy.finding(in: MeasuredMap(map, truth: truth))
    column.add(count, label: 0, finding.number, finding.counts)
    count += 1
    return Measure.boxAccuracy.gathering.summary(of: column).mean
  }
  func box(_ width: Double) -> Truth {
    Truth(box: Region(x: 1, y: 0, width: width, height: 2), width: 6, height: 3)
  }
  #expect(try add(box(1)) == 1)
  #expect(try add(box(4)) == 0.5)
  #expect(try add(truth("......", "......", "......")) == 0.5)
  let summary = Measure.boxAccuracy.gathering.summary(of: column)
  #expect(summary.count == 2 && summary.leftOut == 1)
}

@Test func precisionOfManyPicturesEqualsThatOfOneThatMetThemOneAfterTheOther() throws {
  var precision = PixelPrecision(thresholds: (0..<100).map { Double($0) * 0.01 })
  for picture in pictures { precision.add(picture.map.clipped(), picture.truth) }
  let summary = Measure.pixelPrecision.gathering.summary(of: try column(.pixelPrecision))
  #expect(isClose(summary.mean, precision.area ?? .nan, within: 1e-12))
  #expect(summary.count == 12 && summary.leftOut == 0)
  #expect(summary.interval?.contains(precision.area ?? .nan) == true)
}

@Test func whatARowHasMoreIsOfTheSameDraws() throws {
  let gathering = Measure.pixelPrecision.gathering
  let mine = try column(.pixelPrecision)
  // Beside itself a row has nothing more, in any draw.
  let none = try #require(gathering.difference(of: mine, and: mine))
  #expect(none.mean == 0 && none.interval == 0...0)
  var other = MeasuredColumn(of: gathering)
  other.add(0, label: 0, nil, [])
  #expect(gathering.difference(of: mine, and: other) == nil, "of other pictures")
}

@Test func classesCountAlikeHoweverManyPicturesTheyHave() {
  var column = MeasuredColumn(of: Measure.pointingClasses.gathering)
  for (index, number) in [1, 1, 1, 0].enumerated() {
    column.add(index, label: index == 3 ? 7 : 2, nil, [Float(number)])
  }
  column.add(4, label: nil, nil, [1])
  column.add(5, label: 7, nil, [])
  let summary = Measure.pointingClasses.gathering.summary(of: column)
  #expect(summary.mean == 0.5 && summary.count == 2)
}

@Test func aClassIsConsistentWhereItsMapsLightTheSameParts() throws {
  func measured(_ row: [Float]) -> MeasuredMap {
    MeasuredMap(
      pixelMap([row]), parts: [PartPoint("wing", x: 0, y: 0), PartPoint("beak", x: 4, y: 0)],
      kinds: ["wing", "beak", "tail"])
  }
  var column = MeasuredColumn(of: Measure.consistency.gathering)
  let rows: [[Float]] = [[3, 0, 0, 0, 1], [3, 0, 0, 0, 1], [1, 0, 0, 0, 3]]
  for (index, row) in rows.enumerated() {
    let finding = try Measure.consistency.finding(in: measured(row))
    #expect(finding.counts.last == -1, "tails are not seen")
    column.add(index, label: index == 2 ? 1 : 0, nil, finding.counts)
  }
  // The second class has one picture alone, and so no pair.
  let summary = Measure.consistency.gathering.summary(of: column)
  #expect(summary.mean == 1 && summary.count == 1 && summary.leftOut == 1)
}

@Test func summariesOfColumnsEqualThoseOfMeasurements() {
  let numbers = [0.25, .infinity, 1, 0.5, .nan]
  let plain = Summary(of: numbers.enumerated().map { Measurement("\($0.offset)", $0.element) })
  #expect(Summary(of: numbers) == plain)
  #expect(plain.count == 3 && plain.leftOut == 2)
}

@Test func smallNumbersKeepTheirDigits() {
  func text(_ number: Double) -> String { Summary(of: [number]).description }
  #expect(text(0.1234) == "0.123, 1 of 1")
  #expect(text(-0.00049) == "-4.9e-04, 1 of 1")
  #expect(text(3.14159e-7) == "3.1e-07, 1 of 1")
  #expect(text(0.00099999) == "1.0e-03, 1 of 1")
  #expect(text(0) == "0.000, 1 of 1")
}

@Test func countsThatSomebodyElseWroteAreLeftOut() {
  let strange: [[Float]] = [[1, 2, 3], [1], [.nan, 1, 1], [3e38, 0, 0], []]
  for measure in [Measure.boxAccuracy, .boxAccuracy2, .pixelPrecision, .consistency] {
    var column = MeasuredColumn(of: measure.gathering)
    for (index, counts) in strange.enumerated() { column.add(index, label: 0, nil, counts) }
    let summary = measure.gathering.summary(of: column)
    #expect(summary.mean == nil, "\(measure.name)")
  }
  let other = (0..<202).map { Float($0 % 3) - 5 }
  var column = MeasuredColumn(of: Measure.pixelPrecision.gathering)
  column.add(0, label: 0, nil, other)
  #expect(Measure.pixelPrecision.gathering.summary(of: column).mean == nil, "nothing inside")
}
