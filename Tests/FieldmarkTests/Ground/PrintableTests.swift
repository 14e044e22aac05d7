import Fieldmark
import Testing

@Test func whatCannotBeShownIsEscaped() {
  #expect(printable("a\u{202e}b\n é".utf8) == "a\\u{202e}b\\u{a} é")
  #expect(printable([0x61, 0xff, 0xe2, 0x82]) == "a\\xff\\xe2\\x82")
}
