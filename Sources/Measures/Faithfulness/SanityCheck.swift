import Encoders
import Explaining
import Ground
import Models

/// Whether maps depend on what they are said to explain: on what the model has learned, and on the
/// words that are asked for. A map that stays when these go was never about them. (Adebayo et al. 2018,
/// arXiv 1810.03292.)
///
///     let check = SanityCheck([.init("spearman", spearman), .init("ssim", ssim)])
///     let cascade = try check.cascade(model) { model in try map(ImageEncoder(model)) }
///     let words = try check.prompts(epaulets) { target in map(of: target) }
///     cascade.mean(of: "spearman")      // 1 where nothing changes
///
/// Similarities are of the maps as they are given: take sizes before if signs are not to count, and
/// scale where the measure asks for it.
public struct SanityCheck: Sendable {
  public let similarities: [Similarity]

  public init(_ similarities: [Similarity]) { self.similarities = similarities }

  /// How alike two maps of a picture are; nil where that cannot be said, as no correlation can of a map
  /// that is the same everywhere. What a model drawn anew lights may well be nothing.
  public struct Similarity: Sendable {
    public let name: String
    let measure: @Sendable (PixelMap, PixelMap) throws -> Double?

    public init(
      _ name: String, _ measure: @escaping @Sendable (PixelMap, PixelMap) throws -> Double?
    ) {
      self.name = name
      self.measure = measure
    }
  }

  /// What was taken away, and how alike the map from before and the one from then are.
  public struct Step: Equatable, Sendable {
    public let name: String
    /// In the order of the check's similarities.
    public let values: [Double?]
  }

  public struct Result: Equatable, Sendable {
    /// Without the map compared with itself.
    public let steps: [Step]
    let names: [String]
    public let card: Card

    /// A similarity's mean over all steps that have it; the card names the others.
    public func mean(of name: String) -> Double? {
      guard let index = names.firstIndex(of: name) else { return nil }
      let known = steps.compactMap { $0.values[index] }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  /// Which weights are drawn anew at a step.
  public enum Weights: String, Sendable {
    /// One layer more at each: from the end of the picture's tower to its beginning.
    case cascading
    /// One layer alone at each.
    case independent
  }

  /// The map again and again, with ever more of the model drawn anew: its end (norm and projection),
  /// the last block, the block before ... the first, the patches. The words' tower stays, so the
  /// target is the same throughout.
  public func cascade(
    _ model: Model, _ weights: Weights = .cascading, seed: UInt64 = 0,
    mapOf: (Model) throws -> PixelMap
  ) throws -> Result {
    let map = try mapOf(model)
    func step(_ layer: ModelLayer, _ changed: Model) throws -> Step {
      try self.step(layer.name, map, mapOf(changed))
    }
    let steps =
      switch weights {
      case .cascading: try model.forgetting(seed: seed, step)
      case .independent:
        try model.imageLayers.map { try step($0, model.randomised($0, seed: seed)) }
      }
    return result(
      steps, "model randomisation",
      [
        "weights": .string(weights.rawValue), "seed": .string("\(seed)"),
        "fill": "normal numbers of each weight's own mean and deviation",
        "steps": .array(steps.map { .string($0.name) }), "score": .null,
      ])
  }

  /// The map of the same picture for directions that mean nothing, so many times. For a model of
  /// words this is the step before the first of the cascade: the prompt is the last layer's row.
  public func prompts(
    _ target: Target, draws: Int = 10, seed: UInt64 = 0, mapOf: (Target) throws -> PixelMap
  ) throws -> Result {
    try Card.check("the prompts' draws", Double(draws), "at least 1") { $0 >= 1 }
    let map = try mapOf(target)
    let steps = try (0..<draws).map { draw in
      let random = target.withRandomDirections(SplitMix(seed: seed, draw))
      return try step("direction \(draw)", map, mapOf(random))
    }
    return result(
      steps, "prompt randomisation",
      [
        "fill": "directions of each prompt's own length, all as likely",
        "seed": .string("\(seed)"), "steps": .integer(draws), "score": .null,
      ])
  }

  private func step(_ name: String, _ before: PixelMap, _ after: PixelMap) throws -> Step {
    let values = try similarities.map { try $0.measure(before, after) }
    return Step(name: name, values: values.map { $0.flatMap { $0.isFinite ? $0 : nil } })
  }

  private func result(
    _ steps: [Step], _ measure: String, _ settings: KeyValuePairs<String, JSON>
  ) -> Result {
    let unknown = steps.flatMap { step in
      zip(similarities, step.values).filter { $0.1 == nil }.map { similarity, _ in
        Card.LeftOut(
          what: "\(similarity.name) at \(step.name)", why: "the two maps have no such similarity")
      }
    }
    return Result(
      steps: steps, names: similarities.map(\.name),
      card: Card(
        measure, paper: "Adebayo et al. 2018, arXiv 1810.03292", settings, leftOut: unknown))
  }
}

extension Target {
  /// The same score of other directions, each of its old length: normal numbers, which are as likely
  /// to point anywhere.
  func withRandomDirections(_ random: SplitMix) -> Target {
    var random = random
    let rows = (0..<directions.rows).map { row -> Matrix in
      let length = directions[row: row].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      let drawn = Matrix([(0..<directions.columns).map { _ in random.normal() }])
      return Float(length) * drawn.scaledToUnitRows()
    }
    return Target(
      "at random", space, .stacked(rows), biases, weights: weights, combine: combine)
  }
}
