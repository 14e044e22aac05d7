import Fieldmark
import Testing

private let planes = Toy.picture()

/// f = 2 x_0 + x_1: its gradient tells all, twice of it is off by as much as f changes.
@Test func theGradientOfALinearScoreIsFaithful() throws {
  let scorer = Scorer(.logit) { $0.map { [2 * Double($0[0, 0]) + Double($0[0, 1])] } }
  let x = Matrix([[3, 5]])
  let change = Infidelity.Changes("one", count: 1) { _, _ in Matrix([[0.5, 1]]) }
  func value(_ map: Matrix, isNormalized: Bool) throws -> Double? {
    try Infidelity(isNormalized: isNormalized, change)(x, map, of: 0, scorer).value
  }
  #expect(try value(Matrix([[2, 1]]), isNormalized: false) == 0)
  #expect(try value(Matrix([[4, 2]]), isNormalized: false) == 4)
  #expect(try value(Matrix([[4, 2]]), isNormalized: true) == 0)
  #expect(try value(Matrix([[0, 0]]), isNormalized: true) == 4, "a map that says nothing")
}

/// (`python3 References/make_faithfulness.py Tests/References`: captum 0.9.0)
@Test func infidelityEqualsCaptums() throws {
  let theirs = try ToyReferences.read().captum
  let changes = Toy.changes(617, 401, 131, range: 257, scale: 16384)
  for (isNormalized, expected) in [(false, theirs.infidelity), (true, theirs.normalized)] {
    let found = try Infidelity(isNormalized: isNormalized, changes)(
      planes, Matrix([Toy.hill]), of: Toy.asked, Toy.scorer())
    let value = try #require(found.value)
    #expect(abs(value - expected) < 1e-6 * expected, "\(value), expected \(expected)")
  }
}

@Test func aMapForEachColorMayBeGiven() throws {
  let changes = Toy.changes(617, 401, 131, range: 257, scale: 16384)
  let measure = Infidelity(isNormalized: false, changes)
  let three = Matrix([Toy.hill, Toy.hill, Toy.hill])
  let one = try measure(planes, Matrix([Toy.hill]), of: 0, Toy.scorer())
  #expect(try measure(planes, three, of: 0, Toy.scorer()) == one)
}

/// Ten changes, each of the picture itself, whatever was drawn before.
@Test func drawsBelongToTheirSeedAndNumber() throws {
  let values = try [UInt64(1), 1, 2].map { seed in
    try Infidelity(.normal(seed: seed))(
      planes, Matrix([Toy.hill]), of: 0, Toy.scorer(batch: 3)
    ).value
  }
  #expect(values[0] == values[1] && values[0] != values[2])
}

@Test func theCardSaysWhatInfidelityDependsOn() throws {
  let found = try Infidelity()(planes, Matrix([Toy.hill]), of: 0, Toy.scorer())
  #expect(
    found.card.json.written()
      == #"{"measure":"infidelity","paper":"Yeh et al. 2019, arXiv 1901.09392","#
      + #""changes":"normal, deviation 0.003","seed":"0","steps":10,"normalized":true,"#
      + #""score":"probability","left_out":[]}"#)
}
