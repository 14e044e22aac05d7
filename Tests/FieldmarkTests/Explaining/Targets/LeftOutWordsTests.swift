import Fieldmark
import Testing

@Test(arguments: [
  ("red epaulets", ["red: epaulets", "epaulets: red"]),
  (
    "Red  epaulets,\tred bill",
    [
      "Red: epaulets, red bill", "epaulets,: Red red bill", "red: Red epaulets, bill",
      "bill: Red epaulets, red",
    ]
  ),
  ("bird", []), ("  bird ", []), ("", []),
])
func eachWordIsLeftOutInTurn(phrase: String, rests: [String]) {
  #expect(LeftOutWords.rests(of: phrase).map { "\($0.word): \($0.phrase)" } == rests)
}

@Test func whatIsSaidOfAWordIsTheScoreOfThePhraseWithoutIt() throws {
  let model = TinyModel(name: "vit")
  let words = try model.words()
  let view = View(try model.encoder(), try model.picture())
  let phrase = try words.target("long red epaulets")
  let leftOut = try LeftOutWords(of: phrase, targets: words.targets)
  let scores = leftOut.scores { $0(view.embedding) }
  #expect(scores.score == phrase(view.embedding))
  #expect(scores.words.map(\.text) == ["long", "red", "epaulets"])
  for (word, rest) in zip(scores.words, ["red epaulets", "long epaulets", "long red"]) {
    let asked = try words.target(rest)(view.embedding)
    #expect(abs(word.scoreWithout - asked) < 1e-4)
  }
  #expect(Set(scores.words.map(\.scoreWithout)).count == 3)
}

@Test func whatAWordDoesIsSaidInASentence() throws {
  let scores = LeftOutWords.Scores(
    score: 24.14,
    words: [.init(text: "red", scoreWithout: 18.26), .init(text: "epaulets", scoreWithout: -0.04)])
  #expect(
    scores.description
      == "the phrase by itself scores 24.1; without \"red\" it scores 18.3, "
      + "without \"epaulets\" 0.0")
}

@Test func aWordWithoutWhichNothingIsLeftForTheModelIsPassedOver() throws {
  let space = Target.Space.cosine(scale: 1)
  let phrase = Target("red \u{200b}", [1, 0], space)
  let leftOut = LeftOutWords(of: phrase) { phrases in
    phrases.map { $0 == "red" ? Target($0, [0, 1], space) : nil }
  }
  #expect(
    leftOut.scores { $0.directions[0, 0] }.words == [.init(text: "\u{200b}", scoreWithout: 0)])
}
