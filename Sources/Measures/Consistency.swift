import Explaining

/// Whether maps of one class highlight the same parts in every picture.
///
/// ```swift
/// let shares = map.shares(of: points, radius: 15)     // ["wing": 0.7, "beak": 0.1, ...]
/// Consistency.mean(ofClass)                           // 0.64
/// Consistency.mean(ofClass, ofOtherClasses)           // 0.41
/// ```
///
/// Finer-CAM asks for consistency (section 4.3) and shows pictures, but we know of no paper with a
/// number, so this definition is ours. Pixels of two pictures do not correspond, since birds sit in
/// any pose, but parts do. The map's energy near each kind of part is divided by its energy near
/// all of them. With these shares p and q, the agreement of two pictures is the overlap over the
/// kinds of parts that both show:
///
///     sum_k min(p_k, q_k)
///
/// It is 1 if both maps highlight the same parts equally, and 0 if they have none in common. Maps
/// of birds highlight heads more than tails in every class, so pictures of different classes agree
/// too. The number is therefore meaningful only beside the same number across classes.
public enum Consistency {
  /// The agreement of two pictures; nil if they show no kind of part in common, or if one map is 0
  /// near all of these.
  public static func agreement(_ p: [String: Double], _ q: [String: Double]) -> Double? {
    let both = Set(p.keys).intersection(q.keys).sorted()
    let sumP = both.reduce(0) { $0 + (p[$1] ?? 0) }
    let sumQ = both.reduce(0) { $0 + (q[$1] ?? 0) }
    guard sumP > 0, sumQ > 0 else { return nil }
    return both.reduce(0) { $0 + min((p[$1] ?? 0) / sumP, (q[$1] ?? 0) / sumQ) }
  }

  /// The mean over all pairs of a class's pictures, without pairs that have no value; nil if none
  /// has one.
  public static func mean(_ pictures: [[String: Double]]) -> Double? {
    var all: [Double?] = []
    for (index, picture) in pictures.enumerated() {
      all += pictures[..<index].map { agreement(picture, $0) }
    }
    return mean(all)
  }

  /// The mean over all pairs of a picture from `some` and a picture from `others`.
  public static func mean(_ some: [[String: Double]], _ others: [[String: Double]]) -> Double? {
    mean(some.flatMap { picture in others.map { agreement(picture, $0) } })
  }

  private static func mean(_ agreements: [Double?]) -> Double? {
    let known = agreements.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

extension PixelMap {
  /// For each kind of visible part, the positive energy near it divided by that near all parts.
  /// Left and right are one kind, and a pixel near two parts counts for both. Nil if there is no
  /// positive value near any part.
  public func shares(of parts: [PartPoint], radius: Double) -> [String: Double]? {
    guard isSound, radius > 0 else { return nil }
    let energies = clipped().spread(beyond: 0) { $0 }
    var sums: [String: Double] = [:]
    for (kind, points) in Dictionary(grouping: parts, by: \.kind) {
      let near = Truth(around: points, radius: radius, width: width, height: height)
      sums[kind] = zip(energies, near.mask.pixels).reduce(0) { $1.1 ? $0 + Double($1.0) : $0 }
    }
    let all = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    return all > 0 ? sums.mapValues { $0 / all } : nil
  }
}
