import Encoders
import Ground
import Measures

/// Whether a classifier's maps lie where the traits lie in the same picture, or only where such traits
/// lie in many: what they have in common with the maps of the traits, held against what they have in common
/// with those of the same traits in other pictures of the class.
///
/// Maps that do not depend on the picture, or belong to another one, agree with the traits at the places
/// where these mostly are, and so agree more with them than with those of other pairs. They have nothing
/// more in common with the traits of their own picture than with those of the next.
public struct PictureMatch: Equatable, Sendable {
  /// The mean correlation of both maps, in the same picture and across pictures.
  public let value: Double
  public let others: Double
  /// How likely so much is if each map belonged to any picture of its class, by shuffling them.
  public let p: Double
  public let pictures: Int
  /// Whether there are enough orders of the pictures for a p as small as the mark.
  public let canBeSmall: Bool

  /// What is compared of one picture: ranks less their mean, scaled to length 1.
  package struct Maps: Sendable {
    package let classifier: [Float]
    package let traits: [Float]

    package init(classifier: [Float], traits: [Float]) {
      (self.classifier, self.traits) = (classifier, traits)
    }
  }

  private static let shuffles = 999
  /// The most pictures of a class that are compared with one another.
  static let most = 64

  /// Nil where no class has two pictures.
  ///
  /// With S[i, j] the correlation of the classifier's map of picture i with the traits' of picture j, and
  /// over permutations s of each class,
  ///
  ///     p = (1 + how often sum_i S[i, s(i)] >= sum_i S[i, i]) / (1 + how many s were drawn)
  package init?(of classes: [[Maps]], seed: UInt64) {
    let tables = classes.filter { $0.count > 1 }.map(PictureMatch.correlations)
    guard !tables.isEmpty else { return nil }
    pictures = tables.reduce(0) { $0 + $1.rows }
    func sum(_ orders: [[Int]]) -> Double {
      zip(tables, orders).reduce(0) { sum, pair in
        pair.1.enumerated().reduce(sum) { $0 + Double(pair.0[$1.offset, $1.element]) }
      }
    }
    let own = sum(tables.map { Array(0..<$0.rows) })
    var random = SplitMix(seed: seed)
    var asMuch = 0
    for _ in 0..<PictureMatch.shuffles {
      let shuffled = sum(tables.map { Array(0..<$0.rows).shuffled(&random) })
      if shuffled >= own - PictureMatch.rounding { asMuch += 1 }
    }
    p = Double(1 + asMuch) / Double(1 + PictureMatch.shuffles)
    value = own / Double(pictures)
    let (all, pairs) = tables.reduce((0.0, 0)) { sums, table in
      (
        sums.0 + table.elements.reduce(0) { $0 + Double($1) },
        sums.1 + table.rows * (table.rows - 1)
      )
    }
    others = (all - own) / Double(pairs)
    let orders = tables.reduce(1.0) { product, table in
      product * (1...table.rows).reduce(1.0) { min(1e9, $0 * Double($1)) }
    }
    canBeSmall = orders * Verdict.matchMark >= 1
  }

  /// Sums of the same numbers in another order differ by so much.
  private static let rounding = 1e-9

  /// A row for each picture's classifier, and a column for each one's traits.
  private static func correlations(_ maps: [Maps]) -> Matrix {
    func matrix(_ rows: [[Float]]) -> Matrix {
      Matrix(rows: rows.count, columns: rows[0].count, rows.flatMap { $0 })
    }
    return matrix(maps.map(\.classifier)).timesTurned(matrix(maps.map(\.traits)))
  }
}

extension PictureMatch.Maps {
  /// Nil where a map is constant, or where the two sides of the traits are the same.
  package init?(classifier: Matrix, own: [Matrix], lacking: [Matrix]) {
    let ranks = classifier.elements.unitRanks
    let count = classifier.elements.count
    var sum = [Float](repeating: 0, count: count)
    for (side, sign) in [(own, Float(1)), (lacking, Float(-1))] {
      for map in side {
        let other = map.elements.unitRanks
        guard other.count == count else { return nil }
        let weight = sign / Float(side.count)
        for place in sum.indices { sum[place] += weight * other[place] }
      }
    }
    let squares = sum.sum(with: sum) { $0 * $1 }
    guard ranks.count == count, squares > TraitMaps.least else { return nil }
    let factor = Float(1 / squares.squareRoot())
    self.init(classifier: ranks, traits: sum.map { factor * $0 })
  }
}

extension [Float] {
  /// Ranks less their mean, scaled to length 1; empty if all are equal or one is no number.
  fileprivate var unitRanks: [Float] {
    guard allSatisfy(\.isFinite) else { return [] }
    let standing = standing(best: 0)
    guard standing.squares > 0 else { return [] }
    let factor = Float(1 / standing.squares.squareRoot())
    return standing.ranks.map { factor * $0 }
  }
}

extension [Int] {
  fileprivate func shuffled(_ random: inout SplitMix) -> [Int] {
    var order = self
    for place in order.indices.dropFirst().reversed() {
      order.swapAt(place, random.below(place + 1))
    }
    return order
  }
}
