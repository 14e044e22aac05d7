import Encoders

/// What a concept is compared with, where nobody names it: the most similar others.
public enum ReferenceRule: Equatable, Sendable {
  /// By the cosine of their directions: the paper's figure 1 and eq. 11.
  case byDirection(Int)
  /// By the nearest logit on this very picture, above or below: the official code's way.
  case byLogit(Int)
  /// The best of the others on this picture: its next predictions.
  case byPrediction(Int)

  /// The places of the chosen among all targets, the most similar first. Of equals the first counts.
  public func chosen(for target: Int, among all: [Target], embedding: Matrix) -> [Int] {
    let others = all.indices.filter { $0 != target }
    let count: Int
    let distance: [Float]
    switch self {
    case .byDirection(let number):
      count = number
      let directions = Matrix.stacked(all.map { $0.direction ?? $0.directions.rows(0..<1) })
        .scaledToUnitRows()
      distance = directions.timesTurned(directions.rows(target..<target + 1)).elements.map { -$0 }
    case .byLogit(let number):
      count = number
      let logits = all.map { $0(embedding) }
      distance = logits.map { abs($0 - logits[target]) }
    case .byPrediction(let number):
      count = number
      distance = all.map { -$0(embedding) }
    }
    let order = others.sorted { (distance[$0], $0) < (distance[$1], $1) }
    return Array(order.prefix(count))
  }
}
