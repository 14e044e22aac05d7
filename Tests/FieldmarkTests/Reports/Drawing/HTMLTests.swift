import Fieldmark
import Testing

@Test func textEscapesItself() {
  let page = HTML.tag(
    "p", ["title": "a \"b\" & <c>"], [.text("1 < 2 & \"3\""), .tag("br"), .tag("b")])
  #expect(
    page.written
      == "<p title=\"a &quot;b&quot; &amp; &lt;c&gt;\">1 &lt; 2 &amp; &quot;3&quot;<br><b></b></p>")
}

/// RFC 4648, section 10.
@Test(arguments: [
  ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
  ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
])
func bytesBecomeTheLettersOfTheRFC(_ bytes: String, _ letters: String) {
  #expect(base64(Array(bytes.utf8)) == letters)
}

@Test func largePicturesAreShrunkInAPage() throws {
  let large = Picture(width: 60, height: 20, pixels: Array(repeating: 7, count: 3600))
  let small = Picture(width: 30, height: 10, pixels: Array(repeating: 7, count: 900))
  #expect(try large.dataURL(longest: 30) == small.dataURL(longest: 400))
}

@Test func rulesAndStepsOfOurOwnMeanThemselves() {
  #expect(
    HTML.style("a > b { content: \"&\" }").written == "<style>a > b { content: \"&\" }</style>")
  #expect(HTML.script("if (a < b && c) d()").written == "<script>if (a < b && c) d()</script>")
  #expect(HTML.tag("input", ["type": "search"]).written == "<input type=\"search\">")
}

@Test func aPageMayHaveRulesOfItsOwn() {
  let plain = Page("A", remark: "b", []).written
  let ruled = Page("A", remark: "b", [], style: "i { color: red }").written
  #expect(plain.components(separatedBy: "<style>").count == 2)
  #expect(ruled.contains("</style><style>i { color: red }</style></head>"))
}
