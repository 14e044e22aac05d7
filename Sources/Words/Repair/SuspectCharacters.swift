/// The characters that UTF-8 turns into when it is read in another encoding, grouped by what else
/// they could mean. The groups are ftfy's (`badness.py` and `chardata.py` of version 6.3.1).
extension CharacterSet {
  /// Characters that are at home in many contexts.
  static let common: Self = "\u{a0}\u{ad}´·–—―’…"
  /// Control characters that nobody has used on purpose for decades.
  static let c1: Self = "\u{80}-\u{9f}"
  /// Characters that are hardly ever meant.
  static let bad: Self = "¤¦¨ª¬¯¸ºƒˆˇ˘˛˜†‡‰⌐◊\u{fffd}"
  static let law: Self = "§¶"
  static let currency: Self = "¢£¥₧€"
  /// U+F8FF is the apple of Macintosh fonts.
  static let startPunctuation: Self = "¡©«¿΄΅‘‚“„•‹\u{f8ff}"
  static let endPunctuation: Self = "®»˝”›™"
  static let numeric: Self = "±²³µ¹¼½¾×÷⁄№∂∆∏∑√∞∩∫≈≠≡≤≥"
  /// Accented letters that faces are made of: `ò_ó`.
  static let kaomoji: Self = "°Ò-ÖÙ-Üò-öø-üŌŐŪŲ"
  static let upperAccented: Self = "À-ÑØÜÝĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŒŘŚŞŠŢŤŮŰŸŹŻŽҐ"
  static let lowerAccented: Self = "ß-ñüāăąćčďđēėęěğģīįķĺļľłœŕśşšťźżžґﬁﬂ"
  /// Letters of other alphabets, and capitals that end words.
  static let upperCommon: Self = "ÞΆΈΉΊΌΎΏΑ-ΫЁ-Я"
  static let lowerCommon: Self = "ά-ωа-џ"
  static let box: Self = "│┌┐┘├┤┬┼═-╬▀▄█▌▐-▓"
}

/// The same characters, by the bytes that they stand for in the encodings that text is wrongly read
/// in.
extension CharacterSet {
  /// 0xC2 to 0xDF, the first of two bytes of UTF-8.
  static let firstOfTwo: Self = "Â-ßĀĂĆČĎĐĒĖĘĚĞĢĪİĶĹĻŁŃŅŇŌŐŘŚŞŠŢŪŮŰŲŹŻŽΒ-ΡΣ-ίВ-Я"
  /// 0xE0 to 0xEF, the first of three.
  static let firstOfThree: Self = "à-ïāăąćčďēėęěģīįķĺļŕźΰ-οа-п"
  /// 0xF0 and 0xF3, the first of four; other bytes lead to nothing that is assigned.
  static let firstOfFour: Self = "ðóđğšπσру"
  /// 0x80 to 0xBF, which follow the first byte, without characters that often stand for themselves.
  static let strictContinuation: Self =
    "\u{80}-¿ÆØæøĄąĽľŁłŒœŖŗŚśŞ-šŤťŸ-žƒˆˇ˘˛˜˝΄΅ΆΈΉΊΌΎΏЁ-ЌЎЏё-ќўџҐґ†‡‰‹›€№™"
  /// 0x80 to 0xBF with those characters, and with the space that 0xA0 may have become.
  static let continuation: Self = strictContinuation + " –—―‘’‚“”„•…"
}
