import FieldmarkCLI
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
      "models get: expected leave to connect to the hub, found HF_HUB_OFFLINE=1."
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

@Test func modelsGetExplainsItself() throws {
  try ModelsFixture.run { home in
    #expect(
      home.transcript(["models", "get", "--help"]).results == """
        Downloads a model from the Hugging Face hub into its cache.

        usage: fieldmark models get hf-hub:ORG/NAME[@REVISION] [OPTIONS]

          hf-hub:ORG/NAME[@REVISION]  The repository of the model.
              --revision TEXT         A branch, a tag or a commit; else the newest.
          -h, --help                  Shows this help.

        Nothing else in Fieldmark ever connects to anything. What huggingface_hub would download is
        put where it would put it, checked by its hash; interrupted, it goes on where it stopped
        when it is started again. HF_ENDPOINT names another server, HF_TOKEN who asks,
        HF_HUB_OFFLINE=1 forbids it, and https_proxy is respected.

        """)
  }
}
