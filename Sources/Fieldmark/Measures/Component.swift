/// Pixels that hang together, and the box around them.
///
///     Component.all(in: isBright, width: 224, height: 224, touching: .sidesAndCorners)
public struct Component: Equatable, Sendable {
  /// Its first pixel, row by row: the leftmost of the topmost.
  public let first: Int
  /// How many pixels it has.
  public let count: Int
  public let box: PixelBox
  /// The mean column and row of its pixels.
  public let centroid: (x: Double, y: Double)

  public enum Neighbours: Sendable {
    case sides
    case sidesAndCorners
  }

  public static func == (a: Component, b: Component) -> Bool {
    a.first == b.first && a.count == b.count && a.box == b.box && a.centroid == b.centroid
  }

  /// Every component of the pixels that are in, in the order of their first pixels.
  public static func all(
    in isIn: [Bool], width: Int, height: Int, touching neighbours: Neighbours
  ) -> [Component] {
    precondition(isIn.count == width * height, "Each pixel is in or not.")
    var left = isIn
    var found: [Component] = []
    var waiting: [Int] = []
    for first in isIn.indices where left[first] {
      left[first] = false
      waiting.append(first)
      var (count, sumX, sumY) = (0, 0, 0)
      var (minX, maxX, minY, maxY) = (width, -1, height, -1)
      while let pixel = waiting.popLast() {
        let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
        (count, sumX, sumY) = (count + 1, sumX + x, sumY + y)
        (minX, maxX, minY, maxY) = (min(minX, x), max(maxX, x), min(minY, y), max(maxY, y))
        for row in max(0, y - 1)...min(height - 1, y + 1) {
          for column in max(0, x - 1)...min(width - 1, x + 1) {
            let other = row * width + column
            guard left[other] else { continue }
            if neighbours == .sides && row != y && column != x { continue }
            left[other] = false
            waiting.append(other)
          }
        }
      }
      found.append(
        Component(
          first: first, count: count,
          box: PixelBox(columns: minX..<maxX + 1, rows: minY..<maxY + 1),
          centroid: (Double(sumX) / Double(count), Double(sumY) / Double(count))))
    }
    return found
  }
}
