/// What classes score on the way from one picture to another.
///
/// ```swift
/// curve.area(of: 0)                                 // deletion: the smaller, the better the map
/// try curve.gap(between: 0, and: 1, upTo: 0.2)      // to the class that it is compared with
/// ```
public struct ScoreCurve: Equatable, Sendable {
  /// How much of the picture is changed at each point, from 0 to 1.
  public let shares: [Double]
  /// A score for each class at each point.
  public let scores: [[Double]]
  public let card: Card

  /// A class's own curve.
  public func scores(of label: Int) -> [Double] { scores.map { $0[label] } }

  /// The mean height of a class's curve by RISE's sum, for points s_0 ... s_n:
  ///
  ///     (s_0 / 2 + s_1 + ... + s_(n-1) + s_n / 2) / n
  ///
  /// A last step of fewer pixels counts as a whole one.
  public func area(of label: Int) -> Double {
    let scores = scores(of: label)
    guard let first = scores.first, let last = scores.last, scores.count > 1 else {
      preconditionFailure("A curve has two points at least.")
    }
    return (scores.reduce(0, +) - first / 2 - last / 2) / Double(scores.count - 1)
  }

  /// The mean distance by which a class lies above another until so much of the picture is changed:
  /// the colored part of Finer-CAM's figure 5, where that is a fifth. It is small where what goes
  /// first is what tells the two apart. (Zhang et al. 2025, arXiv 2501.11309.)
  ///
  /// In units of the score, the curves being straight between points.
  public func gap(between label: Int, and other: Int, upTo share: Double = 0.2) throws -> Double {
    try Card.check("the gap's share", share, "above 0, up to 1") { $0 > 0 && $0 <= 1 }
    let heights = scores.map { $0[label] - $0[other] }
    var area = 0.0
    for end in 1..<shares.count where shares[end - 1] < share {
      let (from, to) = (shares[end - 1], min(share, shares[end]))
      let slope = (heights[end] - heights[end - 1]) / (shares[end] - from)
      let last = heights[end - 1] + slope * (to - from)
      area += (to - from) * (heights[end - 1] + last) / 2
    }
    return area / share
  }
}
