import Fieldmark
import Testing

private func linear(_ name: String, _ direction: [Float]) -> Target {
  Target(name, direction, .linear)
}

@Test func referencesAreTheMostSimilar() {
  let all = [
    linear("a", [1, 0]), linear("b", [0.9, 0.1]), linear("c", [0, 1]), linear("d", [2, 2]),
  ]
  // Logits 1, 1.2, 3, 8; cosines with a 1, 0.99, 0, 0.71.
  func chosen(_ rule: ReferenceRule, _ index: Int) -> [String] {
    let others = all.enumerated().filter { $0.offset != index }.map(\.element)
    return References.similar(rule, among: others).chosen(for: all[index]) { $0(Matrix([[1, 3]])) }
      .map(\.name)
  }
  #expect(chosen(ReferenceRule(2), 0) == ["b", "d"])
  #expect(chosen(ReferenceRule(2, by: .logits), 2) == ["b", "a"])
  #expect(chosen(ReferenceRule(2, by: .predictions), 0) == ["d", "c"])
  #expect(chosen(ReferenceRule(9), 0).count == 3)
}

@Test func namedReferencesAskNoPicture() {
  let references = References.named([linear("b", [1, 1])])
  let found = references.chosen(for: linear("a", [1, 0])) { _ in
    preconditionFailure("Nobody needs a score.")
  }
  #expect(found.map(\.name) == ["b"])
  #expect(references.rule == nil)
}

@Test func rulesAreReadAsTheyAreWritten() {
  for text in ["auto:3", "auto:1:logits", "auto:12:predictions"] {
    #expect(ReferenceRule(text)?.description == text)
  }
  #expect(ReferenceRule("auto:3:directions") == ReferenceRule(3))
  for text in ["auto", "auto:", "auto:0", "auto:-1", "auto:x", "auto:3:", "auto:3:x", "bird"] {
    #expect(ReferenceRule(text) == nil, "\(text)")
  }
}
