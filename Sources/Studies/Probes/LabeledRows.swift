import Encoders
import Explaining
import Glibc
import Ground

/// Embeddings with their classes, on which a probe is trained or tested.
///
/// ```swift
/// let rows = try LabeledRows(features, labels: [0, 0, 1], classes: 2)
/// ```
public struct LabeledRows: Equatable, Sendable {
  /// A row for each picture.
  public let features: Matrix
  /// The class of each row, from 0.
  public let labels: [Int]
  public let classes: Int

  public init(_ features: Matrix, labels: [Int], classes: Int) throws {
    guard features.rows == labels.count, features.rows > 0 else {
      throw InputError(
        "training rows", expected: "a class for each of at least one row",
        found: "\(features.rows) rows and \(labels.count) classes", kind: .input)
    }
    if let stray = labels.first(where: { !(0..<classes).contains($0) }) {
      throw InputError(
        "training rows", expected: "classes 0 to \(classes - 1)", found: "\(stray)", kind: .input)
    }
    if features.elements.contains(where: { !$0.isFinite }) {
      throw InputError(
        "training rows", expected: "finite numbers", found: "infinity or NaN", kind: .input)
    }
    self.features = features
    self.labels = labels
    self.classes = classes
  }

  /// The number of rows of each class.
  public var counts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[$1] += 1 }
  }
}

/// The mean that is subtracted from each column, and the deviation that it is divided by. Both come
/// from the training rows, never from the test rows.
///
/// A constant column is divided by 1.
public struct Standardization: Equatable, Sendable {
  public let mean: [Float]
  public let deviation: [Float]

  public init(of rows: Matrix) {
    var means = [Double](repeating: 0, count: rows.columns)
    var squares = means
    for row in 0..<rows.rows {
      for (column, value) in rows[row: row].enumerated() { means[column] += Double(value) }
    }
    for column in means.indices { means[column] /= Double(max(1, rows.rows)) }
    for row in 0..<rows.rows {
      for (column, value) in rows[row: row].enumerated() {
        let away = Double(value) - means[column]
        squares[column] += away * away
      }
    }
    mean = means.map { Float($0) }
    deviation = squares.map { square in
      let deviation = (square / Double(max(1, rows.rows))).squareRoot()
      return deviation > 1e-12 ? Float(deviation) : 1
    }
  }

  /// Subtracts the means only.
  init(centering rows: Matrix) {
    mean = columnMeans(rows).map { Float($0) }
    deviation = [Float](repeating: 1, count: rows.columns)
  }

  public func callAsFunction(_ rows: Matrix) -> Matrix {
    var scaled = rows
    scaled.withElements { elements in
      for row in 0..<rows.rows {
        for column in 0..<rows.columns {
          let place = row * rows.columns + column
          elements[place] = (elements[place] - mean[column]) / deviation[column]
        }
      }
    }
    return scaled
  }

  /// Turns a head for standardized rows into one for the original rows, which every reader of heads
  /// can use: W (x - m) / s + b = (W / s) x + (b - W m / s).
  public func undone(_ head: LinearHead) -> LinearHead {
    let factors = Matrix(rows: 1, columns: mean.count, deviation.map { 1 / $0 })
    let weights = head.weights.scaled(byRows: factors)
    let biases = head.biases.enumerated().map { index, bias in
      let moved = zip(weights[row: index], mean).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      return Float(Double(bias) - moved)
    }
    return LinearHead(weights: weights, biases: biases)
  }
}

extension LinearHead {
  /// The share of rows whose class has the largest logit.
  public func accuracy(on rows: LabeledRows) -> Double {
    let right = zip(predictions(rows.features), rows.labels).count { $0 == $1 }
    return Double(right) / Double(rows.labels.count)
  }

  /// The mean of -log softmax(logits)[label], computed in doubles.
  public func crossEntropy(on rows: LabeledRows) -> Double {
    let logits = logits(rows.features)
    let sum = (0..<logits.rows).reduce(0.0) { sum, row in
      let values = logits[row: row].map(Double.init)
      return sum + logOfSum(values) - values[rows.labels[row]]
    }
    return sum / Double(logits.rows)
  }
}

func columnMeans(_ rows: Matrix) -> [Double] {
  var sums = [Double](repeating: 0, count: rows.columns)
  for row in 0..<rows.rows {
    for (column, value) in rows[row: row].enumerated() { sums[column] += Double(value) }
  }
  return sums.map { $0 / Double(max(1, rows.rows)) }
}

/// log(sum of exp(x)), without overflow.
func logOfSum(_ values: [Double]) -> Double {
  let most = values.max() ?? 0
  return most + log(values.reduce(0) { $0 + exp($1 - most) })
}
