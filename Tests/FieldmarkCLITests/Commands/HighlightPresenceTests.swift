import Fieldmark
import FieldmarkCLI
import Foundation
import Testing

private func asked(_ home: ModelsFixture, _ more: [String]) throws -> (JSON, Transcript) {
  let bird = ModelsFixture.shipped("demo/bird.png")
  let transcript = home.transcript(["highlight", bird, "--json"] + more)
  return (
    try JSON(
      parsing: Array(transcript.results.prefix { $0 != "\n" }.utf8), place: "results"), transcript
  )
}

/// The drawn bird of the demo is black, with red epaulets on its wings.
@Test func aThingThatIsNotThereIsSaidNotToBeThere() throws {
  try ModelsFixture.run { home in
    for (concept, winner) in [
      ("blue wings", "red wings"), ("blue epaulets", "red epaulets"),
    ] {
      let (missing, told) = try asked(home, ["-c", concept])
      #expect(missing["presence"]?["verdict"] == "probably not there")
      let sentence = try #require(missing["presence"]?["sentence"]?.string)
      #expect(sentence.hasPrefix("'\(concept)' is probably not there: of 15 phrases for "))
      #expect(sentence.contains("'\(winner)' fits the picture best"), "\(sentence)")
      #expect(told.notes.contains(sentence) && told.status == .done, "\(told.notes)")
    }
  }
}

@Test(arguments: ["black wings", "red epaulets"])
private func aThingThatIsThereIsNotMissed(_ concept: String) throws {
  try ModelsFixture.run { home in
    let (there, silent) = try asked(home, ["-c", concept, "-a", "bird"])
    #expect(there["presence"]?["verdict"] == "there" && silent.notes == "")
    #expect(there["presence"]?["score"] == there["concept_score"])
  }
}

/// No bird of the demo has a red crest, although it has red on it.
@Test func aMarkOfAnotherKindInTheSameColorIsMissed() throws {
  try ModelsFixture.run { home in
    let (crest, _) = try asked(home, ["-c", "red crest"])
    #expect(
      crest["presence"]?["verdict"] == "probably not there", "\(crest["presence"]?.written() ?? "")"
    )
  }
}

@Test(arguments: ["bird", "a wing without red"])
private func aConceptOfNoKindIsNotJudged(_ concept: String) throws {
  try ModelsFixture.run { home in
    let (object, transcript) = try asked(home, ["-c", concept])
    #expect(object["presence"] == nil && transcript.notes == "")
  }
}
