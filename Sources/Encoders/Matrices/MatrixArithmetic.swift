import CFieldmark
import Glibc
import Ground

/// Sums, multiples and products of matrices.
///
/// ```swift
/// let y = a * b + 0.5 * c
/// let scores = queries.timesTurned(keys)      // queries keys'
/// ```
extension Matrix {
  public static func + (a: Matrix, b: Matrix) -> Matrix { a.merged(b) { $0 + $1 } }
  public static func - (a: Matrix, b: Matrix) -> Matrix { a.merged(b) { $0 - $1 } }
  public static func * (factor: Float, a: Matrix) -> Matrix { a.mapped { factor * $0 } }

  public static func += (a: inout Matrix, b: Matrix) {
    precondition(a.rows == b.rows && a.columns == b.columns, "\(b) is added to \(a).")
    a.withElements { out in
      b.elements.withUnsafeBufferPointer { b in
        for index in out.indices { out[index] += b[index] }
      }
    }
  }

  /// Applies `body` to each element.
  public func mapped(_ body: (Float) -> Float) -> Matrix {
    elements.withUnsafeBufferPointer { elements in
      Matrix(rows: rows, columns: columns) { out in
        for index in out.indices { out.initializeElement(at: index, to: body(elements[index])) }
      }
    }
  }

  /// Applies `body` to each pair of elements in the same place.
  public func merged(_ other: Matrix, _ body: (Float, Float) -> Float) -> Matrix {
    precondition(
      rows == other.rows && columns == other.columns, "\(self) and \(other) have one shape.")
    return elements.withUnsafeBufferPointer { a in
      other.elements.withUnsafeBufferPointer { b in
        Matrix(rows: rows, columns: columns) { out in
          for index in out.indices {
            out.initializeElement(at: index, to: body(a[index], b[index]))
          }
        }
      }
    }
  }

  /// Multiplies each row by a row of factors, element by element; `factors` has one row for all, or
  /// one for each.
  public func scaled(byRows factors: Matrix) -> Matrix {
    if factors.rows == rows { return merged(factors, *) }
    precondition(
      factors.rows == 1 && factors.columns == columns, "\(self) is scaled by \(factors).")
    return elements.withUnsafeBufferPointer { elements in
      factors.elements.withUnsafeBufferPointer { factors in
        Matrix(rows: rows, columns: columns) { out in
          guard var to = out.baseAddress, var from = elements.baseAddress else { return }
          for _ in 0..<rows {
            for column in 0..<columns {
              (to + column).initialize(to: from[column] * factors[column])
            }
            to += columns
            from += columns
          }
        }
      }
    }
  }

  /// Divides each row by its length; rows of zeros stay as they are.
  public func scaledToUnitRows() -> Matrix {
    var scaled = self
    scaled.withElements { elements in
      for row in 0..<rows {
        let range = row * columns..<(row + 1) * columns
        let length = elements[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        if length > 0 { for index in range { elements[index] /= Float(length) } }
      }
    }
    return scaled
  }

  /// Returns exp(x) / sum of exp(x) in each row.
  public func softmax() -> Matrix {
    var shares = self
    shares.withElements { elements in
      for row in 0..<rows {
        let range = row * columns..<(row + 1) * columns
        let most = elements[range].max() ?? 0
        let powers = elements[range].map { exp(Double($0 - most)) }
        let sum = powers.reduce(0, +)
        for (index, power) in zip(range, powers) { elements[index] = Float(power / sum) }
      }
    }
    return shares
  }

  /// Returns the mean of all rows, as one row.
  public func meanRow() -> Matrix {
    let sums = (0..<columns).map { column in
      (0..<rows).reduce(0.0) { $0 + Double(self[$1, column]) }
    }
    return Matrix(rows: 1, columns: columns, sums.map { Float($0 / Double(max(1, rows))) })
  }

  /// The transpose.
  public var turned: Matrix {
    Matrix(rows: columns, columns: rows) { out in
      for index in out.indices {
        let (column, row) = index.quotientAndRemainder(dividingBy: rows)
        out.initializeElement(at: index, to: self[row, column])
      }
    }
  }

  /// a b
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "\(a) is multiplied by \(b).")
    return product(a, turned: false, b, turned: false)
  }

  /// a b'
  public func timesTurned(_ b: Matrix) -> Matrix {
    precondition(columns == b.columns, "\(self) is multiplied by \(b), turned.")
    return Matrix.product(self, turned: false, b, turned: true)
  }

  /// a' b
  public func turnedTimes(_ b: Matrix) -> Matrix {
    precondition(rows == b.rows, "\(self), turned, is multiplied by \(b).")
    return Matrix.product(self, turned: true, b, turned: false)
  }

  private static func product(
    _ a: Matrix, turned turnsA: Bool, _ b: Matrix, turned turnsB: Bool
  ) -> Matrix {
    let (rows, inner) = turnsA ? (a.columns, a.rows) : (a.rows, a.columns)
    let columns = turnsB ? b.rows : b.columns
    return a.withView { a in
      b.withView { b in
        Matrix(rows: rows, columns: columns) { out in
          guard let out = out.baseAddress else { return }
          (turnsA ? a.turned : a).multiply(
            turnsB ? b.turned : b, rows: rows, inner: inner, columns: columns, into: out,
            row: columns)
        }
      }
    }
  }

  /// Lends the elements in place, for as long as `body` runs.
  func withView<Result>(_ body: (MatrixView) throws -> Result) rethrows -> Result {
    try elements.withUnsafeBufferPointer {
      try body(MatrixView(start: $0.baseAddress, row: columns, column: 1))
    }
  }
}

/// A matrix in memory that is not its own: part of a larger one, or a transposed one.
struct MatrixView {
  let start: UnsafePointer<Float>?
  /// The distances from one row to the next and from one column to the next, in elements.
  let row: Int
  let column: Int

  package var turned: MatrixView { MatrixView(start: start, row: column, column: row) }

  /// Returns the part that begins at a row and a column.
  package func at(_ row: Int, _ column: Int) -> MatrixView {
    MatrixView(
      start: start.map { $0 + row * self.row + column * self.column }, row: self.row,
      column: self.column)
  }

  /// Computes out = self b, with rows of `out` that begin `row` elements apart, on the threads that
  /// the caller may use.
  package func multiply(
    _ b: MatrixView, rows: Int, inner: Int, columns: Int, into out: UnsafeMutablePointer<Float>,
    row: Int
  ) {
    guard let start, let other = b.start, rows > 0, columns > 0, inner > 0 else {
      for index in 0..<rows { (out + index * row).update(repeating: 0, count: columns) }
      return
    }
    let status = fm_multiply(
      Int64(rows), Int64(inner), Int64(columns),
      fm_view(start: start, row: Int64(self.row), column: Int64(column)),
      fm_view(start: other, row: Int64(b.row), column: Int64(b.column)), out, Int64(row),
      Int32(Cores.worth(rows * inner * columns)))
    precondition(status == 0, "oneDNN could not multiply: status \(status).")
  }

  /// Returns the same as a matrix of its own.
  package func multiplied(by b: MatrixView, rows: Int, inner: Int, columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns) { out in
      guard let out = out.baseAddress else { return }
      multiply(b, rows: rows, inner: inner, columns: columns, into: out, row: columns)
    }
  }
}
