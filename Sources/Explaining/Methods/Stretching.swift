import Encoders

extension Matrix {
  /// Returns a grid at another size, by linear interpolation between the middles of its cells.
  /// Beyond the outermost middles the values stay the same.
  ///
  /// ```swift
  /// Matrix([[0, 1]]).stretched(width: 4, height: 1)      // 0, 0.25, 0.75, 1
  /// ```
  ///
  /// This way a cell lies over the part of the picture that it came from. Other implementations put
  /// the outermost cells' middles on the picture's edges (`align_corners`), which moves a mask by
  /// up to half a cell away from what it stands for.
  package func stretched(width: Int, height: Int) -> Matrix {
    stretched(width: width, height: height, columns: 0..<width, rows: 0..<height)
  }

  /// Returns a window of the grid at another size, without computing the rest.
  package func stretched(width: Int, height: Int, columns: Range<Int>, rows: Range<Int>) -> Matrix {
    precondition(!elements.isEmpty, "There is something to stretch.")
    let across = columns.map { Neighbors(of: $0, among: self.columns, stretchedTo: width) }
    let down = rows.map { Neighbors(of: $0, among: self.rows, stretchedTo: height) }
    var stretched: [Float] = []
    stretched.reserveCapacity(rows.count * columns.count)
    for place in down {
      let line = zip(self[row: place.first], self[row: place.second]).map { first, second in
        first + place.share * (second - first)
      }
      for place in across {
        let first = line[place.first]
        stretched.append(first + place.share * (line[place.second] - first))
      }
    }
    return Matrix(rows: rows.count, columns: columns.count, stretched)
  }

  /// Scales the numbers to 0 for the least and 1 for the largest. If all are equal, all become 0.
  package func scaledToUnit() -> Matrix {
    let least = elements.min() ?? 0
    let size = (elements.max() ?? 0) - least
    return mapped { size > 0 ? ($0 - least) / size : 0 }
  }
}

/// The two old places between whose middles the middle of a new place lies.
private struct Neighbors {
  let first: Int
  let second: Int
  /// How far the new middle is on the way from the first to the second, from 0 to 1.
  let share: Float

  init(of place: Int, among count: Int, stretchedTo new: Int) {
    let middle = (Double(place) + 0.5) * Double(count) / Double(new) - 0.5
    let activations = min(max(0, middle), Double(count - 1))
    first = Int(activations)
    second = min(count - 1, first + 1)
    share = Float(activations - Double(first))
  }
}
