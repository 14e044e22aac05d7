/// The rows of a matrix that belong together: sequences of tokens of any lengths, one after the
/// other.
///
/// ```swift
/// Sequences(lengths: [5, 7]).starts      // [0, 5, 12]
/// ```
///
/// Causal sequences that begin alike can share the rows of their common beginning:
///
/// ```swift
/// Sequences(sharing: [[1, 4, 9], [1, 4, 7, 9]]).rows      // 5: 1, 4, 9; 7, 9
/// ```
public struct Sequences: Equatable, Sendable {
  /// The place where each sequence begins, counted through all, and where the last one ends.
  public let starts: [Int]
  /// The row at each place; nil if places are rows.
  public let places: [Int]?
  /// For each sequence, how many of its first rows belong to sequences before it.
  public let shared: [Int]
  /// The number of rows of the matrix.
  public let rows: Int

  public init(lengths: [Int]) {
    precondition(lengths.allSatisfy { $0 > 0 }, "A sequence has at least one row.")
    starts = Sequences.starts(lengths)
    places = nil
    shared = lengths.map { _ in 0 }
    rows = starts.last ?? 0
  }

  /// Makes `count` sequences of one length, such as pictures.
  public init(_ count: Int, of length: Int) {
    self.init(lengths: [Int](repeating: length, count: count))
  }

  /// Shares the rows of the beginning that each sequence has in common with the one before it. Sort
  /// the sequences, so that neighbors are alike and much is shared.
  public init(sharing sequences: [[Int32]]) {
    var (places, shared, rows): ([Int], [Int], Int) = ([], [], 0)
    var last: (ids: [Int32], rows: [Int]) = ([], [])
    for ids in sequences {
      precondition(!ids.isEmpty, "A sequence has at least one row.")
      let common = zip(ids, last.ids).prefix { $0 == $1 }.count
      let own = last.rows.prefix(common) + (rows..<rows + ids.count - common)
      rows += ids.count - common
      places += own
      shared.append(common)
      last = (ids, Array(own))
    }
    starts = Sequences.starts(sequences.map(\.count))
    self.places = places
    self.shared = shared
    self.rows = rows
  }

  private static func starts(_ lengths: [Int]) -> [Int] {
    lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  public var count: Int { starts.count - 1 }

  /// The rows of a sequence, which are neighbors because none is shared.
  public subscript(index: Int) -> Range<Int> {
    precondition(places == nil, "Sequences that share rows have no ranges of their own.")
    return starts[index]..<starts[index + 1]
  }

  public var firsts: [Int] { starts.dropLast().map { places?[$0] ?? $0 } }
  public var lasts: [Int] { starts.dropFirst().map { places?[$0 - 1] ?? $0 - 1 } }
}

/// Keeps some rows, such as one of each sequence, and drops the others.
public struct Pick: Layer {
  public let picked: [Int]

  public init(_ picked: [Int]) { self.picked = picked }

  public func callAsFunction(_ x: Matrix) -> Matrix { x.picking(picked) }

  public func traced(_ x: Matrix) -> Traced {
    // y[i] = x[picked[i]]
    Traced(self(x)) { d in
      var dx = Matrix(rows: x.rows, columns: x.columns)
      dx.withElements { dx in
        for (row, source) in picked.enumerated() {
          for (column, value) in d[row: row].enumerated() {
            dx[source * x.columns + column] += value
          }
        }
      }
      return dx
    }
  }
}

/// Takes the mean of each sequence's rows after the first few: of the patches, without the class
/// token.
public struct Mean: Layer {
  public let sequences: Sequences
  public let skipped: Int

  public init(_ sequences: Sequences, skipping skipped: Int = 0) {
    self.sequences = sequences
    self.skipped = skipped
  }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    .stacked((0..<sequences.count).map { x.rows(sequences[$0].dropFirst(skipped)).meanRow() })
  }

  public func traced(_ x: Matrix) -> Traced {
    // y[i] = sum of x[rows of i] / their number
    Traced(self(x)) { d in
      var dx = Matrix(rows: x.rows, columns: x.columns)
      dx.withElements { dx in
        for index in 0..<sequences.count {
          let rows = sequences[index].dropFirst(skipped)
          for row in rows {
            for (column, value) in d[row: index].enumerated() {
              dx[row * x.columns + column] = value / Float(rows.count)
            }
          }
        }
      }
      return dx
    }
  }
}

/// Divides each row by its length.
public struct Unit: Layer {
  public init() {}

  public func callAsFunction(_ x: Matrix) -> Matrix { x.scaledToUnitRows() }

  public func traced(_ x: Matrix) -> Traced {
    let y = self(x)
    return Traced(y) { d in
      // y = x / |x|:  dx = (d - y <y, d>) / |x|
      var dx = d
      dx.withElements { dx in
        y.elements.withUnsafeBufferPointer { y in
          var (unit, length) = (0, Float(0))
          for row in 0..<d.rows {
            let start = row * x.columns
            if row < x.rows {
              unit = start
              length = x[row: row].reduce(0) { $0 + $1 * $1 }.squareRoot()
            }
            var along: Float = 0
            for column in 0..<x.columns { along += y[unit + column] * dx[start + column] }
            for column in 0..<x.columns {
              let across = dx[start + column] - y[unit + column] * along
              dx[start + column] = length > 0 ? across / length : 0
            }
          }
        }
      }
      return dx
    }
  }
}
