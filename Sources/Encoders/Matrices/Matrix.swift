import Ground

/// A matrix of floats, stored row by row: tokens and their channels, prompts and their embeddings.
///
/// ```swift
/// let matrix = Matrix([[1, 2], [3, 4]])
/// matrix[1, 0]                // 3
/// matrix.description          // 2 x 2 in 1.0...4.0
/// ```
///
/// In an encoder, rows are tokens and heads are ranges of columns; several pictures are stacked.
public struct Matrix: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// All elements, row by row.
  public private(set) var elements: [Float]

  public init(rows: Int, columns: Int, _ elements: [Float]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "A matrix of \(rows) x \(columns) got \(elements.count) numbers.")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public init(_ rows: [[Float]]) {
    precondition(
      rows.allSatisfy { $0.count == rows[0].count }, "The rows of a matrix have one length.")
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, rows.flatMap { $0 })
  }

  public init(rows: Int, columns: Int, repeating value: Float = 0) {
    MemoryCheck.checkOrEnd(4 * rows * columns)
    self.init(rows: rows, columns: columns, [Float](repeating: value, count: rows * columns))
  }

  /// Makes a matrix in memory that `body` must write completely.
  package init(
    rows: Int, columns: Int, writing body: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) rethrows {
    MemoryCheck.checkOrEnd(4 * rows * columns)
    self.rows = rows
    self.columns = columns
    elements = try [Float](unsafeUninitializedCapacity: rows * columns) { memory, count in
      try body(UnsafeMutableBufferPointer(rebasing: memory[..<(rows * columns)]))
      count = rows * columns
    }
  }

  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// One row, as a slice of the elements.
  public subscript(row row: Int) -> ArraySlice<Float> {
    elements[row * columns..<(row + 1) * columns]
  }

  /// Lends the elements for writing, row by row.
  package mutating func withElements(_ body: (UnsafeMutableBufferPointer<Float>) -> Void) {
    elements.withUnsafeMutableBufferPointer { body($0) }
  }
}

extension Matrix: CustomStringConvertible {
  /// The shape and the range of the numbers: `197 x 768 in -3.1...2.8`.
  public var description: String {
    guard let least = elements.min(), let most = elements.max() else {
      return "\(rows) x \(columns)"
    }
    let hasStrays = elements.contains { !$0.isFinite }
    return "\(rows) x \(columns) in \(least)...\(most)" + (hasStrays ? ", some not finite" : "")
  }
}

extension Matrix {
  /// Returns some of the rows, in the order asked for.
  public func picking(_ picked: some Collection<Int>) -> Matrix {
    var elements: [Float] = []
    elements.reserveCapacity(picked.count * columns)
    for row in picked { elements += self[row: row] }
    return Matrix(rows: picked.count, columns: columns, elements)
  }

  /// Returns neighboring rows.
  public func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      Array(elements[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// Returns neighboring columns.
  public func columns(_ range: Range<Int>) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns, "\(self) has no columns \(range).")
    return Matrix(rows: rows, columns: range.count) { out in
      guard let start = out.baseAddress else { return }
      copy(range, to: start, row: range.count)
    }
  }

  /// Copies some columns to memory where rows begin `row` elements apart.
  private func copy(_ range: Range<Int>, to out: UnsafeMutablePointer<Float>, row: Int) {
    elements.withUnsafeBufferPointer { elements in
      guard let from = elements.baseAddress else { return }
      for index in 0..<rows {
        (out + index * row).initialize(
          from: from + index * columns + range.lowerBound, count: range.count)
      }
    }
  }

  /// Stacks matrices that have the same number of columns.
  public static func stacked(_ parts: [Matrix]) -> Matrix {
    precondition(
      parts.allSatisfy { $0.columns == parts[0].columns }, "Stacked matrices have one width.")
    return Matrix(
      rows: parts.reduce(0) { $0 + $1.rows }, columns: parts.first?.columns ?? 0,
      parts.flatMap(\.elements))
  }

  /// Puts matrices that have the same number of rows side by side.
  public static func beside(_ parts: [Matrix]) -> Matrix {
    let rows = parts.first?.rows ?? 0
    precondition(parts.allSatisfy { $0.rows == rows }, "Matrices side by side have the same rows.")
    if parts.count == 1 { return parts[0] }
    let columns = parts.reduce(0) { $0 + $1.columns }
    return Matrix(rows: rows, columns: columns) { out in
      guard var start = out.baseAddress else { return }
      for part in parts {
        part.copy(0..<part.columns, to: start, row: columns)
        start += part.columns
      }
    }
  }
}
