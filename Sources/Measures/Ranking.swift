import Explaining

/// A picture's pixels from the map's largest value to its smallest, and which of them lie in the
/// truth.
///
/// ```swift
/// let ranking = Ranking(map, bird)
/// ranking?.averagePrecision         // 0.74
/// ranking?.bestOverlap              // 0.53
/// ```
///
/// Equal pixels are ordered row by row. Measures that use thresholds take all of them or none;
/// measures that take a number of pixels take the first. Nil if there is no truth or no map.
public struct Ranking: Sendable {
  /// Whether each pixel, from the largest value on, lies in the truth.
  private let isIn: [Bool]
  /// For each distinct value, from the largest on, how many pixels have at least that value.
  private let ends: [Int]
  /// The number of pixels of the truth.
  private let count: Int

  public init?(_ map: PixelMap, _ truth: Truth) {
    precondition(map.isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, let values = map.filled else { return nil }
    let order = values.orderFromLargest
    isIn = order.map { truth.mask.pixels[$0] }
    ends =
      order.indices.dropFirst().filter { values[order[$0]] != values[order[$0 - 1]] }
      + [order.count]
    count = truth.count
  }

  /// The area under the curve of precision P over recall R, as a step function, as in
  /// scikit-learn's `average_precision_score`:
  ///
  ///     sum_n (R_n - R_(n-1)) P_n
  ///
  /// over the distinct values. Linear interpolation between the points would be too optimistic.
  /// (DiffCAM's AUPRC.)
  public var averagePrecision: Double {
    var sum = 0.0
    var before = 0
    steps { end, inside in
      sum += Double(inside - before) / Double(count) * Double(inside) / Double(end)
      before = inside
    }
    return sum
  }

  /// The largest overlap at any threshold.
  public var bestOverlap: Double {
    var best = 0.0
    steps { end, inside in best = max(best, Double(inside) / Double(end + count - inside)) }
    return best
  }

  /// Relevance rank accuracy: with n pixels in the truth, the share of the n best pixels that lie
  /// in it. (Arras et al. 2022.)
  public var rankAccuracy: Double { share(ofBest: count) }

  /// Top-K intersection: the share of the best K pixels that lie in the truth. If the picture has
  /// fewer pixels, all of them are taken. (Theiner et al. 2021, arXiv 2104.14995.)
  public func share(ofBest k: Int) -> Double {
    precondition(k > 0, "The best are at least one.")
    let best = isIn.prefix(k)
    return Double(best.reduce(0) { $0 + ($1 ? 1 : 0) }) / Double(best.count)
  }

  /// Calls `body` for each distinct value, with the number of pixels that have at least that value,
  /// and how many of these lie in the truth.
  private func steps(_ body: (_ end: Int, _ inside: Int) -> Void) {
    var inside = 0
    var start = 0
    for end in ends {
      for place in start..<end where isIn[place] { inside += 1 }
      body(end, inside)
      start = end
    }
  }
}
