import Datasets
import Ground

/// The results of one measure in one row of a table, picture by picture. They take about a megabyte
/// for a hundred thousand pictures, unless the measure has counts.
package struct MeasuredColumn: Sendable {
  package private(set) var pictures: [Int32] = []
  /// The number of each picture; NaN where there is none.
  package private(set) var numbers: [Double] = []
  /// For measures with counts: the counts of each picture (empty where it has nothing to add) and
  /// its class (-1 where it is not known).
  private(set) var counts: [[Float]] = []
  private(set) var labels: [Int32] = []
  private let counting: Bool

  package init(of gathering: Gathering) {
    if case .mean = gathering { counting = false } else { counting = true }
  }

  package mutating func add(_ picture: Int, label: Int?, _ number: Double?, _ counts: [Float]) {
    pictures.append(Int32(truncatingIfNeeded: picture))
    guard counting else { return numbers.append(number ?? .nan) }
    // A run that somebody else wrote may have counts of any length.
    let width = self.counts.first { !$0.isEmpty }?.count ?? counts.count
    let isSound = counts.count == width && counts.allSatisfy { $0.isFinite && abs($0) < 1e9 }
    self.counts.append(isSound ? counts : [])
    labels.append(Int32(truncatingIfNeeded: label ?? -1))
  }

  /// Whether both columns have the same pictures in the same order, so that the bootstrap draws the
  /// same pictures from both.
  package func isOfThePictures(of other: MeasuredColumn) -> Bool { pictures == other.pictures }
}

extension Gathering {
  /// The number of all pictures together, with its interval. For a mean over classes, the bootstrap
  /// draws classes.
  package func summary(of column: MeasuredColumn, seed: UInt64 = 0) -> Summary {
    switch self {
    case .mean: return Summary(of: column.numbers, seed: seed)
    case .classes(let number):
      return Summary(of: Gathering.byClass(column, number).map { $0.value ?? .nan }, seed: seed)
    case .sum(let number):
      let known = column.counts.filter { !$0.isEmpty }
      let draws = Gathering.draws(of: known, seed, number)
      return Summary(
        mean: number(Gathering.sum(known)), interval: Gathering.interval(draws, known.count),
        count: known.count, pictures: known.count, leftOut: column.pictures.count - known.count)
    }
  }

  /// The difference of two rows on the same pictures.
  package func difference(
    of column: MeasuredColumn, and other: MeasuredColumn, seed: UInt64 = 0
  ) -> Summary? {
    guard column.isOfThePictures(of: other) else { return nil }
    switch self {
    case .mean:
      return Summary(
        of: zip(column.numbers, other.numbers).map { $0 - $1 }, seed: seed)
    case .classes(let number):
      let (a, b) = (Gathering.byClass(column, number), Gathering.byClass(other, number))
      let theirs = Dictionary(uniqueKeysWithValues: b.map { ($0.label, $0.value) })
      return Summary(
        of: a.map { label, value in
          if let value, let other = theirs[label] ?? nil { value - other } else { .nan }
        }, seed: seed)
    case .sum(let number):
      let both = zip(column.counts, other.counts).filter { !$0.isEmpty && !$1.isEmpty }
      let (a, b) = (both.map(\.0), both.map(\.1))
      // The same pictures are drawn for both.
      let pairs = zip(Gathering.draws(of: a, seed, number), Gathering.draws(of: b, seed, number))
      let draws = pairs.map { a, b in if let a, let b { a - b } else { Double?.none } }
      guard let mine = number(Gathering.sum(a)), let others = number(Gathering.sum(b)) else {
        return nil
      }
      return Summary(
        mean: mine - others, interval: Gathering.interval(draws, both.count), count: both.count,
        pictures: both.count, leftOut: column.pictures.count - both.count)
    }
  }

  private static func byClass(
    _ column: MeasuredColumn, _ number: ([[Float]]) -> Double?
  ) -> [(label: Int, value: Double?)] {
    var groups: [Int: [[Float]]] = [:]
    for (label, counts) in zip(column.labels, column.counts) where !counts.isEmpty && label >= 0 {
      groups[Int(label), default: []].append(counts)
    }
    return groups.keys.sorted().map { ($0, number(groups[$0] ?? [])) }
  }

  private static func sum(_ counts: [[Float]]) -> [Double] {
    var sums = [Double](repeating: 0, count: counts.first?.count ?? 0)
    for row in counts {
      for (place, count) in row.enumerated() { sums[place] += Double(count) }
    }
    return sums
  }

  /// The number of each bootstrap draw, which has as many pictures as there are.
  private static func draws(
    of counts: [[Float]], _ seed: UInt64, _ number: @escaping @Sendable ([Double]) -> Double?
  ) -> [Double?] {
    guard counts.count > 1 else { return [] }
    let width = counts[0].count
    let some = try? concurrently(1000) { draw -> Double? in
      var times = [Float](repeating: 0, count: counts.count)
      forEachDrawn(of: counts.count, draw, seed) { times[$0] += 1 }
      var sums = [Float](repeating: 0, count: width)
      for (row, times) in zip(counts, times) where times > 0 {
        for place in 0..<width { sums[place] += times * row[place] }
      }
      return number(sums.map { Double($0) })
    }
    return some ?? []
  }

  private static func interval(_ draws: [Double?], _ pictures: Int) -> ClosedRange<Double>? {
    let known = draws.compactMap { $0 }
    return pictures < 2 || known.isEmpty ? nil : middle(0.95, of: known)
  }
}
