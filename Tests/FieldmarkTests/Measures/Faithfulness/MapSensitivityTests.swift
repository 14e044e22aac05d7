import Fieldmark
import Testing

private let planes = Toy.picture()

/// |phi| = 5; one change moves phi by 1, the other by 2.
@Test func theLargestChangeCounts() throws {
  let changes = Infidelity.Changes("two", count: 2) { _, index in
    Matrix([[0, Float(index) + 1]])
  }
  let found = try MapSensitivity(changes)(Matrix([[3, 4]])) { $0.elements }
  #expect(abs((found.value ?? 0) - 0.4) < 1e-12)
  let nothing = try MapSensitivity(changes)(Matrix([[0, 0]])) { $0.elements }
  #expect(nothing.value == 2, "no length to divide by")
}

/// (`python3 References/make_faithfulness.py Tests/References`: captum 0.9.0)
@Test func sensitivityEqualsCaptums() throws {
  let changes = Toy.changes(613, 7919, 104_729, range: 129, scale: 4096)
  let found = try MapSensitivity(changes)(planes, mapOf: Toy.explained)
  let expected = try ToyReferences.read().captum.sensitivity
  expectNear([found.value ?? .nan], [expected], within: 1e-6 * expected)
}

@Test func aMapThatIsTheSameForAllIsSteady() throws {
  let found = try MapSensitivity()(planes) { _ in Toy.hill }
  #expect(found.value == 0)
  #expect(
    found.card.json.written()
      == #"{"measure":"max sensitivity","paper":"Yeh et al. 2019, arXiv 1901.09392","#
      + #""changes":"uniform, radius 0.02","seed":"0","steps":10,"score":null,"left_out":[]}"#)
}
