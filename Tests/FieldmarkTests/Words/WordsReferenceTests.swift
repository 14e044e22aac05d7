import Fieldmark
import Testing

private let openai = Tokenizer(normalizer: .openai)
private let huggingface = Tokenizer(normalizer: .huggingface)

/// With the special tokens read as such, as all the encoders that these numbers come from have it.
private func allowingSpecials(_ tokenizer: Tokenizer) -> Tokenizer {
  var tokenizer = tokenizer
  tokenizer.allowsSpecials = true
  return tokenizer
}

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func everyReferencePromptGetsOpenAINumbers() throws {
  struct File: Decodable {
    struct Case: Decodable {
      let text: String
      let ids: [Int32]
      let fullCount: Int
      let padded: [Int32]?

      enum CodingKeys: String, CodingKey {
        case text, ids
        case fullCount = "n_full"
        case padded = "padded77"
      }
    }
    let cases: [Case]
  }
  let cases = try ReferenceData.json(File.self, "data/clip_bpe_reference.json").cases
  #expect(cases.count == 1071)
  for reference in cases {
    // OpenAI's knows only its own two spellings.
    let tokenizer = reference.text.contains("<|") ? allowingSpecials(openai) : openai
    #expect(try tokenizer.ids(of: reference.text) == reference.ids, "\(reference.text)")
    let prompt = try tokenizer.prompt(reference.text, truncating: true, allowingEmpty: true)
    #expect(prompt.ids.count + prompt.cut.count == reference.fullCount)
    if let padded = reference.padded {
      #expect(prompt.isTruncated)
      #expect(prompt.padded == padded)
    }
  }
}

/// Cases of other projects' tests, each with its own answer and OpenAI's.
@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func everyPublishedPromptGetsItsNumbers() throws {
  struct Case: Decodable {
    let source: String
    let text: String
    let ids: [Int32]
    let openAI: [Int32]
    let note: String?

    enum CodingKeys: String, CodingKey {
      case source, text, ids, note
      case openAI = "openai_ids"
    }
  }
  let cases = try ReferenceData.json([Case].self, "data/clip_bpe_published.json")
  #expect(cases.count == 60)
  for reference in cases {
    let text = reference.text
    #expect(
      try (text.contains("<|") ? allowingSpecials(openai) : openai).ids(of: text)
        == reference.openAI, "\(text)")
    let isHuggingFace =
      reference.source.contains("huggingface") || reference.source.contains("HF")
    if isHuggingFace {
      #expect(try huggingface.ids(of: text) == reference.ids, "\(text)")
    } else if text.contains("<start_of_text>") {
      #expect(try allowingSpecials(openai).ids(of: text) == reference.ids, "\(text)")
    } else if reference.note?.hasPrefix("disagrees on digits") == true {
      // A project that merges the digits of a number, which CLIP was not trained on.
      #expect(try openai.ids(of: text) != reference.ids)
    } else {
      #expect(try openai.ids(of: text) == reference.ids, "\(text)")
    }
  }
}

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func everyTinyVocabularyGivesItsTokens() throws {
  struct Case: Decodable {
    let vocab: [String]
    let merges: [String]
    let text: String
    let tokens: [String]
    let ids: [Int32]
  }
  for reference in try ReferenceData.json([Case].self, "data/clip_bpe_toy_vocab.json") {
    let listed = Tokenizer(
      Vocabulary(merges: reference.merges, tokens: reference.vocab), normalizer: .huggingface)
    #expect(try listed.ids(of: reference.text) == reference.ids)
    let free = Tokenizer(Vocabulary(merges: reference.merges), normalizer: .huggingface)
    #expect(try free.pieces(of: free.ids(of: reference.text)) == reference.tokens)
  }
}

/// 200 texts that need every kind of repair, with what the reference made of them; see
/// References/make_words.py, which wrote them.
@Test func everyRepairEqualsItsReference() throws {
  struct Case: Decodable {
    let text: String
    let openai: String
    let openaiIDs: [Int32]
    let huggingface: String
    let huggingfaceIDs: [Int32]
  }
  let cases = try ReferenceData.shipped([Case].self, "words-repairs.json")
  #expect(cases.count == 200)
  for reference in cases {
    #expect(Normalizer.openai(reference.text) == reference.openai, "\(reference.text)")
    #expect(try openai.ids(of: reference.text) == reference.openaiIDs, "\(reference.text)")
    #expect(Normalizer.huggingface(reference.text) == reference.huggingface, "\(reference.text)")
    #expect(
      try huggingface.ids(of: reference.text) == reference.huggingfaceIDs, "\(reference.text)")
  }
}
