import Encoders
import Explaining

/// What speaks for a score in one picture, made ready to be held against other evidence: an audit holds
/// the same few maps against hundreds, so that what is asked of each is worked out once. (A class: lists
/// of them are copied all the time.)
///
/// ```swift
/// let classifier = Evidence(map, gradient: target.scored(embedding).gradient)
/// Agreement.rank(classifier, Evidence(mapOfEpaulets))      // 0.61
/// ```
public final class Evidence: Sendable {
  public let map: Heatmap
  /// How its score changes with the picture's embedding, of length 1; empty where it has none.
  let direction: [Float]
  /// The rank of each place, from their mean; empty where all are equal.
  let ranks: [Float]
  /// The length of these.
  let spread: Double
  /// The places of the best fifth; empty where all are equal, since these would be a corner.
  let best: [Int]
  /// Which places these are.
  let isBest: [Bool]
  /// All that speaks for the score, the whole grid's; 0 where nothing does.
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
  /// All of them: any other times zero is no number.
  fileprivate var areFinite: Bool { sum(with: self) { number, _ in 0 * number } == 0 }

  /// Empty where it has no length.
  fileprivate var scaledToLength1: [Float] {
    let length = reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    guard length > 0, length.isFinite else { return [] }
    let factor = Float(1 / length)
    return map { factor * $0 }
  }
}
