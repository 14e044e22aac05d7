import Fieldmark
import Testing

/// What is black of a line of text: `#`, row by row.
private func drawn(_ text: String, scale: Int = 1) -> [String] {
  let lettering = Lettering(text, scale: scale)
  var canvas = Canvas(width: max(1, lettering.width), height: lettering.height)
  canvas.draw(lettering, x: 0, y: 0)
  let picture = canvas.picture
  return (0..<picture.height).map { row in
    (0..<picture.width).map { picture.pixels[3 * (row * picture.width + $0)] == 0 ? "#" : "." }
      .joined()
  }
}

@Test func lettersStandOnALineAndHangBelowIt() {
  #expect(
    drawn("Ag") == [
      "..#........",
      ".#.#.......",
      "#...#..####",
      "#...#.#...#",
      "#####.#...#",
      "#...#.#...#",
      "#...#..####",
      "..........#",
      ".......###.",
    ])
}

@Test func noTwoLettersLookTheSame() {
  let letters = (0x20...0x7f).map { String(UnicodeScalar(UInt8($0))) }
  #expect(Set(letters.map { drawn($0) }).count == 96)
  #expect(letters.filter { drawn($0).joined().contains("#") }.count == 95)
}

@Test func lettersGrowByWholeDots() {
  let small = drawn("a?")
  let large = drawn("a?", scale: 3)
  #expect(large.count == 27)
  for (row, line) in large.enumerated() {
    #expect(line == small[row / 3].map { String(repeating: $0, count: 3) }.joined())
  }
}

@Test func aLinesWidthHasNoGapBehindIt() {
  #expect(Lettering("").width == 0)
  #expect(Lettering("a").width == 5)
  #expect(Lettering("ab").width == 11)
  #expect(Lettering("ab", scale: 3).width == 33)
  #expect(Lettering("ab", scale: 3).height == 27)
}

@Test(arguments: [
  ("café", "cafe"), ("Ångström", "Angstrom"), ("ﬁve ½", "five 1/2"), ("“a” – ‘b’", "\"a\" - 'b'"),
  ("a\tb\nc", "a b c"), ("und so…", "und so..."), ("Straße", "Strasse"), ("cafe\u{301}", "cafe"),
])
func charactersAreDrawnAsTheLettersInThem(_ text: String, _ plain: String) {
  #expect(Lettering(text) == Lettering(plain))
}

/// One for each character that readers see, however many code points it is made of.
@Test(arguments: ["鳥", "🐦", "🇩🇰", "👩‍🚀", "\u{7}", "π", "\u{301}"])
func whatIsLackingIsABox(_ text: String) {
  #expect(Lettering(text) == Lettering("\u{7f}"))
  #expect(drawn(text)[0] == "#####" && drawn(text)[1] == "#...#")
}

private func wrapped(_ text: String, _ letters: Int, _ lines: Int) -> [Lettering] {
  Lettering(text).wrapped(to: 6 * letters - 1, lines: lines)
}

private func lines(_ lines: String...) -> [Lettering] { lines.map { Lettering($0) } }

@Test func textsAreBrokenBetweenWords() {
  #expect(wrapped("", 9, 2) == [])
  #expect(wrapped("red bird", 8, 2) == lines("red bird"))
  #expect(wrapped("red  bird ", 7, 2) == lines("red", "bird"))
  #expect(wrapped("a red bird sings", 6, 9) == lines("a red", "bird", "sings"))
  #expect(wrapped("a epaulets b", 3, 9) == lines("a", "epa", "ule", "ts", "b"))
}

@Test func whatIsLeftOutIsSaid() {
  #expect(wrapped("a red bird sings", 6, 2) == lines("a red", "bir..."))
  #expect(wrapped("a red bird sings", 6, 1) == lines("a r..."))
  #expect(wrapped("epaulets", 4, 1) == lines("e..."))
  #expect(wrapped("epaulets", 2, 1) == lines(".."))
  #expect(wrapped("epaulets", 4, 0) == [])
  #expect(Lettering("ab").wrapped(to: 0, lines: 1) == lines("."))
}

@Test(arguments: 1...30)
func noLineIsWiderThanItsRoom(_ width: Int) {
  let text = "the quick brown fox jumps over the incomprehensibly lazy dog"
  for scale in 1...3 where width * 3 >= 5 * scale {
    for line in Lettering(text, scale: scale).wrapped(to: width * 3, lines: 5) {
      #expect(line.width <= width * 3)
    }
  }
}

@Test func lettersAreCutAtTheEdge() {
  var canvas = Canvas(width: 3, height: 3)
  canvas.draw(Lettering("\u{7f}", scale: 2), x: -1, y: -1, color: Color(red: 9, green: 8, blue: 7))
  let ink: [UInt8] = [9, 8, 7]
  let white: [UInt8] = [255, 255, 255]
  let first = ink + ink + ink
  #expect(canvas.picture.pixels == first + ink + white + white + ink + white + white)
}
