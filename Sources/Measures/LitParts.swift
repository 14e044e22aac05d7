import Explaining

/// The parts of a bird that the brightest pixels of a map cover. With this, GALORE judges maps of
/// where two classes differ.
///
/// ```swift
/// let lit = LitParts(map, points)
/// lit?.names(at: 0.05)                              // ["beak", "throat"]
/// lit?.scores(at: 0.05, against: parts(of: 9, and: 8))
/// ```
///
/// Of n pixels, the region should be the k = floor(share n) brightest. As in SCOUT's code, it is
/// what lies above the k-th largest number. It therefore has k - 1 pixels, or fewer if that number
/// occurs several times, as it does in flat maps. (`cf_ss_res_cub.py` of peiwang062/SCOUT, whose
/// points lie in the 224 x 224 pixels of a crop: here they and the map are in the picture's own
/// pixels.)
public struct LitParts: Sendable {
  /// The shares at which SCOUT measures.
  public static let shares = (1...99).map { Double($0) * 0.01 }

  /// The map's numbers from the largest to the smallest.
  private let sorted: [Float]
  /// Every part that is visible within the picture, with the map's number there.
  private let parts: [(name: String, value: Float)]

  /// Nil if there is no map.
  public init?(_ map: PixelMap, _ points: [PartPoint]) {
    guard let values = map.filled else { return nil }
    sorted = values.orderFromLargest.map { values[$0] }
    parts = points.compactMap { point in
      point.pixel(width: map.width, height: map.height).map { (point.name, values[$0]) }
    }
  }

  /// The visible parts, whether lit or not.
  public var seen: Set<String> { Set(parts.map(\.name)) }

  /// The parts that lie in the brightest share of the picture's pixels.
  public func names(at share: Double) -> Set<String> {
    precondition((0...1).contains(share), "The brightest pixels are a share of all.")
    let count = Int(share * Double(sorted.count))
    // With no pixel in the region, the code's threshold would be the smallest number, and
    // everything would be lit.
    guard count > 0 else { return [] }
    let threshold = sorted[count - 1]
    return Set(parts.filter { $0.value > threshold }.map(\.name))
  }

  public struct Scores: Equatable, Sendable {
    /// The share of the visible discriminant parts that are lit; nil if none is visible.
    public let recall: Double?
    /// The share of the lit parts that are discriminant; nil if none is lit.
    public let precision: Double?

    /// The harmonic mean of both; nil if one of them is nil. DiffCAM does not say whether its F1 is
    /// a mean over pictures or is made of means.
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

  /// PIoU: the overlap of the parts that two pictures' maps light, among the parts visible in both,
  /// as parts in both over parts in either. One picture belongs to the class that is explained, the
  /// other to the class that it is compared with. Nil if one of the maps lights none.
  public static func overlap(_ a: LitParts, _ b: LitParts, at share: Double) -> Double? {
    let seen = a.seen.intersection(b.seen)
    let (first, second) = (
      a.names(at: share).intersection(seen), b.names(at: share).intersection(seen)
    )
    guard !first.isEmpty, !second.isEmpty else { return nil }
    return Double(first.intersection(second).count) / Double(first.union(second).count)
  }
}
