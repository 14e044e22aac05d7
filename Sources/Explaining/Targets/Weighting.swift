import Encoders
import Ground

/// A way of comparing a concept with several references: what is explained, and how its maps are
/// joined.
///
/// ```swift
/// Weighting.mean.contrast(epaulets, [beak, wing], 0.6).target
/// Weighting.all.map(\.name)      // what --weighting takes
/// ```
///
/// The order of clipping and averaging matters, because clipping drops what speaks against the
/// concept. The paper's table 3 compares `mean`, `max` and `clippedMean`; its figure 9b shows
/// `maps`.
public struct Weighting: Named {
  public static let kind = "a weighting"

  public let name: String
  public let summary: String
  private let compare:
    @Sendable (_ concept: Target, _ references: [Target], _ strength: Float) -> Contrast

  init(
    _ name: String, _ summary: String,
    _ compare: @escaping @Sendable (Target, [Target], Float) -> Contrast
  ) {
    self.name = name
    self.summary = summary
    self.compare = compare
  }

  /// Returns the contrast. Without references, or with strength 0, every way is the plain method.
  public func contrast(_ concept: Target, _ references: [Target], _ strength: Float) -> Contrast {
    guard !references.isEmpty, strength != 0 else { return Contrast(concept.among(references)) }
    return compare(concept, references, strength)
  }
}

extension Weighting {
  public static let all: [Weighting] = [.mean, .softmax, .max, .clippedMean, .maps]

  /// Eq. 8: the mean of the references is subtracted before anything is clipped.
  public static let mean = Weighting("mean", "the paper's mean") { concept, references, strength in
    Contrast(concept.compared(with: references, strength: strength))
  }

  /// The official code's way: references that the model thinks likely count more.
  public static let softmax = Weighting("softmax", "the official code's softmax") {
    Contrast($0.comparedBySoftmax(with: $1, strength: $2))
  }

  /// The largest of the maps against each reference, place by place, before clipping.
  public static let max = Weighting("max", "the largest of the maps against each") {
    concept, references, strength in
    Contrast(each: references, concept, strength) { maps in
      maps.dropFirst().reduce(maps[0]) {
        $0.with($0.values.merged($1.values) { Swift.max($0, $1) })
      }
    }
  }

  /// The mean of the maps against each reference, each clipped first.
  public static let clippedMean = Weighting(
    "clipped-mean", "the mean of the clipped maps against each"
  ) {
    concept, references, strength in
    Contrast(each: references, concept, strength) { mean($0.map { $0.clipped() }) }
  }

  /// Not a contrast, but the baseline that contrasts improve on: finished maps, clipped and scaled
  /// from 0 to 1. The mean map of the references is subtracted from that of the concept (figure
  /// 9b).
  public static let maps = Weighting("maps", "finished maps subtracted, which is noisy") {
    concept, references, strength in
    let all = [concept] + references
    let parts = concept.shares == nil ? Target.sharing(all) : all
    return Contrast(concept.compared(with: references, strength: strength), parts: parts) { maps in
      let finished = maps.map { $0.clipped().scaledToUnit() }
      let others = mean(Array(finished.dropFirst()))
      return finished[0].with(
        finished[0].values.merged(others.values) { $0 - strength * $1 })
    }
  }

  private static func mean(_ maps: [Heatmap]) -> Heatmap {
    let sum = maps.dropFirst().reduce(maps[0].values) { $0 + $1.values }
    return maps[0].with((1 / Float(maps.count)) * sum)
  }
}

/// A concept together with what it is compared with: a score, and the maps that explain it.
public struct Contrast: Sendable {
  /// The target that gives the score.
  public let target: Target
  /// The targets that are explained, which is usually the target alone.
  public let parts: [Target]
  /// Makes the map from one map for each part.
  public let joined: @Sendable ([Heatmap]) -> Heatmap

  /// Makes a contrast whose score has one map.
  public init(_ target: Target) {
    self.init(target, parts: [target]) { $0[0] }
  }

  init(
    _ target: Target, parts: [Target], joined: @escaping @Sendable ([Heatmap]) -> Heatmap
  ) {
    self.target = target
    self.parts = parts
    self.joined = joined
  }

  /// Compares with one reference after the other. The score is that of their mean, as in eq. 8.
  fileprivate init(
    each references: [Target], _ concept: Target, _ strength: Float,
    joined: @escaping @Sendable ([Heatmap]) -> Heatmap
  ) {
    self.init(
      concept.compared(with: references, strength: strength),
      parts: references.map { concept.compared(with: [$0], strength: strength) }, joined: joined)
  }
}
