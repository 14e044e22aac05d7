import Encoders
import Ground
import Studies

/// A trained direction that tells two groups of embeddings apart. It is 0 in the middle between them, and
/// their means are 1 apart, so that directions can be mixed in shares.
package struct ScaledDirection: Sendable {
  private let weights: [Double]
  private let middle: Double

  /// Nil where the embeddings do not tell the groups apart.
  package init?(_ rows: [[Float]], isFirst: [Bool]) throws {
    let head = try Training.logistic(
      LabeledRows(Matrix(rows), labels: isFirst.map { $0 ? 1 : 0 }, classes: 2))
    let direction = zip(head.weights[row: 1], head.weights[row: 0]).map { Double($0) - Double($1) }
    func mean(_ wanted: Bool) -> Double {
      let values = zip(rows, isFirst).filter { $0.1 == wanted }.map {
        ScaledDirection.product(direction, $0.0)
      }
      return values.reduce(0, +) / Double(values.count)
    }
    let (first, other) = (mean(true), mean(false))
    let gap = first - other
    // What is left of equal embeddings is rounding.
    guard gap > 1e-9 * max(1, abs(first), abs(other)) else { return nil }
    weights = direction.map { $0 / gap }
    middle = (first + other) / 2 / gap
  }

  package func callAsFunction(_ row: [Float]) -> Double {
    ScaledDirection.product(weights, row) - middle
  }

  private static func product(_ weights: [Double], _ row: [Float]) -> Double {
    var sum = 0.0
    for (weight, value) in zip(weights, row) { sum += weight * Double(value) }
    return sum
  }
}
