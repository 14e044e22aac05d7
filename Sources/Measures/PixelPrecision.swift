import Explaining
import Pictures

/// PxAP: the area under the curve of precision over recall of all pictures' pixels together.
///
/// ```swift
/// var precision = PixelPrecision()
/// precision.add(map, bird)
/// precision.area
/// ```
///
/// Pixels are counted by the threshold that they reach, in the truth and beside it; with P and R those
/// at or above threshold i, from the highest down,
///
///     area = sum_i P_i (R_i - R_(i-1))
///
/// (Choe et al. 2020, by clovaai/wsolevaluation's `MaskEvaluator`.) Large things count more than
/// small ones, since all pixels stand together: the mean of each picture's average precision is
/// another number.
public struct PixelPrecision: Equatable, Sendable {
  /// From the lowest; behind the last of them only what is 1 itself.
  private let edges: [Double]
  /// The last edge that each 1024th reaches: where to begin looking for a number's.
  private let starts: [Int]
  /// How many pixels of the truth, and of the rest, lie between each edge and the next.
  var inside: [Int]
  var outside: [Int]
  public private(set) var count = 0
  /// How many pictures had no map.
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

  /// Adds a map, from 0 for its least number to 1 for its most. What a dataset says to ignore is
  /// counted on neither side.
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

  /// The last edge that a number reaches.
  private func bin(of value: Double) -> Int {
    var bin = starts[Int(value * 1024)]
    while bin + 1 < edges.count, edges[bin + 1] <= value { bin += 1 }
    return bin
  }

  /// Nil where no pixel lies in the truth.
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
