import Explaining
import Pictures

extension Picture {
  /// Lines of text that show the picture in a terminal with true color. Each character shows two
  /// pixels: the upper one in the text color, the lower one in the background color.
  ///
  /// ```swift
  /// try map.overlaid(on: bird).terminalLines(columns: 80).forEach { print($0) }
  /// ```
  public func terminalLines(columns: Int) throws -> [String] {
    let small = try shrunk(columns: columns)
    return (0..<small.height / 2).map { line in
      var text = ""
      for column in 0..<small.width {
        let upper = small.color(column, 2 * line)
        let lower = small.color(column, 2 * line + 1)
        text += "\u{1b}[38;2;\(upper)m\u{1b}[48;2;\(lower)m▀"
      }
      return text + "\u{1b}[0m"
    }
  }

  /// The picture shrunk to at most `columns` pixels in width, with an even height.
  private func shrunk(columns: Int) throws -> Picture {
    let width = max(1, min(columns, self.width))
    let lines = (Double(height) * Double(width) / Double(self.width) / 2).rounded()
    return try Preprocessing(
      width: width, height: 2 * max(1, min(500, Int(lines))), fit: .squash, mean: [0, 0, 0],
      deviation: [1, 1, 1]
    ).pixels(of: self)
  }

  private func color(_ column: Int, _ row: Int) -> String {
    let start = 3 * (row * width + column)
    return "\(pixels[start]);\(pixels[start + 1]);\(pixels[start + 2])"
  }
}

extension Heatmap {
  /// Lines of text that show the map without colors. Each cell of the grid is a shade, two
  /// characters wide, from a blank where the map is not positive. If the grid is too wide for the
  /// columns, each shade is the mean of several cells.
  ///
  /// ```swift
  /// map.terminalLines(columns: 80)      // ["  ░░", "▒▒██"] for [[0, 1], [2, 4]]
  /// ```
  ///
  /// - Parameter top: The value of the darkest shade, where several maps share it.
  public func terminalLines(columns: Int, scale top: Float? = nil) -> [String] {
    let unit = inUnit(top).values
    let side = max(1, (2 * unit.columns + columns - 1) / max(2, columns))
    let shades = [" ", "░", "▒", "▓", "█"]
    return stride(from: 0, to: unit.rows, by: side).map { top in
      stride(from: 0, to: unit.columns, by: side).map { left in
        let rows = top..<min(top + side, unit.rows)
        let cells = rows.flatMap { unit[row: $0].dropFirst(left).prefix(side) }
        let mean = cells.reduce(0, +) / Float(cells.count)
        let shade = shades[Int((mean.withinUnit * Float(shades.count - 1)).rounded())]
        return shade + shade
      }.joined()
    }
  }
}
