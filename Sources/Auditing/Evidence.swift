import Encoders
import Explaining

/// The evidence for a score in one picture, prepared for comparisons. An audit compares the same few maps
/// with hundreds of others, so what each comparison needs is computed once. (It is a class, because
/// lists of evidence are copied often.)
///
/// ```swift
/// let classifier = Evidence(map, gradient: target.scored(embedding).gradient)
/// Agreement.rank(classifier, Evidence(mapOfEpaulets))      // 0.61
/// ```
public final class Evidence: Sendable {
  public let map: Heatmap
  /// The gradient of the score at the picture's embedding, scaled to length 1; empty if there is none.
  let direction: [Float]
  /// The rank of each place minus the mean rank; empty if all places are equal.
  let ranks: [Float]
  /// The Euclidean length of `ranks`.
  let spread: Double
  /// The places with the largest fifth of values; empty if all are equal, since any choice would be
  /// arbitrary.
  let best: [Int]
  /// Whether each place is in `best`.
  let isBest: [Bool]
  /// The sum of positive values over the grid; 0 if there are none.
  let energy: Double

  /// The share of places that count as a map's top region.
  static let top = 0.2

  public init(_ map: Heatmap, gradient: Matrix? = nil) {
    self.map = map
    direction = (gradient?.elements ?? []).scaledToLength1
    let values = map.values.elements
    var isBest = [Bool](repeating: false, count: values.count)
    guard values.areFinite else {
      (ranks, spread, best, self.isBest, energy) = ([], 0, [], isBest, 0)
      return
    }
    energy = values.sum(with: values) { number, _ in number.clipped }
    let count = max(1, Int((Evidence.top * Double(values.count)).rounded()))
    let standing = values.standing(best: count)
    guard standing.squares > 0 else {
      (ranks, spread, best, self.isBest) = ([], 0, [], isBest)
      return
    }
    (ranks, spread, best) = (standing.ranks, standing.squares.squareRoot(), standing.best)
    for place in best { isBest[place] = true }
    self.isBest = isBest
  }
}

extension [Float] {
  /// Whether all numbers are finite: zero times infinity or NaN is NaN.
  fileprivate var areFinite: Bool { sum(with: self) { number, _ in 0 * number } == 0 }

  /// Empty if the length is 0 or not finite.
  fileprivate var scaledToLength1: [Float] {
    let length = reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 0, length.isFinite else { return [] }
    let factor = Float(1 / length)
    return map { factor * $0 }
  }
}
