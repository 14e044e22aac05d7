import Encoders
import Traits

/// How far a classifier's map goes with what the maps of a set of traits say together.
///
/// With r the ranks of a map over the grid, less their mean and scaled to length 1, c those of the
/// classifier's map, and o and l the means of r over the traits that a class has and over those that it
/// lacks, this is the correlation
///
///     <c, o - l> / |o - l|
///
/// The length matters. Traits at one place have maps that are much alike, so that little is left of their
/// difference, and so little of every correlation that is not divided by it: the traits of look-alikes
/// would be held against those of unlike classes by another yardstick.
package struct TraitMaps {
  /// The place of each attribute among the rows.
  private let places: [Int: Int]
  /// The correlation of the classifier's ranks with those of each attribute, and of these with one
  /// another.
  private let ofClassifier: [Double]
  private let ofEachOther: Matrix
  private let rows: Matrix

  /// - Parameter sets: The sets that will be asked for; others have no number.
  package init(_ classifier: Evidence, _ attributes: [Int: Evidence], of sets: [TraitSet]) {
    let all = Set(sets.flatMap { $0.own + $0.lacking }).sorted().compactMap { attribute in
      attributes[attribute].map { (attribute: attribute, ranks: $0.unitRanks) }
    }
    let used = all.filter { !$0.ranks.isEmpty }
    let own = classifier.unitRanks
    guard !used.isEmpty, !own.isEmpty else {
      (places, ofClassifier, ofEachOther) = ([:], [], Matrix(rows: 0, columns: 0))
      rows = ofEachOther
      return
    }
    rows = Matrix(rows: used.count, columns: own.count, used.flatMap(\.ranks))
    places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1.attribute, $0) })
    ofClassifier = rows.timesTurned(Matrix(rows: 1, columns: own.count, own)).elements.map(
      Double.init)
    ofEachOther = rows.timesTurned(rows)
  }

  /// Nil where a map is constant, or the two sides of the set are the same.
  /// The same of another map on the same grid, such as that of two other classes.
  func correlation(of other: Evidence, with set: TraitSet) -> Double? {
    guard !other.unitRanks.isEmpty, let together = together(set) else { return nil }
    return other.unitRanks.sum(with: together) { $0 * $1 }
  }

  /// o - l, scaled to length 1.
  private func together(_ set: TraitSet) -> [Float]? {
    var sum = [Float](repeating: 0, count: rows.columns)
    for (attribute, weight) in set.weights {
      guard let place = places[attribute] else { return nil }
      for column in sum.indices { sum[column] += Float(weight) * rows[place, column] }
    }
    let squares = sum.sum(with: sum) { $0 * $1 }
    guard squares > TraitMaps.least else { return nil }
    let factor = Float(1 / squares.squareRoot())
    return sum.map { factor * $0 }
  }

  package func correlation(with set: TraitSet) -> Double? {
    let weights = set.weights
    var terms: [(place: Int, weight: Double)] = []
    for (attribute, weight) in weights {
      guard let place = places[attribute] else { return nil }
      terms.append((place, weight))
    }
    var (sum, squares) = (0.0, 0.0)
    for a in terms {
      sum += a.weight * ofClassifier[a.place]
      for b in terms { squares += a.weight * b.weight * Double(ofEachOther[a.place, b.place]) }
    }
    return squares > TraitMaps.least ? max(-1, min(1, sum / squares.squareRoot())) : nil
  }

  /// Below this a squared length is rounding.
  static let least = 1e-6
}

extension Evidence {
  /// The ranks of the places less their mean, scaled to length 1; empty if all places are equal.
  var unitRanks: [Float] {
    guard spread > 0 else { return [] }
    let factor = Float(1 / spread)
    return ranks.map { factor * $0 }
  }
}
