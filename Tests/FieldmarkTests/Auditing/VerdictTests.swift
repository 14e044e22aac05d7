import Fieldmark
import Testing

/// Ten pictures that lose about so much of a margin of 1, and no two of them the same.
private func reliance(_ share: Double) -> Reliance {
  let changes = (0..<10).map { number in
    Reliance.Change(
      margin: 1, changed: 1 - share - 0.01 * (Double(number) - 4.5), compared: 1)
  }
  guard let reliance = Reliance(of: changes) else { preconditionFailure("Ten are enough.") }
  return reliance
}

private func found(_ nuisance: Nuisance, _ share: Double, rate: Double = 0.001)
  -> PairFindings.Found
{
  .init(
    name: nuisance.name, phrase: nuisance.phrase, reliance: reliance(share), rate: rate)
}

/// Everything speaks for the traits, and nothing for anything else.
private var honest: PairFindings {
  var findings = PairFindings()
  (findings.pictures, findings.right) = (12, 11)
  findings.fit = WordFit(own: (10..<16).map(Double.init), others: (0..<6).map(Double.init))
  (findings.agreement, findings.sets) = (0.01, 998)
  findings.traits = .init(
    name: "traits", phrase: "the listed traits", reliance: reliance(0.8), rate: 0.001)
  findings.nuisances = [found(.background, 0.1), found(.color, 0.02, rate: 0.4)]
  return findings
}

private func said(_ change: (inout PairFindings) -> Void) -> String {
  var findings = honest
  change(&findings)
  return findings.verdict.sentence(about: "bird")
}

@Test func everyVerdictHasItsSentence() {
  #expect(said { _ in } == "goes by the listed traits")
  #expect(
    said { $0.nuisances[0] = found(.background, 0.9) }
      == "goes by the listed traits and by: the background")
  #expect(
    said {
      $0.nuisances[0] = found(.background, 0.9)
      $0.traits = .init(
        name: "traits", phrase: "the listed traits", reliance: reliance(0.01), rate: 0.3)
    } == "goes by: the background")
  #expect(said { $0.agreement = 0.3 } == "no evidence either way")
  #expect(
    said { $0.right = 2 }
      == "cannot be judged: the classifier is wrong on 10 of 12 pictures")
}

@Test(arguments: [0.05, 0.051]) func aRateOfFivePercentIsTheMost(_ rate: Double) {
  let traits = said {
    $0.traits = .init(name: "traits", phrase: "", reliance: reliance(0.8), rate: rate)
  }
  #expect(traits == (rate <= 0.05 ? "goes by the listed traits" : "no evidence either way"))
  let other = said { $0.nuisances = [found(.frame, 0.9, rate: rate)] }
  #expect(other.contains("edges and corners") == (rate <= 0.05))
}

@Test(arguments: [0.2, 0.201]) func theMapsNeedAPOfAFifthBesideOtherPairs(_ p: Double) {
  let traits = said { $0.agreement = p }
  #expect(traits == (p <= 0.2 ? "goes by the listed traits" : "no evidence either way"))
}

/// The maps of pictures whose classifier sees the same spots as the traits have, or those of the next
/// picture.
private func match(shift: Int, count: Int) -> PictureMatch? {
  func grid(_ number: Int) -> Matrix {
    var random = SplitMix(seed: 3, number % count)
    return Matrix(rows: 4, columns: 4, (0..<16).map { _ in random.normal() })
  }
  let maps = (0..<count).compactMap {
    PictureMatch.Maps(classifier: grid($0 + shift), own: [grid($0)], lacking: [])
  }
  return PictureMatch(of: [maps], seed: 1)
}

@Test func theMapsHaveToBeThoseOfTheirPictures() {
  #expect(said { $0.match = match(shift: 0, count: 8) } == "goes by the listed traits")
  #expect(said { $0.match = match(shift: 1, count: 8) } == "no evidence either way")
  // Three pictures in six orders cannot show it.
  #expect(said { $0.match = match(shift: 1, count: 3) } == "goes by the listed traits")
}

