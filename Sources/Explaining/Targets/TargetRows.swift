import Encoders

/// Reads many targets from one embedding, by one product with a row for each target instead of a
/// product and a gradient for each.
///
/// ```swift
/// let targets = TargetRows(classifier.targets)
/// targets(embedding)      // what each target says of it, in their order
/// ```
///
/// A sum of logits has one direction, so it is one row. Its score is the same as the target's own
/// up to rounding, and a test holds the two together. Other targets are computed by themselves.
package struct TargetRows: Sendable {
  private let targets: [Target]
  /// A row for each target; zeros if it has no single direction.
  private let directions: Matrix
  private let biases: [Float]
  private let needsUnit: Bool
  private let needsRaw: Bool

  package init(_ targets: [Target]) {
    self.targets = targets
    let width = targets.first?.directions.columns ?? 0
    directions = .stacked(
      targets.map { $0.direction ?? Matrix(rows: 1, columns: width) })
    biases = targets.map { target in
      zip(target.weights ?? [], target.biases).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let sums = targets.filter { $0.direction != nil }
    needsRaw = sums.contains { $0.space == .linear }
    needsUnit = sums.contains { $0.space != .linear }
  }

  package func callAsFunction(_ embedding: Matrix) -> [Float] {
    let raw = needsRaw ? embedding.timesTurned(directions).elements : []
    let unit =
      needsUnit ? embedding.scaledToUnitRows().timesTurned(directions).elements : []
    return targets.indices.map { index in
      guard targets[index].weights != nil else { return targets[index](embedding) }
      return switch targets[index].space {
      case .linear: raw[index] + biases[index]
      case .cosine(let scale): scale * unit[index] + biases[index]
      }
    }
  }
}
