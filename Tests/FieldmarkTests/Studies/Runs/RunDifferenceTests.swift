import Fieldmark
import Testing

private func refusal(_ own: [JSON.Member], _ other: [JSON.Member]) -> String {
  do {
    try RunSettings(own).check(same: RunSettings(other), as: "a.run")
    return "no error"
  } catch { return "\(error)" }
}

private func list(_ words: [String]) -> JSON { .array(words.map { .string($0) }) }

@Test func whereRunsDifferIsToldShortly() {
  let hash = String(repeating: "0123456789abcdef", count: 4)
  let long = String(repeating: "a bird with a long name and ", count: 100)
  let table: [([JSON.Member], [JSON.Member], String)] = [
    ([.init("model", "demo")], [.init("model", "demo")], "no error"),
    (
      [.init("model", "demo")], [.init("model", "tiny"), .init("seed", 1)],
      "expected a run with model \"demo\", seed not set, found model \"tiny\", seed 1"
    ),
    (
      (1...7).map { .init("s\($0)", 1) }, (1...7).map { .init("s\($0)", 2) },
      "expected a run with s1 1, s2 1, s3 1, found s1 2, s2 2, s3 2, and 4 more"
    ),
    (
      [.init("classes", list(["Crow", "Owl", "Wren", "Tit"]))],
      [.init("classes", list(["Crow", "Owl", "Robin", "Jay"]))],
      "expected a run with classes with \"Wren\" as number 3 of 4, found classes with \"Robin\" as "
        + "number 3 of 4 (2 differ)"
    ),
    (
      [.init("classes", list(["Crow"]))], [.init("classes", list(["Crow", "Owl"]))],
      "expected a run with classes of 1 entry, found classes with \"Owl\" as number 2 of 2"
    ),
    (
      [.init("method settings", ["seed": "1", "masks": 10])],
      [.init("method settings", ["seed": "2", "masks": 10])],
      "expected a run with method settings: seed \"1\", found method settings: seed \"2\""
    ),
    (
      [.init("weights", .string(hash))], [.init("weights", .string("f" + hash.dropFirst()))],
      "expected a run with weights \"\(hash)\", found weights \"f\(hash.dropFirst())\""
    ),
    (
      [.init("thing", .string(long + "in it"))], [.init("thing", .string(long + "on it"))],
      "expected a run with thing ...a long name and in it\", found thing ...a long name and on it\""
    ),
    (
      [.init("thing", .string(long))], [.init("thing", "bird")],
      "expected a run with thing \"a bird with a long name and a bird with a long name and a bird wi..., "
        + "found thing \"bird\""
    ),
  ]
  for (own, other, expected) in table {
    let said = refusal(own, other)
    #expect(
      said
        == (expected == "no error"
          ? expected : "a.run: \(expected); write a run with other settings to another file."))
  }
}

@Test func aRefusalIsShortWhateverDiffers() {
  func settings(_ word: String) -> [JSON.Member] {
    (0..<50).map { .init("list \($0)", list((0..<5000).map { "\(word) \($0)" })) }
  }
  let said = refusal(settings("a"), settings("b"))
  #expect(said.count < 500 && said.contains(", and 47 more;"))
}
