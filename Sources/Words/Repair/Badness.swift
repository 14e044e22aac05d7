/// Returns whether a text looks as if it had been read in the wrong encoding, because characters
/// stand side by side that hardly any writer puts there. The combinations are ftfy's (`badness.py`
/// of 6.3.1).
///
///     looksWrong(Scalars("cafÃ©"))      // true
///     looksWrong(Scalars("café"))       // false
func looksWrong(_ text: Scalars) -> Bool {
  for place in text.indices {
    for rule in Suspicion.byFirst[text[place].value] ?? [] {
      guard place + rule.count <= text.count, place == 0 || !rule.isAnchored else { continue }
      if (1..<rule.count).allSatisfy({ rule.rest[$0 - 1].matches(text[place + $0]) }) {
        return true
      }
    }
  }
  return false
}

/// A combination of neighbors that raises suspicion.
private struct Suspicion: Sendable {
  enum Neighbor: Sendable {
    case among(CharacterSet)
    case notAmong(CharacterSet)
    /// A letter, a number or an underscore: `\w` of Python's `re`.
    case ofAWord

    func matches(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .among(let set): set.contains(scalar)
      case .notAmong(let set): !set.contains(scalar)
      case .ofAWord: scalar == "_" || scalar.isLetter || scalar.isNumber
      }
    }
  }

  let first: CharacterSet
  let rest: [Neighbor]
  /// Whether the combination counts only at the beginning of a text.
  let isAnchored: Bool

  var count: Int { rest.count + 1 }

  init(_ first: CharacterSet, _ rest: CharacterSet..., isAnchored: Bool = false) {
    self.first = first
    self.rest = rest.map(Neighbor.among)
    self.isAnchored = isAnchored
  }

  init(_ first: CharacterSet, then rest: [Neighbor]) {
    self.first = first
    self.rest = rest
    isAnchored = false
  }

  /// The combinations, by each character with which they begin.
  static let byFirst: [UInt32: [Suspicion]] = {
    var rules: [UInt32: [Suspicion]] = [:]
    for rule in all {
      for member in Set(rule.first.members) { rules[member, default: []].append(rule) }
    }
    return rules
  }()

  private static let small: CharacterSet = "a-z"
  private static let latin: CharacterSet = "a-zA-Z"
  /// What Python's `re` takes for white space, including the separators U+001C to U+001F, which
  /// Unicode does not count.
  private static let space: CharacterSet =
    "\t-\r\u{1c}- \u{85}\u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}"
  private static let accented = CharacterSet.lowerAccented + .upperAccented
  private static let punctuation = CharacterSet.startPunctuation + .endPunctuation

  private static let all: [Suspicion] = general + latinMojibake + otherMojibake

  /// Kinds of characters that do not follow each other.
  private static let general: [Suspicion] = [
    Suspicion(.c1),
    Suspicion(
      .bad + accented + .box + punctuation + .currency + .numeric + .law, .bad),
    Suspicion(latin, .lowerCommon + .upperCommon, .bad),
    Suspicion(.bad, accented + .box + punctuation + .currency + .numeric + .law),
    Suspicion(
      .lowerAccented + .lowerCommon + .box + .endPunctuation + .currency + .numeric,
      .upperAccented),
    Suspicion(.box + .endPunctuation + .currency + .numeric, .lowerAccented),
    Suspicion(.lowerAccented + .box + .endPunctuation, .currency),
    Suspicion(space, .upperAccented, .currency),
    Suspicion(.upperAccented + .box, .numeric + .law),
    Suspicion(
      accented + .box + .currency + .endPunctuation, .startPunctuation, .numeric),
    Suspicion(
      accented + .currency + .numeric + .box + .law, .endPunctuation, .startPunctuation),
    Suspicion(.currency + .numeric + .box, .startPunctuation),
    Suspicion(small, .upperAccented, .startPunctuation + .currency),
    Suspicion(.box, .kaomoji),
    Suspicion(accented + .currency + .numeric + punctuation + .law, .box),
    Suspicion(.box, .endPunctuation),
    Suspicion(accented, then: [.among(punctuation), .ofAWord]),
    // The ligature, unless a plain letter follows.
    Suspicion("Œœ", then: [.notAmong(latin)]),
    Suspicion(.upperAccented, "°"),
  ]

  /// What UTF-8 looks like when it is read as Windows-1252.
  private static let latinMojibake: [Suspicion] = [
    Suspicion("ÂÃÎÐ", "€œŠš¢£Ÿž\u{a0}\u{ad}®©°·»–—´" + punctuation),
    Suspicion("×", "²³"),
    // Arabic. It takes two letters, since what follows Ø and Ù is often innocent.
    Suspicion("ØÙ", arabicSecond, "ØÙ", arabicSecond),
    // The beginning of characters of South Asian scripts.
    Suspicion("à", "²µ¹¼½¾"),
    Suspicion("Ã", "\u{a0}¡"),
    Suspicion(small, "ÃÂ", " "),
    Suspicion(small, space, "ÃÂ", " "),
    Suspicion("ÃÂ", " ", isAnchored: true),
    // A character of two bytes that read as Â and as the character itself.
    Suspicion("a-z.,?!" + .endPunctuation, "Â", " " + punctuation),
  ]

  private static let arabicSecond =
    "ŸŠ®°µ»" + CharacterSet.common + .currency + .bad + .numeric + .startPunctuation

  /// What UTF-8 looks like when it is read as Mac Roman, Windows-1251, -1253 or -1257.
  private static let otherMojibake: [Suspicion] = [
    Suspicion("√", "±∂†≠®™´≤≥¥µø"),
    Suspicion("≈", "°¢"),
    Suspicion("‚", "Ä", "ìîïòôúùû†°¢π"),
    Suspicion("‚", "âó", "àäê°"),
    Suspicion("в", "Ђ"),
    Suspicion("ВГРС", .c1 + .bad + punctuation + .currency + "°µ", "ВГРС"),
    // UTF-8 that was read as Latin-1, written as UTF-8 again, and read as Windows-1251.
    Suspicion(
      "Г",
      then: [
        .among("ў"), .among("В"), .among("Ђ"), .among("В"), .notAmong("\n"), .among("A-Za-z "),
      ]),
    Suspicion("β", "€", "™\u{a0}Ά\u{ad}®°"),
    Suspicion("ΒΓΞΟ", .c1 + .bad + punctuation + .currency + "°", "ΒΓΞΟ"),
    Suspicion("ā", "€"),
  ]
}
