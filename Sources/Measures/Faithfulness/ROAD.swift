import Encoders
import Explaining
import Ground
import Pictures

/// Remove and debias: how a class's score changes when pixels of a map are removed in a way that
/// does not reveal where they were. They are filled in from the pixels around them, with a little
/// noise. (Rong et al. 2022, arXiv 2202.00449.)
///
/// ```swift
/// let road = try ROAD()(planes, pixels, values, of: 0, scorer)
/// road.combined      // larger is better
/// ```
///
/// At a percentile p, removing the most relevant pixels first (MoRF) removes those whose values are
/// at or above p. Removing the least relevant first (LeRF) does the same with the negated map. At
/// the percentile 90, a tenth of the pixels is removed. The value is the score after minus the
/// score before, and the combined value is the mean over percentiles of
///
///     (LeRF - MoRF) / 2
///
/// as in grad-cam. The paper itself, and quantus, measure accuracy over a dataset.
public struct ROAD: Sendable {
  /// Which pixels count as at or above a percentile if many values are equal.
  public enum Removal: String, CaseIterable, Sendable {
    /// As many as if no values were equal, chosen by the order of pixels.
    case count = "as many as if no values were equal"
    /// All of them, as in grad-cam. For a clipped map of which half is 0, percentiles up to 50 then
    /// remove the whole picture. Nothing is left to fill in from, so these percentiles are left out
    /// here; grad-cam solves the singular equations anyway and scores whatever comes out.
    case threshold = "all at or above the percentile"
  }

  public var percentiles: [Double]
  public var removal: Removal
  public var order: PixelOrder
  /// The standard deviation of the noise that is added to filled pixels.
  public var noise: Float
  public var seed: UInt64

  public init(
    percentiles: [Double] = [10, 20, 30, 40, 50, 60, 70, 80, 90], removal: Removal = .count,
    order: PixelOrder = .firstOfEquals, noise: Float = 0.01, seed: UInt64 = 0
  ) {
    self.percentiles = percentiles
    self.removal = removal
    self.order = order
    self.noise = noise
    self.seed = seed
  }

  public struct Result: Equatable, Sendable {
    /// The percentiles at which some pixels were left.
    public let percentiles: [Double]
    /// The score after minus the score before, at each percentile.
    public let mostRelevantFirst: [Double]
    public let leastRelevantFirst: [Double]
    public let card: Card

    /// Nil if no percentile left any pixels.
    public var combined: Double? {
      guard !percentiles.isEmpty else { return nil }
      let both = zip(leastRelevantFirst, mostRelevantFirst).map { ($0 - $1) / 2 }
      return both.reduce(0, +) / Double(both.count)
    }
  }

  public func callAsFunction(
    _ planes: Matrix, _ pixels: Grid, _ map: [Float], of label: Int, _ scorer: Scorer
  ) throws -> Result {
    for percentile in percentiles {
      try Card.check("ROAD's percentile", percentile, "above 0, below 100") {
        $0 > 0 && $0 < 100
      }
    }
    // A percentile between an infinite number and another is NaN, and nothing would be removed.
    try Card.check("ROAD", map: map)
    let most = removed(map, at: percentiles)
    let least = removed(map.map { -$0 }, at: percentiles)
    let kept = percentiles.indices.filter { max(most[$0].count, least[$0].count) < map.count }
    let removals = kept.map { most[$0] } + kept.map { least[$0] }
    let scores = try scorer.scores(
      of: ChangedPictures(1 + removals.count) { index in
        guard index > 0 else { return planes }
        return try filled(planes, pixels, removals[index - 1], index)
      }
    ).map { $0[label] }
    let changes = scores.dropFirst().map { $0 - scores[0] }
    return Result(
      percentiles: kept.map { percentiles[$0] },
      mostRelevantFirst: Array(changes.prefix(kept.count)),
      leastRelevantFirst: Array(changes.suffix(kept.count)), card: card(kept, scorer))
  }

  package func removed(_ map: [Float], at percentile: Double) -> [Int] {
    removed(map, at: [percentile])[0]
  }

  private func removed(_ map: [Float], at percentiles: [Double]) -> [[Int]] {
    let order = order(map)
    return percentiles.map { removed(map, order, at: $0) }
  }

  /// The pixels at or above a percentile, which is interpolated linearly between two values as in
  /// NumPy.
  private func removed(_ map: [Float], _ order: [Int], at percentile: Double) -> [Int] {
    let place = percentile / 100 * Double(map.count - 1)
    guard removal == .threshold else {
      return Array(order.prefix(map.count - Int(place.rounded(.up))))
    }
    /// The value with this index in ascending order.
    func value(_ index: Int) -> Double { Double(map[order[map.count - 1 - index]]) }
    let lower = Int(place)
    let upper = min(map.count - 1, lower + 1)
    let threshold = value(lower) + (value(upper) - value(lower)) * (place - Double(lower))
    return order.filter { Double(map[$0]) >= threshold }
  }

  private func filled(
    _ planes: Matrix, _ pixels: Grid, _ removed: [Int], _ index: Int
  ) throws -> Matrix {
    var filled = try LinearImputation(pixels, missing: removed).filled(planes)
    // The random draws belong to the picture, whichever thread makes it.
    var random = SplitMix(seed: seed, index)
    for plane in 0..<planes.rows {
      for pixel in removed { filled[plane, pixel] += noise * random.normal() }
    }
    return filled
  }

  private func card(_ kept: [Int], _ scorer: Scorer) -> Card {
    let dropped = percentiles.indices.filter { !kept.contains($0) }.map { percentiles[$0] }
    return Card(
      "ROAD", paper: "Rong et al. 2022, arXiv 2202.00449",
      [
        "fill": "noisy linear imputation", "noise": JSON(noise), "seed": .string("\(seed)"),
        "percentiles": .array(kept.map { .number(percentiles[$0]) }),
        "removal": .string(removal.rawValue), "score": .string(scorer.scale.rawValue),
        "ties": .string(order.rawValue),
      ],
      leftOut: dropped.map {
        .init(what: "percentile \($0)", why: "every pixel of the map is at or above it")
      })
  }
}
