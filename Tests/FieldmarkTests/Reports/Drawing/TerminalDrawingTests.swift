import Fieldmark
import Testing

@Test func aCharacterIsTwoPixelsOneAboveTheOther() throws {
  let picture = Picture(
    width: 2, height: 2, pixels: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  #expect(
    try picture.terminalLines(columns: 80) == [
      "\u{1b}[38;2;1;2;3m\u{1b}[48;2;7;8;9m▀\u{1b}[38;2;4;5;6m\u{1b}[48;2;10;11;12m▀\u{1b}[0m"
    ])
}

@Test(arguments: [(640, 480, 30), (3, 900, 500), (900, 3, 1), (1, 1, 1)])
func aPictureKeepsItsShapeInTheTerminal(_ width: Int, _ height: Int, _ lines: Int) throws {
  let picture = Picture(
    width: width, height: height, pixels: Array(repeating: 9, count: 3 * width * height))
  let drawn = try picture.terminalLines(columns: 80)
  #expect(drawn.count == lines || width < 80)
  #expect(Set(drawn.map { $0.split(separator: "▀").count }) == [min(80, width) + 1])
}

@Test func withoutColorsAMapHasShades() {
  func lines(_ values: [[Float]], _ columns: Int) -> [String] {
    Heatmap(
      Matrix(values), region: Region(x: 0, y: 0, width: 9, height: 9), width: 9, height: 9
    ).terminalLines(columns: columns)
  }
  #expect(lines([[-5, 1], [2, 4]], 80) == ["  ░░", "▒▒██"])
  #expect(lines([[0, 0], [0, 0]], 80) == ["    ", "    "])
  #expect(lines([[4, 4, 0], [4, 4, 0], [0, 0, 4]], 4) == ["██  ", "  ██"])
}
