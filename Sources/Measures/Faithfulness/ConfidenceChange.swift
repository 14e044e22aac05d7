import Encoders
import Explaining
import Models

/// What a class scores when the picture is seen through its map: x m, where m is 1 the picture itself
/// and where it is 0 mean color.
///
/// ```swift
/// let change = try ConfidenceChange()(planes, values, of: 0, scorer)
/// change.averageDrop.value      // mean it over pictures; small is good
/// ```
///
/// (Chattopadhyay et al. 2018, arXiv 1710.11063: drop and increase; Zhang et al. 2024, Opti-CAM, arXiv
/// 2301.07002: gain.) What m is differs from code to code, so it is a choice that the card names.
public struct ConfidenceChange: Sendable {
  /// How a map becomes m.
  public enum Scaling: String, CaseIterable, Sendable {
    /// (m - least) / (most - least) of the map as it is: torchcam's maps.
    case minMax = "min-max"
    /// What is below 0 taken off, then from the least to the most.
    case clippedMinMax = "clipped, min-max"
    /// What is below 0 taken off, then over the most: 0 stays 0, and a map that is above 0 everywhere
    /// hides nothing wholly.
    case clippedMax = "clipped, over the most"
  }

  public var scaling: Scaling
  public init(_ scaling: Scaling = .clippedMinMax) { self.scaling = scaling }

  public struct Change: Equatable, Sendable {
    public let before: Double
    public let after: Double
    let scale: Scorer.Scale
    let card: Card

    /// max(0, before - after) / before; none of a score that is not above 0, which a logit may be.
    ///
    /// grad-cam's `DropInConfidence` does not divide, so that a class of 2 % cannot drop by more than
    /// that; torchcam divides by 10^-7 more.
    public var averageDrop: CardedNumber {
      before > 0
        ? CardedNumber(value: max(0, before - after) / before, card: card)
        : CardedNumber(value: nil, card: card.leaving("all", "the score \(before) is not above 0"))
    }

    /// Whether the class scores more: the mean over pictures is the increase in confidence.
    public var isIncrease: Bool { after > before }

    /// max(0, after - before) / (1 - before): how much of the doubt that there was is gone. None of
    /// logits, which have no 1, nor where there was no doubt.
    public var averageGain: CardedNumber {
      if scale == .logit {
        return CardedNumber(value: nil, card: card.leaving("all", "logits have no most"))
      }
      return before < 1
        ? CardedNumber(value: max(0, after - before) / (1 - before), card: card)
        : CardedNumber(value: nil, card: card.leaving("all", "the probability was 1"))
    }
  }

  public func callAsFunction(
    _ planes: Matrix, _ map: [Float], of label: Int, _ scorer: Scorer
  ) throws -> Change {
    // Clipping would make 0 of what is no number.
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
  /// From 0 to 1; all 0 of a map that is the same everywhere, or nowhere above 0.
  func mask(_ map: [Float]) -> [Float] {
    let clipped = Matrix([self == .minMax ? map : map.map { max(0, $0) }])
    guard self == .clippedMax else { return clipped.scaledToUnit().elements }
    let most = clipped.elements.max() ?? 0
    return clipped.elements.map { most > 0 ? $0 / most : 0 }
  }
}
