import Fieldmark
import Testing

private func map(_ rows: [[Float]]) -> Heatmap {
  Heatmap(
    Matrix(rows), region: Region(x: 0, y: 0, width: 20, height: 20), width: 20, height: 20)
}

/// Each agreement of both ways round, by name; those without a number are left out.
private func numbers(_ a: Evidence, _ b: Evidence) -> [String: Double] {
  let near = [Float](repeating: 1, count: a.map.values.elements.count)
  return Dictionary(
    uniqueKeysWithValues: Agreement.all.compactMap { agreement in
      agreement(a, b, near: near).map { (agreement.name, $0) }
    })
}

private let some = Evidence(map([[0, 1], [2, 3]]), gradient: Matrix([[1, 0]]))

@Test func aFlatMapHasEnergyButNoRanksAndNoPeak() {
  let flat = Evidence(map([[2, 2], [2, 2]]), gradient: Matrix([[1, 0]]))
  // The best fifth of four places is one of them, which has a quarter of what is the same everywhere.
  #expect(numbers(flat, some) == ["words": 1, "energy": 0.25, "parts": 1])
  let nothing = Evidence(map([[0, 0], [0, 0]]), gradient: Matrix([[1, 0]]))
  #expect(numbers(nothing, some) == ["words": 1])
}

@Test(arguments: [Float.nan, .infinity, -.infinity])
func aMapWithWhatIsNoNumberIsNoEvidenceOfAPlace(_ value: Float) {
  let broken = Evidence(map([[0, value], [2, 3]]))
  #expect(numbers(broken, some).isEmpty && numbers(some, broken).keys.sorted() == ["parts"])
}

@Test func aGradientThatIsNoNumberIsNoDirection() {
  for gradient: [Float] in [[.nan, 1], [.infinity, 1], [0, 0]] {
    let broken = Evidence(map([[0, 1], [2, 3]]), gradient: Matrix([gradient]))
    #expect(Agreement.words(broken, some) == nil, "\(gradient)")
    #expect(Agreement.rank(broken, some) != nil)
  }
}

/// Of 0, 1, 1, 2 the ranks are 0, 1.5, 1.5, 3: less their mean (-1.5, 0, 0, 1.5), and of 0, 1, 2, 3
/// (-1.5, -0.5, 0.5, 1.5).
@Test func equalPlacesHaveTheMeanOfTheirRanks() throws {
  let ties = Evidence(map([[0, 1], [1, 2]]))
  let expected = 4.5 / (4.5 * 5).squareRoot()
  let rank = try #require(Agreement.rank(ties, some))
  #expect(abs(rank - expected) < 1e-6)
}

@Test func onlyWhatSpeaksForIsShared() {
  let mixed = Evidence(map([[-8, 1], [-1, 3]]))
  #expect(Agreement.energy(mixed, some) == 0.75)
}
