import Encoders
import Explaining
import Models

/// How a class's score changes when the picture is seen through its map: the normalized picture x
/// becomes x m, which is the picture itself where m is 1 and the mean color where m is 0.
///
/// ```swift
/// let change = try ConfidenceChange()(planes, values, of: 0, scorer)
/// change.averageDrop.value      // mean it over pictures; small is good
/// ```
///
/// (Chattopadhyay et al. 2018, arXiv 1710.11063: drop and increase; Zhang et al. 2024, Opti-CAM,
/// arXiv 2301.07002: gain.) Implementations differ in how they make m from the map, so this is a
/// setting that the card names.
public struct ConfidenceChange: Sendable {
  /// How a map becomes the mask m.
  public enum Scaling: String, CaseIterable, Sendable {
    /// (m - min) / (max - min) of the map as it is, as torchcam scales its maps.
    case minMax = "min-max"
    /// Negative values are set to 0, then the map is scaled by its minimum and maximum.
    case clippedMinMax = "clipped, min-max"
    /// Negative values are set to 0, then the map is divided by its maximum. 0 stays 0, and a map
    /// that is positive everywhere hides no pixel completely.
    case clippedMax = "clipped, over the most"
  }

  public var scaling: Scaling
  public init(_ scaling: Scaling = .clippedMinMax) { self.scaling = scaling }

  public struct Change: Equatable, Sendable {
    public let before: Double
    public let after: Double
    let scale: Scorer.Scale
    let card: Card

    /// max(0, before - after) / before. There is no value if the score is not above 0, as a logit
    /// may be.
    ///
    /// grad-cam's `DropInConfidence` does not divide, so a class with a probability of 2 % cannot
    /// drop by more than that; torchcam adds 10^-7 to the divisor.
    public var averageDrop: CardedNumber {
      before > 0
        ? CardedNumber(value: max(0, before - after) / before, card: card)
        : CardedNumber(value: nil, card: card.leaving("all", "the score \(before) is not above 0"))
    }

    /// Whether the class scores higher. The mean over pictures is the increase in confidence.
    public var isIncrease: Bool { after > before }

    /// max(0, after - before) / (1 - before): the share of the remaining doubt that is gone. There
    /// is no value for logits, which have no maximum, nor if the probability was already 1.
    public var averageGain: CardedNumber {
      if scale == .logit {
        return CardedNumber(value: nil, card: card.leaving("all", "logits have no maximum"))
      }
      return before < 1
        ? CardedNumber(value: max(0, after - before) / (1 - before), card: card)
        : CardedNumber(value: nil, card: card.leaving("all", "the probability was 1"))
    }
  }

  public func callAsFunction(
    _ planes: Matrix, _ map: [Float], of label: Int, _ scorer: Scorer
  ) throws -> Change {
    // Clipping would turn NaN into 0.
    try Card.check("the confidence change", map: map)
    let seen = planes.seen(through: Matrix([scaling.mask(map)]))
    let scores = try scorer.scores(of: ChangedPictures(2) { $0 == 0 ? planes : seen })
    return Change(
      before: scores[0][label], after: scores[1][label], scale: scorer.scale,
      card: Card(
        "confidence change", paper: "Chattopadhyay et al. 2018, arXiv 1710.11063",
        [
          "fill": "zero", "map": .string(scaling.rawValue),
          "score": .string(scorer.scale.rawValue), "classes": .integer(scores[0].count),
        ]))
  }
}

extension ConfidenceChange.Scaling {
  /// The mask from 0 to 1. It is all 0 for a constant map, and for one without positive values if
  /// these are clipped.
  func mask(_ map: [Float]) -> [Float] {
    let clipped = Matrix([self == .minMax ? map : map.map { max(0, $0) }])
    guard self == .clippedMax else { return clipped.scaledToUnit().elements }
    let most = clipped.elements.max() ?? 0
    return clipped.elements.map { most > 0 ? $0 / most : 0 }
  }
}
