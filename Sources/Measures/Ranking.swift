import Explaining

/// A picture's pixels from the one that a map values most to the least, and which lie in the truth.
///
/// ```swift
/// let ranking = Ranking(map, bird)
/// ranking?.averagePrecision         // 0.74
/// ranking?.bestOverlap              // 0.53
/// ```
///
/// Equal pixels stand row by row. What goes by thresholds takes all of them or none; what goes by
/// their number takes the first. Nil where there is no truth or no map.
public struct Ranking: Sendable {
  /// Whether each pixel, from the most valued on, lies in the truth.
  private let isIn: [Bool]
  /// How many pixels have at least each number that occurs, from the largest.
  private let ends: [Int]
  /// How many pixels the truth has.
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

  /// The area under the curve of precision P over recall R, in steps, as scikit-learn's
  /// `average_precision_score` has it:
  ///
  ///     sum_n (R_n - R_(n-1)) P_n
  ///
  /// over the numbers that occur. Straight lines between the points would promise too much. (DiffCAM's
  /// AUPRC.)
  public var averagePrecision: Double {
    var sum = 0.0
    var before = 0
    steps { end, inside in
      sum += Double(inside - before) / Double(count) * Double(inside) / Double(end)
      before = inside
    }
    return sum
  }

  /// The largest overlap that any threshold gives.
  public var bestOverlap: Double {
    var best = 0.0
    steps { end, inside in best = max(best, Double(inside) / Double(end + count - inside)) }
    return best
  }

  /// Relevance rank accuracy: how much of the truth the best pixels are, when there are as many of
  /// them as it has. (Arras et al. 2022.)
  public var rankAccuracy: Double { share(ofBest: count) }

  /// Top-K intersection: how many of the best K pixels lie in the truth, as a share of them, or of
  /// all pixels where the picture has fewer. (Theiner et al. 2021, arXiv
  /// 2104.14995.)
  public func share(ofBest k: Int) -> Double {
    precondition(k > 0, "The best are at least one.")
    let best = isIn.prefix(k)
    return Double(best.reduce(0) { $0 + ($1 ? 1 : 0) }) / Double(best.count)
  }

  /// Calls for each number that occurs with how many pixels have at least that, and how many of these
  /// lie in the truth.
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
