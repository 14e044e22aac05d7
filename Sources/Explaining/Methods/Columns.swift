import Encoders

/// Sums over rows and columns, and the direction in which rows differ most.
extension Matrix {
  func rowSums() -> [Float] { (0..<rows).map { self[row: $0].reduce(0, +) } }

  public func rowSums(weightedBy weights: [Float]) -> [Float] {
    (self * Matrix(rows: columns, columns: 1, weights)).elements
  }

  func columnSums() -> [Float] {
    (Matrix(rows: 1, columns: rows, repeating: 1) * self).elements
  }

  /// Returns the score of each row on the first principal component of all rows. The rows are
  /// centered both to find the component and to project on it.
  ///
  /// A component has no sign of its own. Its sign is chosen so that rows with larger sums score
  /// higher, which is where there is more to see. The component is found by power iteration on the
  /// rows' products, from a fixed start.
  func firstPrincipalComponent() -> [Float] {
    let mean = meanRow().elements
    var centered = self
    for row in 0..<rows {
      for column in 0..<columns { centered[row, column] -= mean[column] }
    }
    let products = centered.timesTurned(centered)
    var scores = (0..<rows).map { Double(1 + $0 % 7) }
    for _ in 0..<500 {
      var next = (0..<rows).map { row in
        zip(products[row: row], scores).reduce(0.0) { $0 + Double($1.0) * $1.1 }
      }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { return [Float](repeating: 0, count: rows) }
      next = next.map { $0 / length }
      let change = zip(next, scores).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      scores = next
      if change < 1e-20 { break }
    }
    // Scores of unit length times the component's singular value are centered rows times its
    // direction.
    let size = (0..<rows).reduce(0.0) { sum, row in
      sum + scores[row] * zip(products[row: row], scores).reduce(0.0) { $0 + Double($1.0) * $1.1 }
    }
    let sums = centered.rowSums()
    let along = zip(scores, sums).reduce(0) { $0 + $1.0 * Double($1.1) }
    let scale = max(0, size).squareRoot() * (along < 0 ? -1 : 1)
    return scores.map { Float($0 * scale) }
  }
}
