import Encoders

/// Where a mask begins on a map that is scaled to 0...1.
///
/// ```swift
/// let seen = map.clipped().scaledToUnit().resized()
/// seen.mask(above: Threshold.otsu.value(of: seen))
/// ```
public enum Threshold: Equatable, Sendable {
  case at(Float)
  /// Where it divides the values best into two groups (Otsu 1979).
  case otsu

  public func value(of map: PixelMap) -> Float {
    switch self {
    case .at(let value): value
    case .otsu: otsuThreshold(map.values.elements)
    }
  }
}

extension Threshold {
  public static let expectation = "0 to 1, or otsu"

  /// Nil of numbers that are not from 0 to 1.
  public init?(_ value: Float) {
    guard (0...1).contains(value) else { return nil }
    self = .at(value)
  }

  public init?(text: String) {
    guard text.lowercased() != "otsu" else {
      self = .otsu
      return
    }
    guard let value = Float(text), let threshold = Threshold(value) else { return nil }
    self = threshold
  }
}

extension Threshold: CustomStringConvertible {
  public var description: String {
    switch self {
    case .at(let value): "\(value)"
    case .otsu: "otsu"
    }
  }
}

/// The threshold between two groups of values that leaves the largest variance between them, of the middles
/// of 256 bins between the least and the largest value:
///
///     w1 w2 (m1 - m2)^2      w: how many values each group has, m: their means
///
/// As scikit-image 0.25's `threshold_otsu` has it. Values that are all the same are their own threshold.
func otsuThreshold(_ values: [Float]) -> Float {
  let (least, most) = (values.min() ?? 0, values.max() ?? 0)
  guard least < most else { return least }
  let bins = 256
  let width = (Double(most) - Double(least)) / Double(bins)
  var counts = [Double](repeating: 0, count: bins)
  for value in values {
    let place = Int((Double(value) - Double(least)) / width)
    counts[min(max(place, 0), bins - 1)] += 1
  }
  let middles = (0..<bins).map { Double(least) + (Double($0) + 0.5) * width }
  let all = counts.reduce(0, +)
  let sum = zip(counts, middles).reduce(0) { $0 + $1.0 * $1.1 }
  var (below, sumBelow) = (0.0, 0.0)
  var best = (variance: -1.0, bin: 0)
  for bin in 0..<bins - 1 {
    below += counts[bin]
    sumBelow += counts[bin] * middles[bin]
    guard below > 0, below < all else { continue }
    let distance = sumBelow / below - (sum - sumBelow) / (all - below)
    let variance = below * (all - below) * distance * distance
    if variance > best.variance { best = (variance, bin) }
  }
  return Float(middles[best.bin])
}
