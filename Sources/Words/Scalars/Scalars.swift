import CFieldmark

/// A text as its code points. The tools that CLIP's texts were cleaned with see it in this way.
/// Swift's own characters join code points that those tools keep apart.
typealias Scalars = [Unicode.Scalar]

extension Unicode.Scalar {
  var isLetter: Bool {
    isASCII ? UInt8(value | 0x20) &- 0x61 < 26 : fm_is_letter(value) != 0
  }

  /// Whether the category is a number's: digits, Roman numerals, fractions.
  var isNumber: Bool {
    isASCII ? isASCIIDigit : fm_is_number(value) != 0
  }

  var isDecimalDigit: Bool {
    isASCII ? isASCIIDigit : fm_is_decimal_digit(value) != 0
  }

  /// Whether this is a letter of a script that is neither Latin nor shared by many.
  var isForeignLetter: Bool { !isASCII && isLetter && fm_is_latin_or_common(value) == 0 }

  private var isASCIIDigit: Bool { value &- 0x30 < 10 }

  /// Whether the code point has Unicode's property White_Space: the `\s` of Python's `regex` and of
  /// Oniguruma.
  var isSpace: Bool {
    switch value {
    case 0x09...0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000...0x200a, 0x2028, 0x2029, 0x202f, 0x205f,
      0x3000:
      true
    default: false
    }
  }
}

extension Scalars {
  init(_ text: String) { self = Array(text.unicodeScalars) }

  var string: String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: self)
    return String(text)
  }

  /// The text in normal form C. A text of code points below the combining marks has that form
  /// already.
  var normalizedNFC: Scalars {
    allSatisfy { $0.value < 0x300 } ? self : changed(FM_TEXT_NFC)
  }
  var normalizedNFKC: Scalars { changed(FM_TEXT_NFKC) }
  var normalizedNFKD: Scalars { changed(FM_TEXT_NFKD) }

  /// The text in lowercase, by the rules for whole texts: a sigma that ends a word is `ς`.
  var lowercased: Scalars { changed(FM_TEXT_LOWERCASE) }
  var uppercased: Scalars { changed(FM_TEXT_UPPERCASE) }

  /// The text in lowercase, each code point by itself, as Rust's `char::to_lowercase` gives it.
  var lowercasedOneByOne: Scalars {
    flatMap { scalar -> Scalars in
      // Only one code point has a lowercase form of two code points: I with a dot, whatever the
      // language.
      if scalar.value == 0x130 { return ["i", "\u{307}"] }
      return [Unicode.Scalar(fm_lowercase_scalar(scalar.value)) ?? scalar]
    }
  }

  /// The text with one space for every run of white space, and none at its ends.
  var spacedOnce: Scalars { Array(split(whereSeparator: \.isSpace).joined(separator: [" "])) }

  /// The text with one space for every run of white space, at its ends too.
  var collapsingSpace: Scalars {
    var result: Scalars = []
    result.reserveCapacity(count)
    var followsSpace = false
    for scalar in self {
      if !scalar.isSpace { result.append(scalar) } else if !followsSpace { result.append(" ") }
      followsSpace = scalar.isSpace
    }
    return result
  }

  private func changed(_ change: fm_text_change) -> Scalars {
    if isEmpty { return self }
    var result = Scalars(repeating: " ", count: count + 16)
    while true {
      let length = withUnsafeBytes { text in
        result.withUnsafeMutableBytes { out in
          fm_text_changed(
            change, text.assumingMemoryBound(to: UInt32.self).baseAddress!, count,
            out.assumingMemoryBound(to: UInt32.self).baseAddress!, out.count / 4)
        }
      }
      precondition(length >= 0, "A text is longer than its readers may let in, or memory is out.")
      if length <= result.count { return Array(result.prefix(length)) }
      result = Scalars(repeating: " ", count: length)
    }
  }
}

extension Character {
  /// The code points that the character is made of: `e` and an accent for `é`, two letters for `ﬁ`
  /// (Unicode's form NFKD).
  package var parts: [Unicode.Scalar] { Scalars(unicodeScalars).normalizedNFKD }
}
