/// Repairs of single characters that stand for others, as ftfy 6.3.1 makes them.
enum CharacterRepair {
  /// Makes all repairs, in ftfy's order.
  static func repairing(_ text: Scalars) -> Scalars {
    if text.allSatisfy(isInOrder) { return text }
    var plain: Scalars = []
    plain.reserveCapacity(text.count)
    for scalar in text {
      if isInOrder(scalar) {
        plain.append(scalar)
      } else {
        plain += straight(widened(unligated(windows1252(scalar))))
      }
    }
    return removingControls(removingEscapes(breakingLines(plain)))
  }

  /// Whether none of the repairs below changes the character, as is true of nearly all of most
  /// texts.
  private static func isInOrder(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e, 0x09, 0x0a, 0xa0...0x131: true
    default: false
    }
  }

  /// Takes apart ligatures and digraphs of Latin letters that nobody types.
  private static func unligated(_ scalar: Unicode.Scalar) -> Scalars {
    ligatures[scalar] ?? [scalar]
  }

  private static let ligatures: [Unicode.Scalar: Scalars] = [
    "Ĳ": ["I", "J"], "ĳ": ["i", "j"], "ŉ": ["ʼ", "n"], "Ǳ": ["D", "Z"], "ǲ": ["D", "z"],
    "ǳ": ["d", "z"], "Ǆ": ["D", "Ž"], "ǅ": ["D", "ž"], "ǆ": ["d", "ž"], "Ǉ": ["L", "J"],
    "ǈ": ["L", "j"], "ǉ": ["l", "j"], "Ǌ": ["N", "J"], "ǋ": ["N", "j"], "ǌ": ["n", "j"],
    "ﬀ": ["f", "f"], "ﬁ": ["f", "i"], "ﬂ": ["f", "l"], "ﬃ": ["f", "f", "i"],
    "ﬄ": ["f", "f", "l"], "ﬅ": ["ſ", "t"], "ﬆ": ["s", "t"],
  ]

  /// Replaces letters, kana and jamo of full or half width by those of the usual width, and the
  /// ideographic space by a space.
  private static func widened(_ scalars: Scalars) -> Scalars {
    guard scalars.contains(where: { $0 == "\u{3000}" || isForGrid($0) }) else { return scalars }
    return scalars.flatMap { scalar in
      scalar == "\u{3000}" ? [" "] : isForGrid(scalar) ? [scalar].normalizedNFKC : [scalar]
    }
  }

  private static func isForGrid(_ scalar: Unicode.Scalar) -> Bool {
    (0xff01...0xffef).contains(scalar.value)
  }

  private static func straight(_ scalars: Scalars) -> Scalars {
    scalars.map { scalar in
      switch scalar {
      case "\u{2bc}", "\u{2018}"..."\u{201b}": "'"
      case "\u{201c}"..."\u{201f}": "\""
      default: scalar
      }
    }
  }

  /// Replaces every kind of line break by one `\n`.
  private static func breakingLines(_ text: Scalars) -> Scalars {
    var result: Scalars = []
    result.reserveCapacity(text.count)
    for (place, scalar) in text.enumerated() {
      switch scalar {
      case "\n" where place > 0 && text[place - 1] == "\r": break
      case "\r", "\u{2028}", "\u{2029}", "\u{85}": result.append("\n")
      default: result.append(scalar)
      }
    }
    return result
  }

  /// Removes commands to a terminal, such as `ESC[36;44m`.
  private static func removingEscapes(_ text: Scalars) -> Scalars {
    guard text.contains("\u{1b}") else { return text }
    var result: Scalars = []
    var place = 0
    while place < text.count {
      if text[place] == "\u{1b}", let end = endOfEscape(in: text, from: place + 1) {
        place = end
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }

  private static func endOfEscape(in text: Scalars, from start: Int) -> Int? {
    guard start < text.count, text[start] == "[" else { return nil }
    // Python's `\d` matches the digits of any script.
    let end = text[(start + 1)...].firstIndex { $0 != ";" && !$0.isDecimalDigit }
    guard let end, text[end].isASCII, text[end].isLetter else { return nil }
    return end + 1
  }

  private static func removingControls(_ text: Scalars) -> Scalars {
    text.filter { scalar in
      switch scalar.value {
      case 0x00...0x08, 0x0b, 0x0e...0x1f, 0x7f, 0x206a...0x206f, 0xfeff, 0xfff9...0xfffc: false
      default: true
      }
    }
  }
}
