/// Repairs broken text as ftfy 6.3.1 does with its usual settings (`ftfy.fix_text`). OpenAI and
/// open_clip clean their prompts with it.
///
///     TextRepair.repairing(Scalars("â€œRed-wingedâ€\u{9d} blackbird&apos;s ﬁeld"))
///     // "Red-winged" blackbird's field
///
/// It covers the following, in this order, line by line and until nothing changes any more:
/// - HTML entities with a semicolon, unless a `<` in this or an earlier line says that the text is
///   HTML itself;
/// - UTF-8 that was read as Latin-1, Windows-1252, -1251, -1250, -1253, -1254, -1257, ISO 8859-2, Mac
///   Roman or code page 437, several times over, in parts of a text, with lost bytes (spaces for
///   0xA0, U+FFFD or question marks), as CESU-8 or as Java writes U+0000;
/// - control characters of Latin-1 that are Windows-1252's characters;
/// - ligatures of Latin letters, full-width and half-width forms, curly quotes, line breaks;
/// - commands to terminals; control characters without effect;
/// - normal form C.
///
/// It does not cover surrogates by themselves, which a Swift text cannot have. Text in which more
/// than a hundred repairs lie inside each other is repaired a hundred times. Characters that are
/// younger than the Unicode version of ICU (15.0 with ICU 72; Python 3.11 has 14.0) have no normal
/// form yet.
enum TextRepair {
  /// Longer lines are repaired in pieces of this length, as in ftfy.
  private static let longestSegment = 1_000_000

  static func repairing(_ text: Scalars) -> Scalars {
    var result: Scalars = []
    result.reserveCapacity(text.count)
    var isHTML = false
    var start = 0
    while start < text.count {
      let line = text[start...].prefix(longestSegment)
      let end = line.firstIndex(of: "\n").map { $0 + 1 } ?? line.endIndex
      let segment = Array(text[start..<end])
      isHTML = isHTML || segment.contains("<")
      result += repairing(segment, isHTML: isHTML)
      start = end
    }
    return result
  }

  private static func repairing(_ segment: Scalars, isHTML: Bool) -> Scalars {
    var text = segment
    for _ in 0..<mostRepairRounds {
      let before = text
      if !isHTML { text = Entities.unescapingCarefully(text) }
      text = CharacterRepair.repairing(repairingEncoding(text)).normalizedNFC
      if text == before { break }
    }
    return text
  }
}
