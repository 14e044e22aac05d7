import Pictures

/// A picture to draw on, which is white at first.
///
/// ```swift
/// var canvas = Canvas(width: 500, height: 300)
/// canvas.draw(bird, x: 20, y: 20)
/// try canvas.picture.write(to: "sheet.png")
/// ```
public struct Canvas: Sendable {
  public let width: Int
  public let height: Int
  private var pixels: [UInt8]

  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "A canvas has at least one pixel.")
    self.width = width
    self.height = height
    pixels = Array(repeating: 255, count: 3 * width * height)
  }

  public var picture: Picture { Picture(width: width, height: height, pixels: pixels) }

  /// Fills a rectangle with one color, clipped at the canvas's edges.
  public mutating func fill(x: Int, y: Int, width: Int, height: Int, color: Color) {
    let columns = max(0, x)..<max(0, x, min(self.width, x + width))
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in columns {
        let start = 3 * (row * self.width + column)
        pixels[start] = color.red
        pixels[start + 1] = color.green
        pixels[start + 2] = color.blue
      }
    }
  }

  /// Draws a picture without its alpha, clipped at the canvas's edges.
  public mutating func draw(_ picture: Picture, x: Int, y: Int) {
    let columns = max(0, x)..<max(0, x, min(width, x + picture.width))
    guard !columns.isEmpty else { return }
    for row in max(0, y)..<max(0, y, min(height, y + picture.height)) {
      let from = 3 * ((row - y) * picture.width + columns.lowerBound - x)
      let to = 3 * (row * width + columns.lowerBound)
      let count = 3 * columns.count
      pixels.replaceSubrange(to..<to + count, with: picture.pixels[from..<from + count])
    }
  }
}
