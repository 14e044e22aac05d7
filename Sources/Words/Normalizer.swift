import Ground

/// How a text is cleaned before it is cut into words: what a model was trained with decides.
///
/// ```swift
/// Normalizer.openai("Red&amp;yellow  “wing-bar”")          // red&yellow "wing-bar"
/// Normalizer.huggingface("Red&amp;yellow  “wing-bar”")     // red&amp;yellow “wing-bar”
/// ```
public struct Normalizer: Named {
  public static let kind = "a normalizer"

  public let name: String
  /// Cleans any text.
  let clean: @Sendable (Scalars) -> Scalars
  /// What every ASCII character is to the splitting into words, `.unknown` where cleaning may do
  /// more to it than make it small: a text without such characters need not be cleaned.
  let asciiKinds: [CharacterKind]
  /// The same of any character of a clean text.
  let kind: @Sendable (Unicode.Scalar) -> CharacterKind
  /// Whether `'ſ`, with the long s, is split off like `'s`: Python's `regex` folds case, Rust's
  /// not.
  let foldsLongS: Bool

  public func callAsFunction(_ text: String) -> String { clean(Scalars(text)).string }
}

extension Normalizer {
  /// Broken text repaired, HTML entities unescaped twice, one space for every run of white space,
  /// small letters by Unicode's rules for whole texts: what OpenAI and open_clip do.
  ///
  /// Equal to OpenAI's `clip` with ftfy 6.3.1 (see `TextRepair` for what that covers), but for
  /// characters that one of the libraries does not know yet: ICU 72 has Unicode 15.0, where Python
  /// 3.11 has 14.0 and its `regex` of 2026 a later one. A letter of Unicode 16 that touches other
  /// letters is a word of its own here; marks of Unicode 15 are put in order here and not there.
  public static let openai = Normalizer(
    name: "openai",
    clean: { text in
      Entities.unescaping(Entities.unescaping(TextRepair.repairing(text))).spacedOnce.lowercased
    },
    asciiKinds: (0..<128).map { (byte: UInt8) in
      // What may begin an entity, and the control characters that are removed.
      let isPlain = (0x20...0x7e).contains(byte) && byte != 0x26 || [9, 10, 12, 13].contains(byte)
      return isPlain ? CharacterKind(Unicode.Scalar(byte)) : .unknown
    },
    // Python's `regex`, told to ignore case, finds U+0345 in no set at all: its capital is a
    // letter, it is none. OpenAI's encoder drops it.
    kind: { $0 == "\u{345}" ? .space : CharacterKind($0) },
    foldsLongS: true)

  /// NFC, one space for every run of white space, small letters code point by code point: the
  /// `tokenizer.json` of CLIP models on the Hugging Face hub.
  ///
  /// Equal to `tokenizers` 0.23 but for characters that one of the two does not know yet: its
  /// normal forms are Unicode 9.0's, so that it leaves combining marks of later versions in the
  /// order in which they were written; its letters and small letters are later than ICU's (15.0
  /// with ICU 72). What it takes for special tokens is plain text here; see `Tokenizer`.
  public static let huggingface = Normalizer(
    name: "huggingface",
    clean: { text in
      // A text of nothing but white space is one space there; between words it makes no difference.
      text.normalizedNFC.collapsingSpace.lowercasedOneByOne
    },
    asciiKinds: (0..<128).map { (byte: UInt8) in CharacterKind(Unicode.Scalar(byte)) },
    kind: CharacterKind.init,
    foldsLongS: false)

  /// Every normalizer there is.
  public static let all = [openai, huggingface]
}

/// What a character is to the splitting of a text into words.
enum CharacterKind: UInt8, Sendable {
  case space, letter, number, other, unknown

  init(_ scalar: Unicode.Scalar) {
    self =
      scalar.isSpace ? .space : scalar.isLetter ? .letter : scalar.isNumber ? .number : .other
  }
}
