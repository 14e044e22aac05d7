import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")

private struct Scores: Decodable {
  let picture: String
  let concepts: [String]
  let logits: [Float]
  let probabilities: [Float]
}

private func scores(_ transcript: Transcript) throws -> Scores {
  try JSONDecoder().decode(Scores.self, from: Data(transcript.results.utf8))
}

/// (`python3 References/make_encoders.py Tests/References/encoders`)
@Test func classifyGivesTheLogitsOfOpenCLIP() throws {
  let facts = try JSONSerialization.jsonObject(
    with: Data(contentsOf: URL(fileURLWithPath: "\(vit)/expected.json")))
  let prompts = try #require((facts as? [String: Any])?["prompts"] as? [String])
  let expected = try Checkpoint(Fieldmark.Path("\(vit)/expected.safetensors"))
    .tensor("logits.wide").floats()
  try ModelsFixture.run { home in
    let concepts = prompts.flatMap { ["-c", $0] }
    let words = ["classify", wide, "--model", vit, "--json"] + concepts
    let first = try scores(home.transcript(words))
    #expect(first.picture == wide && first.concepts == prompts)
    for (found, logit) in zip(first.logits, expected) {
      #expect(abs(found - logit) < 1e-4 * abs(logit) + 1e-4)
    }
    #expect(abs(first.probabilities.reduce(0, +) - 1) < 1e-5)
    // The second time from memory, the third without one: the same numbers.
    #expect(try scores(home.transcript(words)).logits == first.logits)
    #expect(try scores(home.transcript(words + ["--no-cache"])).logits == first.logits)
  }
}

@Test func classifyPrintsLikelyConceptsFirst() throws {
  try ModelsFixture.run { home in
    let words = ["classify", wide, "--model", vit, "-c", "bird", "-c", "curved bill"]
    let json = try scores(home.transcript(words + ["--json"]))
    let lines = home.transcript(words).results.split(separator: "\n").map(String.init)
    #expect(lines.count == 3 && lines[0] == wide)
    let best = json.logits[0] >= json.logits[1] ? "bird" : "curved bill"
    #expect(lines[1].hasSuffix("  \(best)"))
  }
}

@Test func anEnsembleIsTheUnitMeanOfUnitEmbeddings() throws {
  try ModelsFixture.run { home in
    let sentences = ["--template", "a {}.", "--template", "the {}"]
    let ensemble = home.transcript(
      ["embed", "--text", "bird", "--model", vit, "-o", "HOME/e.npy"] + sentences)
    #expect(ensemble.status == .done)
    _ = home.transcript(
      ["embed", "--text", "a bird.", "the bird", "--unit", "--model", vit, "-o", "HOME/p.npy"])
    let parts = try Tensor(npy: Fieldmark.Path("\(home.home)/p.npy")).floats()
    let mean = Matrix(rows: 2, columns: 24, parts).meanRow().scaledToUnitRows()
    let found = try Tensor(npy: Fieldmark.Path("\(home.home)/e.npy")).floats()
    for (a, b) in zip(found, mean.elements) { #expect(abs(a - b) < 1e-6) }
  }
}

@Test func classifyNeedsAConcept() throws {
  try ModelsFixture.run { home in
    #expect(
      home.transcript(["classify", wide, "--model", vit])
        == Transcript(
          notes:
            "fieldmark classify: expected at least one concept, or a classifier, found neither; "
            + "name a concept with --concept, or a trained classifier with --classifier, whose "
            + "predictions are then printed.\n", status: ExitStatus(code: 64)))
  }
}

@Test func timingsComeWithWhatWasTimed() throws {
  try ModelsFixture.run { home in
    try home.write("\(home.home)/phrases.txt", "bird\nred epaulets\n")
    let texts = home.transcript(
      ["bench", "texts", "--model", vit, "--file", "HOME/phrases.txt", "--rounds", "1"])
    #expect(texts.results.contains(#","texts":2,"tokens":15}"#), "\(texts)")
    let encoders = home.transcript(
      ["bench", "encoders", "--model", vit, "--rounds", "1", "--pictures", "2"])
    #expect(encoders.status == .done && encoders.results.contains("\"share\":"))
  }
}
