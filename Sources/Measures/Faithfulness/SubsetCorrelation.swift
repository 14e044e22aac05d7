import Encoders
import Explaining
import Ground
import Pictures

/// Whether sets of pixels with higher values in the map lower the score more when they are removed:
/// the correlation, over random sets of one size, between the sum of the map in a set and the loss
/// of score without the set.
///
/// ```swift
/// try SubsetCorrelation()(planes, pixels, values, of: 0, scorer).value
/// ```
///
/// 100 sets of 224 pixels that are replaced by the mean color are quantus's settings for the
/// faithfulness correlation of Bhatt et al. 2020 (arXiv 2005.00631). With other sizes n it is the
/// sensitivity-n of Ancona et al. 2018 (arXiv 1711.06104). A pixel is removed with all of its
/// colors; quantus removes single color values.
public struct SubsetCorrelation: Sendable {
  /// The number of pixels in a set.
  public var size: Int
  public var runs: Int
  public var fill: Fill
  public var seed: UInt64

  public init(size: Int = 224, runs: Int = 100, fill: Fill = .zero, seed: UInt64 = 0) {
    self.size = size
    self.runs = runs
    self.fill = fill
    self.seed = seed
  }

  public func callAsFunction(
    _ planes: Matrix, _ pixels: Grid, _ map: [Float], of label: Int, _ scorer: Scorer
  ) throws -> CardedNumber {
    try Card.check("the subsets' size", Double(size), "1 to \(map.count - 1) pixels") {
      $0 >= 1 && $0 < Double(map.count)
    }
    try Card.check("the subsets' runs", Double(runs), "at least 2") { $0 >= 2 }
    let subsets = (0..<runs).map { subset(of: map.count, $0) }
    return try self(planes, pixels, map, of: label, scorer, subsets: subsets)
  }

  /// The same for given sets.
  package func callAsFunction(
    _ planes: Matrix, _ pixels: Grid, _ map: [Float], of label: Int, _ scorer: Scorer,
    subsets: [[Int]]
  ) throws -> CardedNumber {
    try Card.check("the faithfulness correlation", map: map)
    let filled = fill(planes, pixels)
    let scores = try scorer.scores(
      of: ChangedPictures(1 + subsets.count) { index in
        index == 0 ? planes : planes.replacing(subsets[index - 1], from: filled)
      }
    ).map { $0[label] }
    let given = subsets.map { subset in subset.reduce(0.0) { $0 + Double(map[$1]) } }
    let lost = scores.dropFirst().map { scores[0] - $0 }
    let card = Card(
      "faithfulness correlation", paper: "Bhatt et al. 2020, arXiv 2005.00631",
      [
        "fill": .string(fill.name), "pixels": .integer(size), "steps": .integer(subsets.count),
        "score": .string(scorer.scale.rawValue), "seed": .string("\(seed)"),
      ])
    if let correlation = correlation(given, lost) {
      return CardedNumber(value: correlation, card: card)
    }
    let why = "the map's sums, or the scores, are all the same"
    return CardedNumber(value: nil, card: card.leaving("all", why))
  }

  /// Draws a uniformly random set of `size` different pixels: the first of a shuffled deck. (Fisher
  /// and Yates.)
  package func subset(of count: Int, _ run: Int) -> [Int] {
    var random = SplitMix(seed: seed, run)
    var deck = Array(0..<count)
    for place in 0..<size { deck.swapAt(place, place + random.below(count - place)) }
    return Array(deck.prefix(size))
  }
}
