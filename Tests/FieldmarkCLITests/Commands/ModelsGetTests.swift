import FieldmarkCLI
import Parsing
import Testing

@Test(
  arguments: [
    (["foo"], [:], "models get: expected hf-hub:ORG/NAME, found 'foo'."),
    (["hf-hub:a b/c"], [:], "models get: expected hf-hub:ORG/NAME, found 'a b/c'."),
    (["a/b@../c"], [:], "models get: expected a branch, a tag or a commit, found '../c'."),
    (
      ["a/b@v1", "--revision=v2"], [:],
      "option --revision: expected 'v1', as the name says, found 'v2'."
    ),
    (
      ["a/b"], ["HF_HUB_OFFLINE": "1"],
      "models get: expected permission to connect to the hub, found HF_HUB_OFFLINE=1."
    ),
    (
      ["a/b"], ["HF_ENDPOINT": "huggingface.co"],
      "HF_ENDPOINT: expected an address that begins with https:// or http://, found "
        + "'huggingface.co'."
    ),
  ] as [([String], [String: String], String)])
func modelsGetRefusesInOneSentence(
  words: [String], settings: [String: String], sentence: String
) throws {
  try ModelsFixture.run { home in
    let transcript = home.transcript(["models", "get"] + words, settings)
    #expect(transcript.notes == sentence + "\n")
    #expect(transcript.results == "")
    #expect(transcript.status == ExitStatus(code: 64))
  }
}

@Test func modelsGetSaysWhenNobodyAnswers() throws {
  try ModelsFixture.run { home in
    // The port of "discard", where nobody listens; and no proxy in between.
    let transcript = home.transcript(
      ["models", "get", "a/b"], ["HF_ENDPOINT": "http://127.0.0.1:9"])
    #expect(
      transcript.notes.hasPrefix("repository 'a/b': expected an answer, found failed to connect"))
    #expect(transcript.status == ExitStatus(code: 65))
  }
}
