import Encoders

/// A linear head: a row of weights and a bias for each class. Its logits are W x + b.
///
/// ```swift
/// let head = LinearHead(weights: Matrix([[1, 0], [0, 2]]), biases: [0, 0])
/// head.predictions(Matrix([[3, 1]]))      // [0], since the logits are 3 and 2
/// ```
public struct LinearHead: Equatable, Sendable {
  public package(set) var weights: Matrix
  public package(set) var biases: [Float]

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

  /// Returns the class with the largest logit for each row, the first one if several are equal.
  public func predictions(_ features: Matrix) -> [Int] {
    let logits = logits(features)
    return (0..<logits.rows).map { row in
      let values = logits[row: row]
      let best = values.indices.max { (values[$0], -$0) < (values[$1], -$1) }
      return (best ?? values.startIndex) - values.startIndex
    }
  }

  /// A target for each class.
  package func targets(_ names: [String]) -> [Target] {
    precondition(names.count == biases.count, "Each class has a name.")
    return Target.sharing(
      names.indices.map { Target(names[$0], Array(weights[row: $0]), .linear, bias: biases[$0]) })
  }
}
