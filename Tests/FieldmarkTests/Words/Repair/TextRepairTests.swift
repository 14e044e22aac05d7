import Fieldmark
import Testing

/// The normalizer makes letters small besides; what is asked here is the repair.
@Test(
  arguments: [
    // UTF-8 in other encodings: once, twice, Windows-1251, Mac Roman, code page 437.
    ("cafÃ©", "café"), ("ÃƒÂ©", "é"), ("Р¶С‘Р»С‚Р°СЏ", "жёлтая"), ("‚Äúmac‚Äù", "\"mac\""),
    ("caf├⌐", "café"),
    // Bytes lost: 0xA0 became a space, a strict reader gave up, a question mark.
    ("voilÃ le travail", "voilà le travail"), ("Ã la mode", "à la mode"),
    ("Ã s duas, Ã s trÃªs", "às duas, às três"),
    ("â€œquotedâ€�", "\"quoted�"), ("â€œcafÃ?â€�", "\"caf��"),
    // Only a part, since the whole is of no one encoding.
    ("здесь, там â€” cafÃ©", "здесь, там — café"),
    // CESU-8 and Java's U+0000.
    ("í\u{a0}½í°¦ Ã©", "🐦 é"), ("Ã©À\u{80}", "é"),
    // No mojibake, however much it looks like it.
    ("naïve Größe", "naïve größe"), ("ò_ó °", "ò_ó °"), ("a ‘b’ — c", "a 'b' — c"),
    // Entities: ftfy's with a semicolon, then HTML's twice.
    ("&eacute;&EACUTE;&SZLIG;", "ééss"), ("&amp;amp;lt;", "<"), ("&notit; &copy2", "¬it; ©2"),
    ("&#38;#38;#59;", ";"), ("&#128;&#xD800;&#1;", "€�"), ("&#59;", ";"),
    ("&LTIMES;", "<imes;"), ("&nosuchname;", "&nosuchname;"), ("&", "&"), ("&#", "&#"),
    ("&#x;", "&#x;"),
    // A `<` keeps ftfy from unescaping, but not what comes after it.
    ("1 < 2 &amp;amp;amp; 3", "1 < 2 &amp; 3"),
    // Characters.
    ("\u{92}s \u{85}", "'s …"), ("ŉ Ĳ ﬅ", "'n ij ſt"), ("a\r\nb\rc\u{2028}d", "a b c d"),
    ("\u{1b}[31;1mred\u{1b}[0m \u{1b}[x", "red"), ("a\0\u{7f}\u{feff}\u{fffc}b", "ab"),
  ])
func brokenTextIsPutRight(text: String, repaired: String) {
  #expect(Normalizer.openai(text) == repaired)
}

@Test func repairEndsHoweverDeepTheDamageIs() {
  let nested = "&" + String(repeating: "amp;", count: 20_000)
  #expect(Normalizer.openai(nested).utf8.count < nested.utf8.count)
  let letters = String(repeating: "ÃâВГ═Ø&\u{92}\u{1b}[", count: 20_000)
  #expect(Normalizer.openai(letters).isEmpty == false)
}
