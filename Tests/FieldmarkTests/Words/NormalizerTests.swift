import Fieldmark
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

/// Marks above and below, two that are one when they stand together, ones that are taken apart into two,
/// and one that becomes a mark only by compatibility.
private func marks(_ count: Int, seed: UInt64) -> String {
  let kinds: [Unicode.Scalar] = [
    "\u{301}", "\u{327}", "\u{323}", "\u{344}", "\u{345}", "\u{f73}", "\u{3099}", "\u{20dd}",
    "\u{5b0}",
  ]
  var state = seed
  var text = String.UnicodeScalarView()
  for _ in 0..<count {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    text.append(kinds[Int(state >> 33) % kinds.count])
  }
  return String(text)
}

/// What Python says, text by text: the code points of `unicodedata.normalize("NFC", text)` (Unicode 14.0),
/// hashed by FNV-1a. (`python3 References/make_marks.py`)
@Test(
  arguments: [
    (1, 0x6a60_a344_1ab5_40a2), (29, 0xa922_07ab_55a0_737b), (30, 0x9846_dc81_bba3_e182),
    (31, 0xe251_806d_9042_6147), (32, 0x493b_8694_3037_d387), (100, 0xda27_1dcc_9db3_c89b),
    (700, 0x500f_ccf6_c809_e3c3),
  ] as [(Int, UInt64)])
func longRunsOfMarksAreOrderedAsUnicodeSays(_ count: Int, expected: UInt64) {
  let starts: [(String, UInt64)] = [("e", 1), ("o\u{302}", 2), ("", 3), ("か", 4), ("α", 5)]
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for (start, seed) in starts {
    let text = start + marks(count, seed: seed) + "a" + marks(count / 2, seed: seed + 9) + "z"
    for scalar in Normalizer.huggingface(text).unicodeScalars {
      hash = (hash ^ UInt64(scalar.value)) &* 0x100_0000_01b3
    }
  }
  #expect(hash == expected)
}

/// In quadratic time a single normal form of these takes half a minute, and there are several.
@Test(
  arguments: ["\u{301}\u{327}", "\u{f73}", "\u{ff9e}", "\u{344}\u{323}"], ["", "&#x301;"])
func marksWithoutEndTakeLinearTime(_ pair: String, _ first: String) throws {
  let text = "e" + first + String(repeating: pair, count: 120_000)
  for normalizer in [Normalizer.openai, .huggingface] {
    let start = ContinuousClock.now
    #expect(try !Tokenizer(normalizer: normalizer).ids(of: text).isEmpty)
    #expect(ContinuousClock.now - start < .seconds(15))
  }
}
