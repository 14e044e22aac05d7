import Encoders

/// A row and a bias for each class: logits are W x + b.
///
///     head.accuracy(on: rows)      // 0.81
public struct LinearHead: Equatable, Sendable {
  public internal(set) var weights: Matrix
  public internal(set) var biases: [Float]

  public init(weights: Matrix, biases: [Float]) {
    precondition(weights.rows == biases.count, "A head has a bias for each class.")
    self.weights = weights
    self.biases = biases
  }

  public func logits(_ features: Matrix) -> Matrix {
    var logits = features.timesTurned(weights)
    let count = biases.count
    logits.withElements { elements in
      for index in elements.indices { elements[index] += biases[index % count] }
    }
    return logits
  }

  /// The class with the largest logit of each row, the first of equal ones.
  public func predictions(_ features: Matrix) -> [Int] {
    let logits = logits(features)
    return (0..<logits.rows).map { row in
      let values = logits[row: row]
      let best = values.indices.max { (values[$0], -$0) < (values[$1], -$1) }
      return (best ?? values.startIndex) - values.startIndex
    }
  }

  /// The share of rows whose class has the largest logit.
  public func accuracy(on rows: LabelledRows) -> Double {
    let right = zip(predictions(rows.features), rows.labels).count { $0 == $1 }
    return Double(right) / Double(rows.labels.count)
  }

  /// The mean of -log softmax(logits)[label], in doubles.
  public func crossEntropy(on rows: LabelledRows) -> Double {
    let logits = logits(rows.features)
    let sum = (0..<logits.rows).reduce(0.0) { sum, row in
      let values = logits[row: row].map(Double.init)
      return sum + logOfSum(values) - values[rows.labels[row]]
    }
    return sum / Double(logits.rows)
  }
}
