import Encoders
import Explaining
import Ground
import Pictures

/// Remove and debias: what a class scores when a map's pixels are taken away so that their places
/// tell nothing, filled in from those around them and with a little noise. (Rong et al. 2022, arXiv
/// 2202.00449.)
///
/// ```swift
/// let road = try ROAD()(planes, pixels, values, of: 0, scorer)
/// road.combined      // larger is better
/// ```
///
/// At a percentile p the most relevant pixels first (MoRF) go that lie at or above it in the map; for
/// the least relevant first (LeRF) the same of the map turned over. So at 90 a tenth goes. The value
/// is the score after minus the score before, and combined is the mean over percentiles of
///
///     (LeRF - MoRF) / 2
///
/// as grad-cam has it. The paper itself measures accuracy over a dataset; so does quantus.
public struct ROAD: Sendable {
  /// Which pixels are at or above a percentile where many are equal.
  public enum Removal: String, CaseIterable, Sendable {
    /// As many as there would be if none were equal, by the order of pixels.
    case count = "as many as if no values were equal"
    /// All of them, as grad-cam does. Of a clipped map, half of it 0, the percentiles up to 50 so
    /// take the whole picture away. Nothing can be filled in then, and they are left out; there the
    /// equations without a solution are solved all the same, and whatever comes out is scored.
    case threshold = "all at or above the percentile"
  }

  public var percentiles: [Double]
  public var removal: Removal
  public var order: PixelOrder
  /// The deviation of what is added to filled pixels.
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
    /// Those that something was left at.
    public let percentiles: [Double]
    /// Score after minus before, of each.
    public let mostRelevantFirst: [Double]
    public let leastRelevantFirst: [Double]
    public let card: Card

    /// Nil where nothing was left at any percentile.
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
    // A percentile between an infinite number and another is none, and nothing would be removed.
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

  /// The pixels at or above a percentile, which lies between two values by a straight line: NumPy's.
  private func removed(_ map: [Float], _ order: [Int], at percentile: Double) -> [Int] {
    let place = percentile / 100 * Double(map.count - 1)
    guard removal == .threshold else {
      return Array(order.prefix(map.count - Int(place.rounded(.up))))
    }
    /// By size from below.
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
    // Draws belong to the picture that they are for, whoever makes it.
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
