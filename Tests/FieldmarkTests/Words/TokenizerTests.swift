import Fieldmark
import Testing

private let openai = Tokenizer(normalizer: .openai)
private let huggingface = Tokenizer(normalizer: .huggingface)

/// clip.tokenize(text) of openai/CLIP, without the start, the end and the zeros.
@Test(
  arguments: [
    ("", []), (" \t\n", []), ("a photo of a cat.", [320, 1125, 539, 320, 2368, 269]),
    ("red epaulets", [736, 1178, 627, 3243]), ("bird", [3329]), ("Curved  bill", [25789, 2886]),
    (
      "has_bill_shape::curved_(up_or_down)",
      [791, 318, 2886, 318, 6448, 9788, 25789, 36951, 705, 318, 541, 318, 1136, 264]
    ),
    ("2025", [273, 271, 273, 276]), ("i've seen it", [328, 1200, 2041, 585]),
    ("Hello Båstad", [3306, 65, 23176, 16485]),
  ] as [(String, [Int32])])
func aPromptGetsTheNumbersOfOpenAI(text: String, ids: [Int32]) throws {
  #expect(try openai.ids(of: text) == ids)
}

@Test func contractionsAreWordsOfTheirOwn() throws {
  // it 's, can 't 've, ' tis, rock ' n ' roll, 're
  for text in ["it's", "can't've", "'tis", "rock'n'roll", "'re", "''s", "'", "they'll", "i'd'm"] {
    let ids = try openai.ids(of: text)
    #expect(openai.text(of: ids).filter { $0 != " " } == text)
  }
  #expect(try openai.pieces(of: openai.ids(of: "it's")) == ["it</w>", "'s</w>"])
  #expect(try openai.pieces(of: openai.ids(of: "''s")) == ["''</w>", "s</w>"])
}

@Test func aLongSContractsOnlyWhereCaseIsFolded() throws {
  #expect(try openai.text(of: openai.ids(of: "'ſ")) == "'ſ")
  #expect(try huggingface.text(of: huggingface.ids(of: "'ſ")) == "' ſ")
}

@Test(arguments: ["<|startoftext|>", "<|endoftext|>", "<start_of_text>", "<end_of_text>"])
func aSpecialTokenIsPlainTextUnlessAllowed(text: String) throws {
  var allowing = openai
  allowing.allowsSpecials = true
  let plain = try openai.ids(of: "a\(text)b")
  #expect(plain.allSatisfy { $0 < 49_406 })
  #expect(openai.text(of: plain).filter { $0 != " " } == "a\(text)b")
  let special: Int32 = text.contains("start") ? 49_406 : 49_407
  #expect(try allowing.ids(of: "a\(text.uppercased())b") == [320, special, 321])
}

@Test func manyTextsAtOnceGetTheNumbersOfEachAlone() throws {
  let texts = ["Red-winged Blackbird", "", "a bird's nest", "🐦 é", "a bird's nest", "x" + "y"]
  #expect(try openai.ids(of: texts) == texts.map(openai.ids(of:)))
}

@Test func aVocabularyCutShortKnowsOnlyItsFirstMerges() throws {
  let bytes = Tokenizer(try .clip(count: 514), normalizer: .openai)
  #expect(try bytes.prompt("bird").ids == [512, 65, 72, 81, 323, 513])
  // The first merges are i n, t h, a n, r e.
  let four = Tokenizer(try .clip(count: 518), normalizer: .openai)
  #expect(
    try four.pieces(of: four.prompt("thin").ids)[1...] == ["th", "i", "n</w>", "<|endoftext|>"])
  #expect(
    throws: InputError("vocabulary", expected: "514 to 49408 numbers", found: "513", kind: .words)
  ) {
    try Vocabulary.clip(count: 513)
  }
}

@Test func everyNumberHasAPieceAndEveryPieceIsAlone() {
  let vocabulary = Vocabulary.clip
  let pieces = openai.pieces(of: Array(0..<Int32(vocabulary.count)))
  #expect(pieces[3329] == "bird</w>")
  #expect(pieces[49_407] == "<|endoftext|>")
  #expect(Set(pieces).count == vocabulary.count)
  #expect(openai.pieces(of: [-1, 49_408, .max]) == ["?", "?", "?"])
}

@Test func anyBytesHaveNumbers() throws {
  var random = SplitMix(seed: 1)
  for _ in 0..<2_000 {
    let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      UInt8.random(in: .min ... .max, using: &random)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    for tokenizer in [openai, huggingface] {
      let ids = try tokenizer.ids(of: text)
      #expect(ids.allSatisfy { (0..<49_406).contains($0) })
    }
  }
}

@Test func aTextBeyondAllMeasureIsRefused() {
  let text = String(repeating: "a ", count: 1 << 19) + "a"
  #expect(
    throws: InputError(
      "text", expected: "at most 1048576 bytes", found: "1048577",
      hint: "a file of phrases has one phrase per line")
  ) { try openai.ids(of: text) }
}
