import Encoders
import Glibc

/// What speaks for a score in one picture, made ready to be held against other evidence: an audit holds
/// the same few maps against hundreds, so that what is asked of each is worked out once.
///
///     let classifier = Evidence(map, gradient: target.scored(embedding).gradient)
///     Agreement.rank(classifier, Evidence(epaulets))      // 0.61
public struct Evidence: Sendable {
  public let map: Heatmap
  /// How its score changes with the picture's embedding, of length 1; empty where it has none.
  let direction: [Float]
  /// The rank of each place, from their mean and of length 1; empty where all are equal.
  let ranks: [Float]
  /// The places of the best fifth; empty where all are equal, since these would be a corner.
  let best: [Int]
  /// Which places these are.
  let isBest: [Bool]
  /// What each place has of all that speaks for; empty where nothing does.
  let shares: [Float]

  /// The share of places that count as a map's top region.
  static let top = 0.2

  public init(_ map: Heatmap, gradient: Matrix? = nil) {
    self.map = map
    direction = (gradient?.elements ?? []).scaledToLength1
    let values = map.values.elements
    var isBest = [Bool](repeating: false, count: values.count)
    guard let first = values.first, values.allSatisfy(\.isFinite) else {
      (ranks, best, shares) = ([], [], [])
      self.isBest = isBest
      return
    }
    let clipped = values.map { max(0, $0) }
    let sum = clipped.reduce(0) { $0 + Double($1) }
    shares = sum > 0 ? clipped.map { Float(Double($0) / sum) } : []
    guard values.contains(where: { $0 != first }) else {
      (ranks, best) = ([], [])
      self.isBest = isBest
      return
    }
    let order = values.orderFromLargest
    let count = max(1, Int((Evidence.top * Double(values.count)).rounded()))
    best = Array(order.prefix(count))
    for place in best { isBest[place] = true }
    self.isBest = isBest
    let mean = Double(values.count + 1) / 2
    ranks = values.ranks(inOrder: order).map { Float($0 - mean) }.scaledToLength1
  }

  /// A rise towards the middle that any picture of one thing agrees with a little: with s a quarter of
  /// each side,
  ///
  ///     exp(-(x^2 + y^2) / 2 s^2)
  static func blob(like map: Heatmap) -> Evidence {
    let (rows, columns) = (map.values.rows, map.values.columns)
    func distance(_ place: Int, _ count: Int) -> Float {
      4 * (Float(place) + 0.5 - Float(count) / 2) / Float(count)
    }
    let values = (0..<rows * columns).map { place -> Float in
      let (x, y) = (distance(place % columns, columns), distance(place / columns, rows))
      return expf(-(x * x + y * y) / 2)
    }
    return Evidence(map.with(Matrix(rows: rows, columns: columns, values)))
  }
}

extension [Float] {
  /// Empty where it has no length.
  fileprivate var scaledToLength1: [Float] {
    let length = reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    return length > 0 && length.isFinite ? map { Float(Double($0) / length) } : []
  }
}
