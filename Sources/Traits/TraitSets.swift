import Datasets
import Ground
import Measures

/// The traits by which a class is told from another: what it has and the other lacks, and the other way
/// around.
package struct TraitSet: Hashable, Sendable {
  package let own: [Int]
  package let lacking: [Int]

  package init(own: [Int], lacking: [Int]) { (self.own, self.lacking) = (own, lacking) }

  /// As the other class has it.
  package var reversed: TraitSet { TraitSet(own: lacking, lacking: own) }
  package var isEmpty: Bool { own.isEmpty && lacking.isEmpty }

  /// Its first attributes, as many as another set has; nil where it has fewer.
  fileprivate func cut(to other: TraitSet) -> TraitSet? {
    guard own.count >= other.own.count, lacking.count >= other.lacking.count else { return nil }
    return TraitSet(
      own: Array(own.prefix(other.own.count)), lacking: Array(lacking.prefix(other.lacking.count)))
  }

  /// By how much each attribute counts in the mean of what the class has less that of what it lacks.
  package var weights: [(attribute: Int, weight: Double)] {
    own.map { ($0, 1 / Double(own.count)) } + lacking.map { ($0, -1 / Double(lacking.count)) }
  }

  /// With a the number of each attribute,
  ///
  ///     (mean of a over the class's own - mean of a over those that it lacks) / 2
  ///
  /// and one of these alone where there are no others; nil where an attribute has no number.
  package func difference(_ numbers: (Int) -> Double?) -> Double? {
    func mean(_ attributes: [Int]) -> Double? {
      let known = attributes.compactMap(numbers)
      return known.count < attributes.count || known.isEmpty ? nil : known.mean
    }
    switch (mean(own), mean(lacking)) {
    case (let own?, let lacking?): return (own - lacking) / 2
    case (let own?, nil): return lacking.isEmpty ? own : nil
    case (nil, let lacking?): return own.isEmpty ? -lacking : nil
    case (nil, nil): return nil
    }
  }
}

/// The trait sets of all pairs of classes. Those of other pairs, drawn at random, are what the traits of
/// a pair are held against: a classifier that does not look at the traits of its own pair agrees with
/// theirs no less.
///
///     let sets = TraitSets(table, choice, words, seed: 1)
///     sets.of(9, against: 8)                  // red wings, not black ones
///     sets.others(than: 9, against: 8)        // up to 999 sets of as many attributes each
package struct TraitSets: Sendable {
  private let table: ClassAttributes
  private let choice: AttributeChoice
  private let words: AttributeWords
  private let seed: UInt64
  private let known = OnceEach<ClassPair, [TraitSet]>(most: 64)

  package init(
    _ table: ClassAttributes, _ choice: AttributeChoice, _ words: AttributeWords, seed: UInt64
  ) {
    (self.table, self.choice, self.words, self.seed) = (table, choice, words, seed)
  }

  package func of(_ label: Int, against rival: Int) -> TraitSet {
    TraitSet(
      own: choice(table, of: label, against: rival, words).map(\.attribute),
      lacking: choice(table, of: rival, against: label, words).map(\.attribute))
  }

  /// How many sets are drawn for the smallest p that one of so many pairs of classes may need: with
  /// false discoveries held to 5 %, one of n pairs needs 0.05 / n.
  package static func count(forPairs pairs: Int) -> Int { min(4999, max(999, 20 * pairs) - 1) }

  /// Distinct sets of other pairs, of as many attributes each, none of them an attribute of this pair's:
  /// all there are, or as many as are needed. The pictures of both classes of a pair have the same
  /// sets, turned around.
  package func others(than label: Int, against rival: Int) -> [TraitSet] {
    let isTurned = rival < label
    let pair = isTurned ? ClassPair(rival, label) : ClassPair(label, rival)
    let sets = known.value(of: pair) { drawn(pair) }
    return isTurned ? sets.map(\.reversed) : sets
  }

  private func drawn(_ pair: ClassPair) -> [TraitSet] {
    let own = of(pair.first, against: pair.second)
    guard !own.isEmpty else { return [] }
    let taken = Set(own.own + own.lacking)
    let classes = table.percentages.rows
    var random = SplitMix(seed: seed, pair.first &* 1_000_003 &+ pair.second)
    // All ordered pairs of a large table would take long to go through.
    let all = classes * (classes - 1)
    var left = Array(0..<min(all, TraitSets.mostPairs))
    if all > left.count { left = left.map { _ in random.below(all) } }
    var (found, seen): ([TraitSet], Set<TraitSet>) = ([], [])
    let wanted = TraitSets.count(forPairs: classes)
    while found.count < wanted, !left.isEmpty {
      let place = random.below(left.count)
      left.swapAt(place, left.count - 1)
      let (first, rest) = left.removeLast().quotientAndRemainder(dividingBy: classes - 1)
      let second = rest < first ? rest : rest + 1
      guard ClassPair(first, second).sorted != pair,
        let set = of(first, against: second).cut(to: own),
        taken.isDisjoint(with: set.own + set.lacking), seen.insert(set).inserted
      else { continue }
      found.append(set)
    }
    return found
  }

  private static let mostPairs = 40_000
}

/// Two classes, in an order.
package struct ClassPair: Hashable, Sendable {
  package let first: Int
  package let second: Int

  package init(_ first: Int, _ second: Int) { (self.first, self.second) = (first, second) }

  package var sorted: ClassPair { first <= second ? self : ClassPair(second, first) }
}
