import Fieldmark
import Testing

private func verdict(
  _ p: Double?, rate: Double? = nil, inside: Double? = nil, isRight: Bool = true,
  hasTraits: Bool = true
) -> Verdict {
  Verdict(.init(isRight: isRight, hasTraits: hasTraits, p: p, rate: rate, inside: inside))
}

@Test(
  arguments: [
    // p, rate, inside
    (0.01, nil, nil, Verdict.traits), (0.05, nil, -0.5, .traits), (0.051, nil, nil, .undecided),
    (0.1, nil, -0.5, .undecided), (0.101, nil, nil, .thing), (1, nil, 0, .thing),
    (1, nil, 0.3, .thing), (1, nil, -0.01, .away),
    // With many that are judged, the rate says what is sure, and p what is not.
    (0.01, 0.05, nil, .traits), (0.01, 0.06, nil, .undecided), (0.3, 0.04, nil, .traits),
    (0.3, 0.6, -0.1, .away), (0.04, 0.9, -0.1, .undecided),
    (nil, nil, -0.5, .undecided), (nil, 0.01, nil, .undecided),
  ] as [(Double?, Double?, Double?, Verdict)])
func groundsHaveTheirVerdict(
  _ p: Double?, _ rate: Double?, _ inside: Double?, _ expected: Verdict
) {
  #expect(verdict(p, rate: rate, inside: inside) == expected)
}

@Test func whatIsWrongOrHasNoTraitIsNotJudgedFurther() {
  #expect(verdict(0.01, isRight: false) == .wrong)
  #expect(verdict(1, inside: -1, isRight: false, hasTraits: false) == .wrong)
  #expect(verdict(0.01, hasTraits: false) == .noTrait)
  #expect(verdict(nil, hasTraits: false) == .noTrait)
}

@Test func onlyTwoVerdictsAreAlarms() {
  #expect(Verdict.allCases.filter(\.isAlarm) == [.thing, .away])
}

@Test func verdictsAreSaidAboutTheThing() {
  #expect(
    Verdict.allCases.map { $0.sentence(about: "fish") } == [
      "looks at the listed traits", "looks at the fish, but not at these traits",
      "looks away from the fish", "classifier is wrong on this picture",
      "no local trait to compare", "not decidable",
    ])
}
