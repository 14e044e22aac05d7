import Ground

/// How a text is cleaned before it is split into words. Each model needs the way that it was
/// trained with.
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
  /// The kind of every ASCII character, for splitting the text into words. It is `.unknown` if
  /// cleaning may do more to the character than make it lowercase; a text without such characters
  /// need not be cleaned.
  let asciiKinds: [CharacterKind]
  /// The kind of any character of a clean text.
  let kind: @Sendable (Unicode.Scalar) -> CharacterKind
  /// Whether `'ſ`, with the long s, is split off like `'s`. Python's `regex` folds case, Rust's
  /// does not.
  let foldsLongS: Bool

  public func callAsFunction(_ text: String) -> String { clean(Scalars(text)).string }
}

extension Normalizer {
  /// What OpenAI and open_clip do: broken text is repaired, HTML entities are unescaped twice,
  /// every run of white space becomes one space, and letters become lowercase by Unicode's rules
  /// for whole texts.
  ///
  /// The result equals that of OpenAI's `clip` with ftfy 6.3.1 (see `TextRepair` for what that
  /// covers), except for characters that one of the libraries does not know yet: ICU 72 has Unicode
  /// 15.0, while Python 3.11 has 14.0 and its `regex` of 2026 a later one. A letter of Unicode 16
  /// that touches other letters is a word of its own here. Combining marks of Unicode 15 are put in
  /// order here but not there.
  public static let openai = Normalizer(
    name: "openai",
    clean: { text in
      Entities.unescaping(Entities.unescaping(TextRepair.repairing(text))).spacedOnce.lowercased
    },
    asciiKinds: (0..<128).map { (byte: UInt8) in
      // All others are unknown: `&`, which may begin an entity, and the control characters, which
      // are removed.
      let isPlain = (0x20...0x7e).contains(byte) && byte != 0x26 || [9, 10, 12, 13].contains(byte)
      return isPlain ? CharacterKind(Unicode.Scalar(byte)) : .unknown
    },
    // When it ignores case, Python's `regex` finds U+0345 in no set at all, since its capital is a
    // letter and it is none. So OpenAI's encoder drops it.
    kind: { $0 == "\u{345}" ? .space : CharacterKind($0) },
    foldsLongS: true)

  /// What the `tokenizer.json` of CLIP models on the Hugging Face hub does: normal form C, one
  /// space for every run of white space, and lowercase letters code point by code point.
  ///
  /// The result equals that of `tokenizers` 0.23, except for characters that one of the two does
  /// not know yet. Its normal forms are those of Unicode 9.0, so that it leaves combining marks of
  /// later versions in the order in which they were written. What it knows as letters and as
  /// lowercase letters is of a later version than ICU's (15.0 with ICU 72). Its special tokens are
  /// plain text here; see `Tokenizer`.
  public static let huggingface = Normalizer(
    name: "huggingface",
    clean: { text in
      // In `tokenizers`, a text of nothing but white space is one space, which makes no word.
      text.normalizedNFC.collapsingSpace.lowercasedOneByOne
    },
    asciiKinds: (0..<128).map { (byte: UInt8) in CharacterKind(Unicode.Scalar(byte)) },
    kind: CharacterKind.init,
    foldsLongS: false)

  public static let all = [openai, huggingface]
}

/// The kinds of characters that matter for splitting a text into words.
enum CharacterKind: UInt8, Sendable {
  case space, letter, number, other, unknown

  init(_ scalar: Unicode.Scalar) {
    self =
      scalar.isSpace ? .space : scalar.isLetter ? .letter : scalar.isNumber ? .number : .other
  }
}
