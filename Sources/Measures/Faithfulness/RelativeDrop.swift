import Encoders
import Explaining
import Pictures

/// What a class loses when the best of a map is taken away, beyond what a similar class loses by it:
/// Finer-CAM's own measure. (Zhang et al. 2025, arXiv 2501.11309, eq. 10.)
///
/// ```swift
/// let drop = try RelativeDrop()(planes, pixels, values, of: 0, against: 3, scorer)
/// drop.relative      // RD@0.05, larger is better
/// ```
///
/// With p before and p* after,
///
///     RD = (p_c - p_c*) - (p_d - p_d*)
///
/// where d is the most similar class. The paper does not say what stands where pixels were, nor over
/// which classes p is a softmax. Here, unless changed, it is mean color, as in RISE, and the classes
/// that the judge was asked for; and the share of the pixels is rounded, halves up.
public struct RelativeDrop: Sendable {
  /// Of the pixels: the paper has 0.05 and 0.1.
  public var share = 0.05
  public var fill = Fill.zero
  public var order = PixelOrder.firstOfEquals

  public init(share: Double = 0.05, fill: Fill = .zero, order: PixelOrder = .firstOfEquals) {
    self.share = share
    self.fill = fill
    self.order = order
  }

  public struct Drop: Equatable, Sendable {
    /// p_c - p_c*: the confidence drop.
    public let drop: Double
    /// p_d - p_d*
    public let ofReference: Double
    public let card: Card

    public var relative: Double { drop - ofReference }
  }

  public func callAsFunction(
    _ planes: Matrix, _ pixels: Grid, _ map: [Float], of label: Int, against reference: Int,
    _ scorer: Scorer
  ) throws -> Drop {
    try Card.check("the relative drop's share", share, "above 0, up to 1") {
      $0 > 0 && $0 <= 1
    }
    precondition(map.count == planes.columns, "A map has a number for each pixel.")
    let count = Int((share * Double(map.count)).rounded())
    let masked = planes.replacing(order(map).prefix(count), from: fill(planes, pixels))
    let scores = try scorer.scores(of: ChangedPictures(2) { $0 == 0 ? planes : masked })
    let lost = zip(scores[0], scores[1]).map { $0 - $1 }
    return Drop(
      drop: lost[label], ofReference: lost[reference],
      card: Card(
        "relative drop", paper: "Zhang et al. 2025, arXiv 2501.11309",
        [
          "share": .number(share), "pixels": .integer(count), "fill": .string(fill.name),
          "score": .string(scorer.scale.rawValue), "classes": .integer(scores[0].count),
          "ties": .string(order.rawValue),
        ]))
  }
}