/// A tint that takes as much from the words for the traits changes the traits.
@Test func whatTheWordsLoseTooIsNothingElse() {
  func tint(words: Double?) -> PairFindings.Found {
    .init(
      name: Nuisance.color.name, phrase: Nuisance.color.phrase, reliance: reliance(0.9),
      rate: 0.001, words: words)
  }
  for (words, isAlarm) in [(nil, true), (-3, true), (0.64, true), (0.66, false), (2, false)] {
    #expect(
      said { $0.nuisances = [tint(words: words)] }
        == (isAlarm
          ? "goes by the listed traits and by: \(Nuisance.color.phrase)"
          : "goes by the listed traits"),
      "\(words ?? .nan)")
  }
}

@Test func traitsThatTakeLittleAwayAreNotGoneBy() {
  #expect(
    said {
      $0.traits = .init(name: "traits", phrase: "", reliance: reliance(0.24), rate: 0.001)
    } == "no evidence either way")
  #expect(
    said { $0.traits = nil }
      == "cannot be judged: the traits could be taken away in too few pictures")
  #expect(
    said {
      $0.traits = nil
      $0.hasChanges = false
    } == "goes by the listed traits")
}

@Test func absenceOfEvidenceAccusesNobody() {
  for share in [-1.0, 0, 0.3, 0.49] {
    #expect(said { $0.nuisances = [found(.background, share)] } == "goes by the listed traits")
  }
}

@Test func whatTheLargestExplainsIsNotNamed() {
  // A tint is seen in the background and the frame, too.
  let tint = said {
    $0.nuisances = [found(.color, 1.3), found(.background, 0.56), found(.frame, 0.35)]
  }
  #expect(tint == "goes by the listed traits and by: the tint or brightness of the picture")
  // A colored border is all that the background does.
  let border = said { $0.nuisances = [found(.background, 1.39), found(.frame, 1.36)] }
  #expect(border == "goes by the listed traits and by: the edges and corners of the picture")
  // A habitat is more than the border of it.
  let habitat = said { $0.nuisances = [found(.background, 1.4), found(.frame, 0.8)] }
  #expect(habitat == "goes by the listed traits and by: the background")
  let two = said { $0.nuisances = [found(.background, 0.9), found(.sharpness, 0.8)] }
  #expect(
    two == "goes by the listed traits and by: the background, the sharpness of the picture")
}

@Test func whatTheInstrumentCannotTellIsSaid() {
  let cases: [((inout PairFindings) -> Void, String)] = [
    (
      { $0.fit = WordFit(own: [1, 2, 3], others: [1, 2, 3]) },
      "the model cannot tell the words for their traits apart on these pictures (AUC 0.500)"
    ),
    (
      {
        $0.fit = nil
        $0.untested = "Perch"
      }, "there are no pictures of Perch here to test the words for their traits on"
    ),
    ({ $0.hasTraits = false }, "no attribute tells them apart at a place"),
    (
      { ($0.pictures, $0.right) = (2, 2) },
      "too few pictures are classified right (2; 3 are needed)"
    ),
    (
      {
        $0.sets = 8
        $0.hasChanges = false
      }, "too few other classes have as many traits (8 sets; 9 are needed)"
    ),
  ]
  for (change, sentence) in cases { #expect(said(change) == "cannot be judged: " + sentence) }
}

@Test func withFewClassesTheChangesDecideAlone() {
  #expect(said { ($0.agreement, $0.sets) = (nil, 0) } == "goes by the listed traits")
  #expect(said { ($0.agreement, $0.sets) = (0.2, 8) } == "goes by the listed traits")
}

/// What an exchange of frames does is a fact that needs no words.
@Test func whatDecidesIsToldEvenWhereTheTraitsCannotBeJudged() {
  let sentence = said {
    $0.hasTraits = false
    $0.nuisances = [found(.frame, 1.2)]
  }
  #expect(
    sentence
      == "goes by: the edges and corners of the picture; its traits cannot be judged: no attribute tells "
      + "them apart at a place")
}
