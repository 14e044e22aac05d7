import Explaining
import Pictures

/// PxAP: the area under the precision-recall curve of all pictures' pixels together.
///
/// ```swift
/// var precision = PixelPrecision()
/// precision.add(map, bird)
/// precision.area
/// ```
///
/// Pixels inside and outside the truth are counted by the highest threshold that they reach. With
/// the precision P_i and recall R_i of the pixels at or above threshold i, from the highest down,
///
///     area = sum_i P_i (R_i - R_(i-1))
///
/// (Choe et al. 2020, by clovaai/wsolevaluation's `MaskEvaluator`.) All pixels are pooled, so large
/// things count more than small ones; the mean of the pictures' average precisions is a different
/// number.
public struct PixelPrecision: Equatable, Sendable {
  /// The thresholds from the lowest, and finally 1, which only the value 1 itself reaches.
  private let edges: [Double]
  /// For each multiple of 1/1024, the last edge that it reaches, from which the search for a
  /// number's edge begins.
  private let starts: [Int]
  /// The numbers of pixels inside and outside the truth that lie between each edge and the next.
  var inside: [Int]
  var outside: [Int]
  public private(set) var count = 0
  /// The number of pictures without a map.
  public private(set) var leftOut = 0

  public init(thresholds: [Double] = PixelMap.thresholds) {
    precondition(
      thresholds.first == 0 && zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 < $1 }
        && thresholds.last ?? 1 < 1, "Thresholds rise from 0 to below 1.")
    let edges = thresholds + [1]
    self.edges = edges
    starts = (0...1024).map { part in
      (edges.firstIndex { $0 > Double(part) / 1024 } ?? edges.count) - 1
    }
    inside = [Int](repeating: 0, count: edges.count)
    outside = inside
  }

  /// Adds a map, scaled from 0 for its minimum to 1 for its maximum. Pixels that a dataset says to
  /// ignore are not counted.
  public mutating func add(_ map: PixelMap, _ truth: Truth, ignoring ignored: Mask? = nil) {
    precondition(map.isOfThePicture(of: truth), "A map and its truth are of one picture.")
    precondition(
      ignored.map { $0.pixels.count == truth.mask.pixels.count } ?? true,
      "What is ignored is of the same picture.")
    guard let units = map.units else {
      leftOut += 1
      return
    }
    count += 1
    for (place, value) in units.enumerated() where ignored?.pixels[place] != true {
      let bin = bin(of: value)
      if truth.mask.pixels[place] { inside[bin] += 1 } else { outside[bin] += 1 }
    }
  }

  /// The index of the last edge that a number reaches.
  private func bin(of value: Double) -> Int {
    var bin = starts[Int(value * 1024)]
    while bin + 1 < edges.count, edges[bin + 1] <= value { bin += 1 }
    return bin
  }

  /// Nil if no pixel lies in the truth.
  public var area: Double? {
    let all = inside.reduce(0, +)
    guard all > 0 else { return nil }
    var (sum, hits, misses) = (0.0, 0, 0)
    for (inside, outside) in zip(inside, outside).reversed() {
      (hits, misses) = (hits + inside, misses + outside)
      guard hits + misses > 0 else { continue }
      sum += Double(hits) / Double(hits + misses) * Double(inside) / Double(all)
    }
    return sum
  }
}
