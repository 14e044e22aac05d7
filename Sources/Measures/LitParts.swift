import Explaining

/// Which parts of the bird the brightest pixels of a map cover: how GALORE judges where two classes
/// are said to differ.
///
/// ```swift
/// let lit = LitParts(map, points)
/// lit?.names(at: 0.05)                              // ["beak", "throat"]
/// lit?.scores(at: 0.05, against: parts(of: 9, and: 8))
/// ```
///
/// Of n pixels the k = floor(share n) brightest would be the region; as in SCOUT's code it is what
/// lies above the k-th largest number, so that k - 1 pixels are in it, or fewer where that number
/// occurs often, as it does where a map is flat. (`cf_ss_res_cub.py` of peiwang062/SCOUT, whose
/// points lie in the 224 x 224 pixels of a crop: here they and the map are in the picture's own.)
public struct LitParts: Sendable {
  /// The shares at which SCOUT measures.
  public static let shares = (1...99).map { Double($0) * 0.01 }

  /// From the largest.
  private let sorted: [Float]
  /// Every part that is seen within the picture, and the map's number there.
  private let parts: [(name: String, value: Float)]

  /// Nil where there is no map.
  public init?(_ map: PixelMap, _ points: [PartPoint]) {
    guard let values = map.filled else { return nil }
    sorted = values.orderFromLargest.map { values[$0] }
    parts = points.compactMap { point in
      point.pixel(width: map.width, height: map.height).map { (point.name, values[$0]) }
    }
  }

  /// The parts that are seen, lit or not.
  public var seen: Set<String> { Set(parts.map(\.name)) }

  /// Those that lie in the brightest share of the picture's pixels.
  public func names(at share: Double) -> Set<String> {
    precondition((0...1).contains(share), "The brightest pixels are a share of all.")
    let count = Int(share * Double(sorted.count))
    // The code's threshold would be the least number of all here, and everything in.
    guard count > 0 else { return [] }
    let threshold = sorted[count - 1]
    return Set(parts.filter { $0.value > threshold }.map(\.name))
  }

  public struct Scores: Equatable, Sendable {
    /// Of the discriminant parts that are seen, how many are lit; nil where none is seen.
    public let recall: Double?
    /// Of the parts that are lit, how many are discriminant; nil where none is lit.
    public let precision: Double?

    /// The harmonic mean; nil where one of them is. DiffCAM's figures of it are means over pictures,
    /// or of means, it does not say which.
    public var f1: Double? {
      guard let recall, let precision else { return nil }
      return recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0
    }
  }

  public func scores(at share: Double, against discriminant: [String]) -> Scores {
    let lit = names(at: share)
    let wanted = seen.intersection(discriminant)
    let hits = Double(lit.intersection(wanted).count)
    return Scores(
      recall: wanted.isEmpty ? nil : hits / Double(wanted.count),
      precision: lit.isEmpty ? nil : hits / Double(lit.count))
  }

  /// PIoU: how far two pictures' maps light the same parts, of those that both show: parts in both
  /// over parts in either. One picture is of the class that is explained, the other of the one that it
  /// is compared with. Nil where one of them lights none.
  public static func overlap(_ a: LitParts, _ b: LitParts, at share: Double) -> Double? {
    let seen = a.seen.intersection(b.seen)
    let (first, second) = (
      a.names(at: share).intersection(seen), b.names(at: share).intersection(seen)
    )
    guard !first.isEmpty, !second.isEmpty else { return nil }
    return Double(first.intersection(second).count) / Double(first.union(second).count)
  }
}
