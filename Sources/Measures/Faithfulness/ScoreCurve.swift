/// The scores of classes on the path from one picture to another.
///
/// ```swift
/// curve.area(of: 0)                                 // deletion: the smaller, the better the map
/// try curve.gap(between: 0, and: 1, upTo: 0.2)      // to the class that it is compared with
/// ```
public struct ScoreCurve: Equatable, Sendable {
  /// The share of the picture that is changed at each point, from 0 to 1.
  public let shares: [Double]
  /// A score for each class at each point.
  public let scores: [[Double]]
  public let card: Card

  /// The curve of one class.
  public func scores(of label: Int) -> [Double] { scores.map { $0[label] } }

  /// The mean height of a class's curve, by RISE's sum over the points s_0 ... s_n:
  ///
  ///     (s_0 / 2 + s_1 + ... + s_(n-1) + s_n / 2) / n
  ///
  /// A last step with fewer pixels counts as a whole one.
  public func area(of label: Int) -> Double {
    let scores = scores(of: label)
    guard let first = scores.first, let last = scores.last, scores.count > 1 else {
      preconditionFailure("A curve has two points at least.")
    }
    return (scores.reduce(0, +) - first / 2 - last / 2) / Double(scores.count - 1)
  }

  /// The mean difference between two classes' curves until the given share of the picture is
  /// changed, which is the colored area of Finer-CAM's figure 5, where the share is a fifth. It is
  /// small if the pixels that are removed first are those that distinguish the two classes. (Zhang
  /// et al. 2025, arXiv 2501.11309.)
  ///
  /// The unit is that of the score, and the curves are interpolated linearly between points.
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
