/// The line around a component, through the middles of its outermost pixels.
///
/// ```swift
/// Outline(around: blob.first, of: isBright, width: 224, height: 224).area
/// ```
///
/// OpenCV's `findContours` and `contourArea` go by this polygon, and so do the benchmarks that are
/// built on them: of a square of n x n pixels the area is (n - 1)^2, of a line of pixels none.
package struct Outline {
  /// Columns and rows, clockwise from the first pixel.
  package let points: [(x: Int, y: Int)]

  /// From the leftmost of a component's topmost pixels. From each pixel the next one is looked for
  /// clockwise, from a quarter turn to the left of the way that led there on: what lies before that
  /// was seen to be out already.
  package init(around first: Int, of isIn: [Bool], width: Int, height: Int) {
    func next(_ x: Int, _ y: Int, after way: Int) -> Int? {
      for turn in way + 6...way + 13 {
        let (column, row) = (x + steps[turn % 8].0, y + steps[turn % 8].1)
        if (0..<width).contains(column) && (0..<height).contains(row)
          && isIn[row * width + column]
        {
          return turn % 8
        }
      }
      return nil
    }
    var (y, x) = first.quotientAndRemainder(dividingBy: width)
    var points = [(x: x, y: y)]
    // North, northwest, northeast and west of the first pixel there is nothing.
    if let out = next(x, y, after: 2) {
      var way = out
      repeat {
        (x, y) = (x + steps[way].0, y + steps[way].1)
        points.append((x, y))
        guard let after = next(x, y, after: way) else { break }
        way = after
      } while !(points[points.count - 1] == points[0] && way == out)
    }
    self.points = points
  }

  /// Gauss's formula: half of sum_i (x_i y_(i+1) - x_(i+1) y_i).
  package var area: Double {
    let twice = zip(points, points.dropFirst()).reduce(0) { sum, pair in
      sum + pair.0.x * pair.1.y - pair.1.x * pair.0.y
    }
    return Double(abs(twice)) / 2
  }
}

/// East, and on clockwise.
private let steps = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]
