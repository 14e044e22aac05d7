import Explaining

/// MaxBoxAcc and MaxBoxAccV2 of many pictures: at the threshold that suits all of them best, how many
/// boxes fit.
///
///     var accuracy = BoxAccuracy(around: .all)
///     accuracy.add(map, bird)
///     accuracy.best            // a share for each of the overlaps 0.3, 0.5, 0.7
///     accuracy.mean            // MaxBoxAccV2
///
/// (Choe et al. 2020.) One threshold is chosen for the whole dataset, after seeing it: that is how the
/// figure is defined, and why it is no estimate of how well a fixed threshold would do.
public struct BoxAccuracy: Equatable, Sendable {
  /// 0, 0.001, ... 0.999: what the code takes unless told otherwise.
  public static let thresholds = (0..<1000).map { Double($0) * 0.001 }

  public let parts: BoxedParts
  public let thresholds: [Double]
  /// How well a box must fit to count.
  public let overlaps: [Double]
  /// How many boxes fit, for each of the overlaps and each threshold.
  private var fits: [[Int]]
  public private(set) var count = 0
  /// How many pictures had no truth or no map.
  public private(set) var leftOut = 0

  /// MaxBoxAcc is the largest part at 0.5, V2 all parts and the mean over 0.3, 0.5 and 0.7.
  public init(
    around parts: BoxedParts, overlaps: [Double] = [0.3, 0.5, 0.7],
    thresholds: [Double] = BoxAccuracy.thresholds
  ) {
    precondition(!overlaps.isEmpty && !thresholds.isEmpty, "Boxes fit at some threshold.")
    self.parts = parts
    self.overlaps = overlaps
    self.thresholds = thresholds
    fits = overlaps.map { _ in [Int](repeating: 0, count: thresholds.count) }
  }

  public mutating func add(_ map: PixelMap, _ truth: Truth) {
    guard let found = map.boxOverlaps(with: truth, around: parts, thresholds: thresholds) else {
      leftOut += 1
      return
    }
    count += 1
    for (place, least) in overlaps.enumerated() {
      for (threshold, overlap) in found.enumerated() where overlap >= least {
        fits[place][threshold] += 1
      }
    }
  }

  /// For each of the overlaps the share of pictures whose box fits, at its best threshold; nil
  /// without pictures.
  public var best: [Double]? {
    count == 0 ? nil : fits.map { Double($0.max() ?? 0) / Double(count) }
  }

  public var mean: Double? { best.map { $0.reduce(0, +) / Double($0.count) } }
}
