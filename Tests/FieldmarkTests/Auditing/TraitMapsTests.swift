import Fieldmark
import Testing

private func evidence(_ values: [Float]) -> Evidence {
  Evidence(
    Heatmap(
      Matrix(rows: 2, columns: values.count / 2, values),
      region: Region(x: 0, y: 0, width: 4, height: 4), width: 4, height: 4))
}

private let classifier = evidence([5, 1, 4, 2, 8, 3, 7, 6])
private let attributes = Dictionary(
  uniqueKeysWithValues: [
    evidence([8, 1, 3, 2, 7, 4, 6, 5]), evidence([1, 2, 3, 4, 5, 6, 7, 8]),
    evidence([2, 1, 4, 3, 6, 5, 8, 7]), evidence([3, 3, 3, 3, 3, 3, 3, 3]),
  ].enumerated().map { ($0, $1) })

private func correlationOfMaps(_ own: [Int], _ lacking: [Int]) -> Double? {
  let set = TraitSet(own: own, lacking: lacking)
  return TraitMaps(classifier, attributes, of: [set]).correlation(with: set)
}

/// The numbers are those of
///
///     python -c "import numpy as np; from scipy.stats import rankdata
///     def unit(v): r = rankdata(v) - 4.5; return r / np.linalg.norm(r)
///     c, a, b, d = map(unit, ([5,1,4,2,8,3,7,6], [8,1,3,2,7,4,6,5], [1,2,3,4,5,6,7,8], [2,1,4,3,6,5,8,7]))
///     def cos(s): return c @ s / np.linalg.norm(s)
///     print(cos(a), cos(a - b), cos((a + b) / 2 - d), cos(-d))"
@Test func aSetsCorrelationIsThatWithTheDifferenceOfItsRanks() throws {
  #expect(isClose(try #require(correlationOfMaps([0], [])), 0.833333))
  #expect(isClose(try #require(correlationOfMaps([0], [1])), 0.272772))
  #expect(isClose(try #require(correlationOfMaps([0, 1], [2])), -0.219578))
  #expect(isClose(try #require(correlationOfMaps([], [2])), -0.761905))
}

@Test func aSetAloneHasTheRankCorrelationOfItsMap() throws {
  let value = try #require(correlationOfMaps([1], []))
  let map = try #require(attributes[1])
  #expect(isClose(value, try #require(Agreement.rank(classifier, map))))
}

@Test func turningASetAroundTurnsTheSign() throws {
  let value = try #require(correlationOfMaps([0], [1, 2]))
  #expect(isClose(try #require(correlationOfMaps([1, 2], [0])), -value))
}

@Test func aSetWithAConstantMapOrTwoEqualSidesHasNoCorrelation() {
  #expect(correlationOfMaps([0, 3], []) == nil)
  #expect(correlationOfMaps([0], [0]) == nil)
  #expect(correlationOfMaps([], []) == nil)
}

private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-5 }
