/// A text in lines, with air below; nothing where there is no text.
///
///     let title = TextBlock("red epaulets against bird", scale: 2, width: 200)
///     title.draw(on: &canvas, x: 16, y: 16)
///
/// No text of a sensible length is cut: a heading is what tells a drawing from its neighbors. One of
/// thousands of letters ends in three dots.
struct TextBlock {
  private let lines: [Lettering]
  private let scale: Int

  init(_ text: String, scale: Int, width: Int, lines most: Int = 60) {
    lines = Lettering(text, scale: scale).wrapped(to: width, lines: most)
    self.scale = scale
  }

  /// From one line to the next.
  private var pitch: Int { lines.first.map { $0.height + 2 * scale } ?? 0 }

  var height: Int { lines.isEmpty ? 0 : lines.count * pitch + 2 * scale }

  /// Of the longest line.
  var width: Int { lines.map(\.width).max() ?? 0 }

  /// From the upper left corner on, or the upper right one.
  func draw(on canvas: inout Canvas, x: Int, y: Int, isRightAligned: Bool = false) {
    for (index, line) in lines.enumerated() {
      canvas.draw(line, x: isRightAligned ? x - line.width : x, y: y + index * pitch)
    }
  }
}
