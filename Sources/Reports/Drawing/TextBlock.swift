/// Wrapped lines of text with some space below; empty if the text is.
///
///     let title = TextBlock("red epaulets against bird", scale: 2, width: 200)
///     title.draw(on: &canvas, x: 16, y: 16)
///
/// Texts of reasonable length are never cut, because headings tell drawings apart. A text of
/// thousands of letters ends in three dots.
struct TextBlock {
  private let lines: [Lettering]
  private let scale: Int

  init(_ text: String, scale: Int, width: Int, lines most: Int = 60) {
    lines = Lettering(text, scale: scale).wrapped(to: width, lines: most)
    self.scale = scale
  }

  /// The distance from one line to the next.
  private var pitch: Int { lines.first.map { $0.height + 2 * scale } ?? 0 }

  var height: Int { lines.isEmpty ? 0 : lines.count * pitch + 2 * scale }

  /// The width of the longest line.
  var width: Int { lines.map(\.width).max() ?? 0 }

  /// Draws the lines with their upper left corner, or upper right corner, at (x, y).
  func draw(on canvas: inout Canvas, x: Int, y: Int, isRightAligned: Bool = false) {
    for (index, line) in lines.enumerated() {
      canvas.draw(line, x: isRightAligned ? x - line.width : x, y: y + index * pitch)
    }
  }
}
