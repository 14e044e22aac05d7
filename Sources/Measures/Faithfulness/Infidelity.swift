import Encoders
import Explaining
import Ground

/// How badly a map predicts what small changes of the picture do to the score: the mean over
/// changes I of
///
///     (<I, phi> - (f(x) - f(x - I)))^2
///
/// for a map phi that has a number for each number of the picture, or one for each pixel that then
/// applies to all of its colors. (Yeh et al. 2019, arXiv 1901.09392, definition 2.1; implemented as
/// in captum.)
///
/// ```swift
/// try Infidelity()(planes, Matrix([values]), of: 0, scorer).value      // small is good
/// ```
///
/// Each change is made to the original picture. In quantus 0.6, the changes accumulate from one to
/// the next, which answers a different question.
public struct Infidelity: Sendable {
  /// Whether the map is first multiplied by the factor that suits it best,
  ///
  ///     beta = mean of <I, phi> (f(x) - f(x - I)) / mean of <I, phi>^2
  ///
  /// without which maps of different scales cannot be compared.
  public var isNormalized: Bool
  public var changes: Changes

  /// A number of changes of a picture, each of which is made when it is used.
  public struct Changes: Sendable {
    public let name: String
    public let count: Int
    /// The seed of the random draws; nil if nothing is random.
    public let seed: UInt64?
    let change: @Sendable (_ planes: Matrix, _ index: Int) -> Matrix

    public init(
      _ name: String, count: Int, seed: UInt64? = nil,
      change: @escaping @Sendable (_ planes: Matrix, _ index: Int) -> Matrix
    ) {
      precondition(count > 0, "There is one change at least.")
      self.name = name
      self.count = count
      self.seed = seed
      self.change = change
    }

    var writtenSeed: JSON { seed.map { .string("\($0)") } ?? .null }

    /// Normal random numbers. The deviation of 0.003 is that of the example in captum's
    /// documentation.
    public static func normal(
      deviation: Float = 0.003, count: Int = 10, seed: UInt64 = 0
    ) -> Changes {
      Changes("normal, deviation \(deviation)", count: count, seed: seed) { planes, index in
        var random = SplitMix(seed: seed, index)
        return planes.mapped { _ in deviation * random.normal() }
      }
    }

    /// Uniform random numbers from -radius to radius; captum uses a radius of 0.02.
    public static func uniform(
      radius: Float = 0.02, count: Int = 10, seed: UInt64 = 0
    ) -> Changes {
      Changes("uniform, radius \(radius)", count: count, seed: seed) { planes, index in
        var random = SplitMix(seed: seed, index)
        return planes.mapped { _ in radius * (2 * random.unit() - 1) }
      }
    }
  }

  public init(isNormalized: Bool = true, _ changes: Changes = .normal()) {
    self.isNormalized = isNormalized
    self.changes = changes
  }

  public func callAsFunction(
    _ planes: Matrix, _ map: Matrix, of label: Int, _ scorer: Scorer
  ) throws -> CardedNumber {
    precondition(
      map.columns == planes.columns && (map.rows == 1 || map.rows == planes.rows),
      "\(map) explains \(planes).")
    try Card.check("infidelity", map: map.elements)
    let changes = changes
    let scores = try scorer.scores(
      of: ChangedPictures(1 + changes.count) { index in
        index == 0 ? planes : planes - changes.change(planes, index - 1)
      }
    ).map { $0[label] }
    let told = (0..<changes.count).map { Infidelity.product(changes.change(planes, $0), map) }
    let seen = scores.dropFirst().map { scores[0] - $0 }
    let square = told.reduce(0) { $0 + $1 * $1 }
    // If the products with all changes are 0, no factor suits the map. captum's safe division gives
    // 0 then.
    let suiting = square > 0 ? zip(told, seen).reduce(0) { $0 + $1.0 * $1.1 } / square : 0
    let beta = isNormalized ? suiting : 1
    let sum = zip(told, seen).reduce(0) { sum, pair in
      let miss = beta * pair.0 - pair.1
      return sum + miss * miss
    }
    return CardedNumber(
      value: sum / Double(changes.count),
      card: Card(
        "infidelity", paper: "Yeh et al. 2019, arXiv 1901.09392",
        [
          "changes": .string(changes.name), "seed": changes.writtenSeed,
          "steps": .integer(changes.count), "normalized": .bool(isNormalized),
          "score": .string(scorer.scale.rawValue),
        ]))
  }

  /// The inner product <I, phi>.
  private static func product(_ change: Matrix, _ map: Matrix) -> Double {
    var sum = 0.0
    for row in 0..<change.rows {
      for (a, b) in zip(change[row: row], map[row: map.rows == 1 ? 0 : row]) {
        sum += Double(a) * Double(b)
      }
    }
    return sum
  }
}
