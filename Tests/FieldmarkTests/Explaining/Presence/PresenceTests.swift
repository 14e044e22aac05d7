import Fieldmark
import Testing

@Test(arguments: [
  ("blue wings", "wing color", 15, "bird wings"), ("Blue, wings", "wing color", 15, "bird wings"),
  ("the grey wings", "wing color", 15, "bird wings"),
  ("curved bill", "bill shape", 9, "bird bill"),
  ("red epaulets", "colors of epaulets", 15, "epaulets"),
  ("reddish brown epaulets", "colors of epaulets", 15, "epaulets"),
  ("a bird with pale-tan spots", "colors of bird with spots", 15, "bird with spots"),
])
func phrasesOfTheSameKindAreFoundHoweverTheyAreSpelled(
  _ concept: String, _ name: String, _ count: Int, _ plain: String
) throws {
  let kind = try #require(PhraseKind(of: concept))
  #expect(kind.name == name && kind.phrases.count == count && kind.plain == plain)
  // The concept stands among them as the user wrote it, and once.
  #expect(kind.phrases[kind.place] == concept)
  #expect(Set(kind.phrases).count == count)
}

@Test(arguments: ["epaulets", "red", "", "red and blue wings", "wings", "bird", "شحرور", "-"])
func nothingIsKnownOfPhrasesWithoutAKind(_ concept: String) {
  #expect(PhraseKind(of: concept) == nil)
}

private func presence(_ own: Float, _ others: [Float]) throws -> Presence {
  let kind = try #require(PhraseKind(of: "long wings"))
  #expect(kind.phrases.count == 1 + others.count)
  var scores = others
  scores.insert(own, at: kind.place)
  return Presence(kind, scores: scores, plainScore: 0)
}

@Test(
  arguments: [
    // The median of 5, 1, 1, 1 and the concept's score is 1, so that the mark lies at 5 - 0.45 * 4 = 3.2.
    (6, Presence.Verdict.there, 1), (3.3, .there, 2), (3.1, .absent, 2), (0, .absent, 5),
  ] as [(Float, Presence.Verdict, Int)])
func aConceptThatFallsFarBehindItsKindIsProbablyNotThere(
  _ own: Float, _ verdict: Presence.Verdict, _ rank: Int
) throws {
  let found = try presence(own, [5, 1, 1, 1])
  #expect(found.verdict == verdict && found.rank == rank)
}

@Test func theScaleOfAModelsScoresDoesNotMatter() throws {
  for factor in [Float(0.01), 1, 100] {
    for own in stride(from: Float(0), through: 6, by: 0.25) where own != 3.5 && own != 3.75 {
      let plain = try presence(own, [5, 1, 1, 1]).verdict
      let scaled = try presence(factor * own - 7, [5, 1, 1, 1].map { factor * $0 - 7 }).verdict
      #expect(plain == scaled, "\(own), \(factor)")
    }
  }
}

@Test func aVerdictIsASentenceWithItsReason() throws {
  #expect(
    try presence(0, [5, 1, 1, 1]).sentence
      == "'long wings' is probably not there: of 5 phrases for wing shape 'rounded wings' fits the picture best, "
      + "and it is number 5.")
  #expect(
    try presence(6, [5, 1, 1, 1]).sentence
      == "'long wings' fits the picture best of 5 phrases for wing shape.")
  #expect(
    try presence(4.5, [5, 1, 1, 1]).sentence
      == "'long wings' may well be there: of 5 phrases for wing shape it is number 2, close behind 'rounded wings'."
  )
  // Where nothing differs, nothing is known to be missing.
  #expect(try presence(1, [1, 1, 1, 1]).verdict == .there)
}

@Test func thePhrasesOfAConceptAreAskedTogetherAndOnce() throws {
  let clip = try CLIP(isRemembering: false)
  let concept = try clip.target("red wings")
  var asked: [[String]] = []
  let presence = try #require(
    try AskedPresence(of: concept) {
      asked.append($0)
      return try clip.targets($0)
    })
  #expect(asked.count == 1 && asked[0].count == 16)
  let found = presence.presence { $0.name == "red wings" ? 3 : $0.name == "bird wings" ? 2 : 1 }
  #expect(found.rank == 1 && found.plainScore == 2 && found.best(2)[0].phrase == "red wings")
  #expect(AskedPresence(of: concept) { _ in nil } == nil)
  #expect(found.json["best"]?.array?.count == 5 && found.json["verdict"]?.string == "there")
}
