import Encoders
import Explaining
import Pictures

/// How much more a class loses than a similar class when the map's best pixels are removed. This is
/// Finer-CAM's own measure. (Zhang et al. 2025, arXiv 2501.11309, eq. 10.)
///
/// ```swift
/// let drop = try RelativeDrop()(planes, pixels, values, of: 0, against: 3, scorer)
/// drop.relative      // RD@0.05, larger is better
/// ```
///
/// With p before and p* after the removal,
///
///     RD = (p_c - p_c*) - (p_d - p_d*)
///
/// where d is the most similar class. The paper says neither what replaces the pixels nor over
/// which classes p is a softmax. By default the pixels are replaced by the mean color, as in RISE,
/// and the softmax is over all classes of the scorer. The number of pixels is rounded, halves up.
public struct RelativeDrop: Sendable {
  /// The share of the pixels that are removed; the paper uses 0.05 and 0.1.
  public var share = 0.05
  public var fill = Fill.zero
  public var order = PixelOrder.firstOfEquals

  public init(share: Double = 0.05, fill: Fill = .zero, order: PixelOrder = .firstOfEquals) {
    self.share = share
    self.fill = fill
    self.order = order
  }

  public struct Drop: Equatable, Sendable {
    /// The confidence drop of the class, p_c - p_c*.
    public let drop: Double
    /// The confidence drop of the similar class, p_d - p_d*.
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
