import Explaining

/// Whether maps of one class light the same parts in every picture.
///
/// ```swift
/// let shares = map.shares(of: points, radius: 15)     // ["wing": 0.7, "beak": 0.1, ...]
/// Consistency.mean(ofClass)                           // 0.64
/// Consistency.mean(ofClass, ofOtherClasses)           // 0.41
/// ```
///
/// Finer-CAM asks for it (section 4.3) and shows pictures, and no paper at hand gives a number, so
/// this one is ours. Pixels of two pictures have nothing to do with each other, since birds sit as
/// they like; parts have. A map's energy near each kind of part is made a share of that near all of
/// them, and two pictures agree as far as their shares p and q overlap over the kinds that both show:
///
///     sum_k min(p_k, q_k)
///
/// 1 where they light the same parts equally, 0 where no part in common. Every map of birds lights
/// heads more than tails, so that a class agrees with others, too: the number means something beside
/// the same of pictures of different classes.
public enum Consistency {
  /// Nil where the two pictures show no kind of part in common, or one map lights none of these.
  public static func agreement(_ p: [String: Double], _ q: [String: Double]) -> Double? {
    let both = Set(p.keys).intersection(q.keys).sorted()
    let sumP = both.reduce(0) { $0 + (p[$1] ?? 0) }
    let sumQ = both.reduce(0) { $0 + (q[$1] ?? 0) }
    guard sumP > 0, sumQ > 0 else { return nil }
    return both.reduce(0) { $0 + min((p[$1] ?? 0) / sumP, (q[$1] ?? 0) / sumQ) }
  }

  /// Over all pairs of a class's pictures, those without an answer left out; nil where none has one.
  public static func mean(_ pictures: [[String: Double]]) -> Double? {
    var all: [Double?] = []
    for (index, picture) in pictures.enumerated() {
      all += pictures[..<index].map { agreement(picture, $0) }
    }
    return mean(all)
  }

  /// Over all pairs of a picture here and a picture there.
  public static func mean(_ some: [[String: Double]], _ others: [[String: Double]]) -> Double? {
    mean(some.flatMap { picture in others.map { agreement(picture, $0) } })
  }

  private static func mean(_ agreements: [Double?]) -> Double? {
    let known = agreements.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

extension PixelMap {
  /// The energy of what speaks for near each kind of part that is seen, as a share of that near all
  /// of them. Left and right are one kind; what lies near two parts counts for both. Nil where nothing
  /// near any part speaks for.
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
