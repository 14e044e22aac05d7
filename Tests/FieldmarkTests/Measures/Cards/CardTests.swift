import Fieldmark
import Testing

private let planes = Toy.picture()
private let stray: [Float] = Array(Toy.hill.dropLast()) + [-.infinity]

/// Clipped, what lies infinitely far below would be 0; subtracted, it would be no number.
@Test func mapsThatAreNotFiniteAreRefused() throws {
  let scorer = Toy.scorer()
  let calls: [(String, () throws -> Void)] = [
    ("ROAD", { _ = try ROAD()(planes, Toy.pixels, stray, of: 0, scorer) }),
    ("the confidence change", { _ = try ConfidenceChange()(planes, stray, of: 0, scorer) }),
    ("infidelity", { _ = try Infidelity()(planes, Matrix([stray]), of: 0, scorer) }),
    ("max sensitivity", { _ = try MapSensitivity()(planes) { _ in stray } }),
    (
      "the faithfulness correlation",
      { _ = try SubsetCorrelation()(planes, Toy.pixels, stray, of: 0, scorer) }
    ),
  ]
  for (name, call) in calls {
    let error = #expect(throws: InputError.self, "\(name)") { try call() }
    #expect(error?.description == "\(name)'s map: expected finite numbers, found -inf.")
  }
}

/// The largest of 2, none and 1 would be 2 or 1, by which of them comes first.
@Test func aChangedMapThatIsNotFiniteIsRefused() throws {
  let error = #expect(throws: InputError.self) {
    try MapSensitivity()(planes) { $0 == planes ? Toy.hill : Toy.hill.map { _ in .nan } }
  }
  #expect(error?.description == "max sensitivity's map: expected finite numbers, found nan.")
}

@Test func aSettingIsFoundByItsName() {
  let card = Card("deletion", paper: "RISE", ["fill": "zero", "step": 224])
  #expect(card["step"] == 224 && card["noise"] == nil)
}
