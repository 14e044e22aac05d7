import Encoders

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
struct TraitMaps {
  /// The place of each attribute among the rows.
  private let places: [Int: Int]
  /// The correlation of the classifier's ranks with those of each attribute, and of these with one
  /// another.
  private let ofClassifier: [Double]
  private let ofEachOther: Matrix

  /// - Parameter sets: The sets that will be asked for; others have no number.
  init(_ classifier: Evidence, _ attributes: [Evidence], of sets: [TraitSet]) {
    let used = Set(sets.flatMap { $0.own + $0.lacking }).sorted().filter {
      !attributes[$0].unitRanks.isEmpty
    }
    let own = classifier.unitRanks
    guard !used.isEmpty, !own.isEmpty else {
      (places, ofClassifier, ofEachOther) = ([:], [], Matrix(rows: 0, columns: 0))
      return
    }
    let rows = Matrix(
      rows: used.count, columns: own.count, used.flatMap { attributes[$0].unitRanks })
    places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    ofClassifier = rows.timesTurned(Matrix(rows: 1, columns: own.count, own)).elements.map(
      Double.init)
    ofEachOther = rows.timesTurned(rows)
  }

  /// Nil where a map is constant, or the two sides of the set are the same.
  func correlation(with set: TraitSet) -> Double? {
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
