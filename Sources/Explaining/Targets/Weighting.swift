import Encoders
import Ground

/// How a concept is compared with several references: what is explained, and how one map is made of it.
///
/// ```swift
/// Weighting.mean.contrast(epaulets, [beak, wing], 0.6).target
/// Weighting.all.map(\.name)      // what --weighting takes
/// ```
///
/// The order of clipping and averaging matters, because what speaks against counts as nothing; the
/// paper's table 3 has the first, the third and the fourth, its figure 9b the last.
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

  /// Without references, or with none of their strength, every way is the plain method.
  public func contrast(_ concept: Target, _ references: [Target], _ strength: Float) -> Contrast {
    guard !references.isEmpty, strength != 0 else { return Contrast(concept.among(references)) }
    return compare(concept, references, strength)
  }
}

extension Weighting {
  public static let all: [Weighting] = [.mean, .softmax, .max, .clippedMean, .maps]

  /// Eq. 8: the mean of references is subtracted, before anything is clipped.
  public static let mean = Weighting("mean", "the paper's mean") { concept, references, strength in
    Contrast(concept.compared(with: references, strength: strength))
  }

  /// The official code's: what the model thinks likely counts more.
  public static let softmax = Weighting("softmax", "the official code's softmax") {
    Contrast($0.comparedBySoftmax(with: $1, strength: $2))
  }

  /// The largest of the maps against each reference, place by place, before clipping.
  public static let max = Weighting("max", "the most of the maps against each") {
    concept, references, strength in
    Contrast(each: references, concept, strength) { maps in
      maps.dropFirst().reduce(maps[0]) {
        $0.with($0.values.merged($1.values) { Swift.max($0, $1) })
      }
    }
  }

  /// The mean of the maps against each reference, each clipped first.
  public static let clippedMean = Weighting("clipped-mean", "the mean of the clipped maps of each")
  {
    concept, references, strength in
    Contrast(each: references, concept, strength) { mean($0.map { $0.clipped() }) }
  }

  /// Not a contrast but what it is better than: finished maps, clipped and scaled from 0 to 1, of
  /// which those of the references are subtracted from that of the concept (figure 9b).
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

/// A concept beside what it is compared with: a score, and the maps that account for it.
public struct Contrast: Sendable {
  /// What the score is.
  public let target: Target
  /// What is explained: mostly the target alone.
  public let parts: [Target]
  /// The map, out of one for each part.
  public let joined: @Sendable ([Heatmap]) -> Heatmap

  /// A score that has one map.
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

  /// Against one reference after the other; the score is the mean's, as in eq. 8.
  fileprivate init(
    each references: [Target], _ concept: Target, _ strength: Float,
    joined: @escaping @Sendable ([Heatmap]) -> Heatmap
  ) {
    self.init(
      concept.compared(with: references, strength: strength),
      parts: references.map { concept.compared(with: [$0], strength: strength) }, joined: joined)
  }
}
