import Encoders
import Pictures

/// A square that slides over a picture and always stays inside it. The last one of a row ends at
/// the edge, so every pixel is in at least one, unless a step is longer than the side.
///
/// ```swift
/// Windows(over: Grid(width: 5, height: 2), side: 2, step: 2).corners
/// // (0, 0), (2, 0), (3, 0)
/// ```
package struct Windows: Sendable {
  private let pixels: Grid
  let width: Int
  let height: Int
  /// The upper left corners, row by row.
  package let corners: [Corner]

  package struct Corner: Equatable, Sendable {
    package let x: Int
    package let y: Int
  }

  package init(over pixels: Grid, side: Int, step: Int) {
    precondition(side > 0 && step > 0, "A window has a side, and steps.")
    self.pixels = pixels
    width = min(side, pixels.width)
    height = min(side, pixels.height)
    let across = Windows.starts(pixels.width - width, step)
    corners = Windows.starts(pixels.height - height, step).flatMap { y in
      across.map { Corner(x: $0, y: y) }
    }
  }

  /// Returns 0, one step, two steps and so on, and the last place.
  private static func starts(_ last: Int, _ step: Int) -> [Int] {
    Array(stride(from: 0, to: last, by: min(step, max(1, last)))) + [last]
  }

  /// Masks that hide one window each.
  var masks: Masks {
    Masks(corners.count, named: "windows \(width) \(height) \(corners)") { index in
      var seen = [Float](repeating: 1, count: pixels.pixels)
      for pixel in pixelsOf(corners[index]) { seen[pixel] = 0 }
      return Matrix(rows: pixels.height, columns: pixels.width, seen)
    }
  }

  /// Returns for each pixel the mean of the values of the windows that cover it.
  func means(_ values: [Float]) -> Matrix {
    precondition(values.count == corners.count, "Each window has a value.")
    var sums = [Float](repeating: 0, count: pixels.pixels)
    var counts = [Float](repeating: 0, count: pixels.pixels)
    for (corner, value) in zip(corners, values) {
      for pixel in pixelsOf(corner) {
        sums[pixel] += value
        counts[pixel] += 1
      }
    }
    return Matrix(
      rows: pixels.height, columns: pixels.width, zip(sums, counts).map { $0 / $1 })
  }

  private func pixelsOf(_ corner: Corner) -> [Int] {
    (corner.y..<corner.y + height).flatMap { y in
      y * pixels.width + corner.x..<y * pixels.width + corner.x + width
    }
  }
}
