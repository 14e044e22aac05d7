/// The outline of a component, through the centers of its outermost pixels.
///
/// ```swift
/// Outline(around: blob.first, of: isBright, width: 224, height: 224).area
/// ```
///
/// OpenCV's `findContours` and `contourArea` use this polygon, and so do the benchmarks that are
/// built on them. A square of n x n pixels has the area (n - 1)^2, and a line of pixels has none.
package struct Outline {
  /// Columns and rows, clockwise from the first pixel.
  package let points: [(x: Int, y: Int)]

  /// Traces the outline from the leftmost pixel of a component's top row. From each pixel, the next
  /// one is searched clockwise, starting a quarter turn to the left of the direction of arrival:
  /// the directions before that are already known to be outside.
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
    // To the north, northwest, northeast and west of the first pixel there is nothing.
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

  /// The shoelace formula of Gauss: half of sum_i (x_i y_(i+1) - x_(i+1) y_i).
  package var area: Double {
    let twice = zip(points, points.dropFirst()).reduce(0) { sum, pair in
      sum + pair.0.x * pair.1.y - pair.1.x * pair.0.y
    }
    return Double(abs(twice)) / 2
  }
}

/// The eight directions, clockwise from east.
private let steps = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)]
