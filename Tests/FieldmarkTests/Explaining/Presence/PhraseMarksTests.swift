import Fieldmark
import Testing

@Test func aMarkInAColorIsOfTwoKinds() throws {
  let kinds = PhraseKind.all(of: "a White eye ring")
  #expect(kinds.map(\.name) == ["colors of eye ring", "white marks"])
  #expect(kinds.map(\.phrases.count) == [15, Prompts.marks.count])
  #expect(kinds[1].phrases[0] == "white crest" && kinds.allSatisfy { $0.plain == "eye ring" })
  for kind in kinds {
    #expect(kind.phrases[kind.place] == "a White eye ring")
    #expect(Set(kind.phrases).count == kind.phrases.count)
  }
}

@Test(arguments: [
  ("red epaulet", "red marks", "red crest"),
  ("pale tan wing bars", "pale tan marks", "pale tan crest"),
  ("a bird with red spots on the back", "red marks", "bird with red crest"),
])
private func otherMarksTakeItsPlace(_ concept: String, _ name: String, _ other: String) throws {
  let kinds = PhraseKind.all(of: concept)
  #expect(kinds.count == 2)
  #expect(kinds.last?.name == name && kinds.last?.phrases.first == other)
}

@Test(arguments: ["red wings", "blue crown", "hooked bill", "red flower", "white eyes"])
private func whatIsNoMarkIsOfOneKind(_ concept: String) {
  #expect(PhraseKind.all(of: concept) == [PhraseKind(of: concept)])
}

@Test(arguments: [
  "eye ring", "no red epaulets", "wings without red", "not red wings", "white and red epaulets",
])
private func someConceptsAreOfNoKind(_ concept: String) {
  #expect(PhraseKind(of: concept) == nil && PhraseKind.all(of: concept).isEmpty)
}

/// The aviary draws what the list names, and nothing else of its own.
@Test func marksAreThoseThatBirdsAreDrawnWith() {
  let free = Set(Species.all.flatMap(\.traits).filter { $0.attribute == nil }.map(\.phrase))
  #expect(!free.isEmpty && Set(Prompts.marks).count == Prompts.marks.count)
  for phrase in free {
    #expect(Prompts.marks.contains { phrase.hasSuffix(" " + $0) }, "\(phrase)")
  }
}

/// All phrases of both kinds in one call, the concept once.
private func presence(_ scores: [String: Float]) throws -> Presence {
  let concept = Target("white eye ring", [1, 0], .linear)
  var calls: [[String]] = []
  let asked = try #require(
    AskedPresence(of: concept) { phrases -> [Target]? in
      calls.append(phrases)
      return phrases.map { Target($0, [1, 0], .linear) }
    })
  #expect(calls.count == 1 && Set(calls[0]).count == calls[0].count)
  #expect(calls[0].count == 15 + Prompts.marks.count - 1 + 1)
  return asked.presence { scores[$0.name] ?? 0 }
}

@Test func aMarkHasToHoldItsGroundInBothKinds() throws {
  let own: [String: Float] = ["white eye ring": 5, "red eye ring": 4, "eye ring": 2]
  let there = try presence(own)
  #expect(there.verdict == .there && there.kind.name == "colors of eye ring" && there.rank == 1)
  #expect(there.plainScore == 2)
  let head = try presence(own.merging(["white crest": 12]) { $1 })
  #expect(head.verdict == .absent && head.kind.name == "white marks" && head.rank == 2)
  #expect(
    head.sentence == "'white eye ring' is probably not there: of 23 phrases for white marks "
      + "'white crest' fits the picture best, and it is number 2.")
  let red = try presence(own.merging(["red eye ring": 12]) { $1 })
  #expect(red.verdict == .absent && red.kind.name == "colors of eye ring")
  // A second white mark is no reason to miss the first.
  #expect(try presence(own.merging(["white crest": 8]) { $1 }).verdict == .there)
}
