/// An encoding with one byte per character, as which UTF-8 is often misread.
///
///     SingleByteEncoding.windows1252.bytes(of: Scalars("Ã©"))      // [0xc3, 0xa9]
struct SingleByteEncoding: Sendable {
  /// Whether this is one of ftfy's sloppy encodings. In them, bytes that the encoding leaves open
  /// are the control characters of Latin-1, and U+FFFD, which a stricter reader put there, is the
  /// byte 0x1A.
  let isSloppy: Bool
  /// Whether a space may stand for the byte 0xA0. It may not in Mac Roman, where the byte before it
  /// would be a dash.
  let losesByteA0: Bool
  /// The characters of the bytes from 0x80 on.
  let upper: [Unicode.Scalar]
  private let byteOf: [Unicode.Scalar: UInt8]

  /// `�` in the table stands for the control character with the byte's own number.
  private init(_ table: String, isSloppy: Bool = false, losesByteA0: Bool = true) {
    upper = table.unicodeScalars.enumerated().map { place, scalar in
      scalar == "\u{fffd}" ? Unicode.Scalar(UInt8(0x80 + place)) : scalar
    }
    precondition(upper.count == 128, "A table of an encoding has 128 characters.")
    byteOf = Dictionary(uniqueKeysWithValues: zip(upper, 0x80...0xff))
    self.isSloppy = isSloppy
    self.losesByteA0 = losesByteA0
  }

  /// Returns the bytes that were read as this text; nil if it has characters that the encoding
  /// lacks.
  func bytes(of text: Scalars) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    for scalar in text {
      switch scalar {
      case "\u{1a}" where isSloppy: return nil
      case "\u{fffd}" where isSloppy: bytes.append(0x1a)
      case "\0"..."\u{7f}": bytes.append(UInt8(scalar.value))
      default:
        guard let byte = byteOf[scalar] else { return nil }
        bytes.append(byte)
      }
    }
    return bytes
  }
}

extension SingleByteEncoding {
  /// All encodings, in the order in which they are tried.
  static let all = [
    latin1, windows1252, windows1251, windows1250, windows1253, windows1254, windows1257, latin2,
    macRoman, codePage437,
  ]

  // The tables are those of Python's codecs:
  //   bytes(range(128, 256)).decode("cp1252", errors="replace")

  private static let c1 = String(repeating: "\u{fffd}", count: 32)

  static let latin1 = SingleByteEncoding(
    c1 + "\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿"
      + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ")

  static let windows1252 = SingleByteEncoding(
    "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿"
      + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    isSloppy: true)

  static let windows1251 = SingleByteEncoding(
    "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї"
      + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    isSloppy: true)

  static let windows1250 = SingleByteEncoding(
    "€�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź\u{a0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{ad}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
      + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    isSloppy: true)

  static let windows1253 = SingleByteEncoding(
    "€�‚ƒ„…†‡�‰�‹�����‘’“”•–—�™�›����\u{a0}΅Ά£¤¥¦§¨©ª«¬\u{ad}®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ"
      + "ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡÒΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώÿ",
    isSloppy: true)

  static let windows1254 = SingleByteEncoding(
    "€�‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²³´µ¶·¸¹º»¼½¾¿"
      + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ",
    isSloppy: true)

  static let windows1257 = SingleByteEncoding(
    "€�‚�„…†‡�‰�‹�¨ˇ¸�‘’“”•–—�™�›�¯˛�\u{a0}¡¢£¤¥¦§Ø©Ŗ«¬\u{ad}®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ"
      + "ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽßąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙",
    isSloppy: true)

  /// ISO 8859-2.
  static let latin2 = SingleByteEncoding(
    c1 + "\u{a0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{ad}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žż"
      + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙")

  static let macRoman = SingleByteEncoding(
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
      + "¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
    losesByteA0: false)

  static let codePage437 = SingleByteEncoding(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
      + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}")
}

/// Does what browsers do with the control characters from U+0080 to U+009F: returns the characters
/// that Windows-1252 has in their places.
func windows1252(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  guard (0x80...0x9f).contains(scalar.value) else { return scalar }
  return SingleByteEncoding.windows1252.upper[Int(scalar.value) - 0x80]
}
