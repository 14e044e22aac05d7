import Encoders
import Testing

@Test(
  arguments: [
    // Where both agree.
    ("", "", ""),
    ("Red  EPAULETS", "red epaulets", "red epaulets"),
    ("cafe\u{301}", "café", "café"),
    ("İ", "i̇", "i̇"),
    // Where they do not.
    (" a ", "a", " a "),
    ("a&amp;b", "a&b", "a&amp;b"),
    ("“curly” ‘quotes’", "\"curly\" 'quotes'", "“curly” ‘quotes’"),
    ("ﬁve ﬃ", "five ffi", "ﬁve ﬃ"),
    ("ＡＢＣ　ﾄﾘ", "abc トリ", "ａｂｃ ﾄﾘ"),
    ("itâ€™s", "it's", "itâ€™s"),
    ("ΣΊΣΥΦΟΣ", "σίσυφος", "σίσυφοσ"),
    ("ǅ", "dž", "ǆ"),
    ("a\u{1c}b\u{feff}", "ab", "a\u{1c}b\u{feff}"),
  ])
func aNormalizerCleansAsItsModelsWereTrained(text: String, openai: String, huggingface: String) {
  #expect(Normalizer.openai(text) == openai)
  #expect(Normalizer.huggingface(text) == huggingface)
}

@Test func aNormalizerIsFoundByItsName() {
  #expect(Normalizer.all.map(\.name) == ["openai", "huggingface"])
  #expect(Normalizer(named: "huggingface")?.name == "huggingface")
  #expect(Normalizer(named: "clip") == nil)
}

/// A byte order mark is removed by one, and white space is nothing to the other; but neither is
/// ASCII, so that the text is cleaned in full.
@Test func plainTextsAreReadAsIfTheyHadBeenCleaned() throws {
  var random = SplitMix(seed: 3)
  let letters =
    Array(0...0x7f).map { Character(Unicode.Scalar(UInt8($0))) } + "''srtvelmd  ".map { $0 }
  for _ in 0..<2_000 {
    let text = String((0..<12).map { _ in letters.randomElement(using: &random)! })
    let openai = Tokenizer(normalizer: .openai)
    #expect(
      try openai.ids(of: text) == openai.ids(of: text + "\u{feff}"), "\(text.debugDescription)")
    let huggingface = Tokenizer(normalizer: .huggingface)
    #expect(
      try huggingface.ids(of: text) == huggingface.ids(of: text + "\u{2003}"),
      "\(text.debugDescription)")
  }
}
