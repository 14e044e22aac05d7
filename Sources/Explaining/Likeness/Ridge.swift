/// The inverse of S + lambda 1, with S = C'C the scatter of centered rows C.
///
/// ```swift
/// let inverse = try Ridge(centered, rows: 10_000, share: 0.01)
/// inverse.times(difference)
/// ```
///
/// With fewer rows than columns, S has no inverse of its own, but a smaller matrix is enough
/// (Woodbury's identity):
///
///     (C'C + lambda 1)^-1 b = (b - C' (CC' + lambda 1)^-1 C b) / lambda
///
/// Lambda is a share of the mean of S's diagonal. If the rows do not differ at all, it is 1, and
/// every direction counts the same.
package struct Ridge: Sendable {
  private let lambda: Double
  private let factor: Cholesky
  /// C, if the factor is that of CC'.
  private let centered: [Double]?

  /// Reads and writes the cached factor. It is not used for fewer rows than columns, because that
  /// factor costs less to compute than to read.
  package typealias Kept = (read: () -> [Double]?, write: ([Double]) -> Void)

  package init(_ centered: [Double], rows: Int, share: Double, kept: Kept? = nil) throws {
    let columns = centered.count / rows
    let diagonal = centered.reduce(0) { $0 + $1 * $1 } / Double(columns)
    let lambda = diagonal > 0 ? share * diagonal : 1
    self.lambda = lambda
    guard rows >= columns else {
      self.centered = centered
      factor = Cholesky(
        try rowProducts(centered, rows: rows).adding(lambda, size: rows), size: rows)
      return
    }
    self.centered = nil
    if let packed = kept?.read(), packed.count == columns * (columns + 1) / 2 {
      factor = Cholesky(packed: packed, size: columns)
      return
    }
    var scatter = [Double](repeating: 0, count: columns * columns)
    // 1024 rows are transposed at once, so that memory does not grow with the number of rows.
    for start in stride(from: 0, to: rows, by: 1024) {
      let part = start..<min(start + 1024, rows)
      let turned = (0..<columns).flatMap { column in
        part.map { centered[$0 * columns + column] }
      }
      for (place, product) in try rowProducts(turned, rows: columns).enumerated() {
        scatter[place] += product
      }
    }
    factor = Cholesky(scatter.adding(lambda, size: columns), size: columns)
    kept?.write(factor.packed)
  }

  package func times(_ b: [Double]) -> [Double] {
    guard let centered else { return factor.solve(b) }
    let columns = b.count
    let along = (0..<factor.size).map { row in
      (0..<columns).reduce(0.0) { $0 + centered[row * columns + $1] * b[$1] }
    }
    var left = b
    for (row, share) in factor.solve(along).enumerated() {
      for column in 0..<columns { left[column] -= centered[row * columns + column] * share }
    }
    return left.map { $0 / lambda }
  }
}

extension [Double] {
  /// Returns a square matrix with a number added to each element of its diagonal.
  fileprivate func adding(_ number: Double, size: Int) -> [Double] {
    var sum = self
    for i in 0..<size { sum[i * size + i] += number }
    return sum
  }
}
