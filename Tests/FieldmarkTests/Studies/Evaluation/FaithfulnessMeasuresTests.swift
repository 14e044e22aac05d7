import Fieldmark
import Testing

@Sendable private func heatmap(_ values: [Float]) -> Heatmap {
  Heatmap(
    Matrix(rows: 16, columns: 24, values), region: Region(x: 0, y: 0, width: 24, height: 16),
    width: 24, height: 16)
}

private func measured(_ values: [Float], seed: UInt64) -> MeasuredMap {
  let again = MeasuredMap.Again(
    planes: { heatmap(Toy.explained($0)) }, randomized: { [] }, counterpart: { nil })
  return MeasuredMap(
    heatmap(values).resized(),
    asked: MeasuredMap.ModelContext(
      planes: Toy.picture(), pixels: Toy.pixels, scorer: Toy.scorer(), label: Toy.asked,
      reference: 0, seed: seed, again: again), pixelValues: values)
}

/// Whatever a measure draws comes from the run's seed, and the card says which it was; 0 is the
/// default, with the numbers that the measures have by themselves.
@Test(arguments: [
  "road", "road-morf", "road-lerf", "infidelity", "faithfulness-correlation", "max-sensitivity",
  "arcc",
])
func theSeedReachesEveryDrawOfAMeasure(_ name: String) throws {
  let measure = try #require(Measure(named: name))
  func numbers(_ seed: UInt64) throws -> [Double?] {
    try [Toy.hill, Toy.scattered].map { try measure(measured($0, seed: seed)) }
  }
  let (zero, five) = (try numbers(0), try numbers(5))
  #expect(zero != five && zero.contains { $0 != nil })
  #expect(try numbers(5) == five)
  #expect(measure.card["seed"] == 0)
  #expect(measure.card(in: [.init("seed", 5)])["seed"] == 5)
}

@Test func theUsualSeedGivesWhatMeasuresHaveByThemselves() throws {
  let (planes, scorer) = (Toy.picture(), Toy.scorer())
  let map = Toy.hill.map { max(0, $0) }
  let road = try ROAD()(planes, Toy.pixels, map, of: Toy.asked, scorer)
  let infidelity = try Infidelity()(planes, Matrix([map]), of: Toy.asked, scorer)
  let sensitivity = try MapSensitivity()(planes, mapOf: Toy.explained)
  let correlation = try SubsetCorrelation()(
    planes, Toy.pixels, Toy.hill, of: Toy.asked, scorer)
  let usual = measured(Toy.hill, seed: 0)
  #expect(try Measure.faithfulnessCorrelation(usual) == correlation.value)
  #expect(try Measure.road(usual) == road.combined)
  #expect(try Measure.infidelity(usual) == infidelity.value)
  #expect(try Measure.sensitivity(usual) == sensitivity.value)
}

/// Sets of as many pixels as there are would all be the same.
@Test func aPictureOfFewPixelsHasNoFaithfulnessCorrelation() throws {
  let small = MeasuredMap(
    heatmap(Toy.hill).resized(), asked: measured(Toy.hill, seed: 0).asked,
    pixelValues: Array(Toy.hill.prefix(224)))
  #expect(try Measure.faithfulnessCorrelation(small) == nil)
}
