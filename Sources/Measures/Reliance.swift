import Glibc

/// How much a classifier relies on something when it tells two classes apart: by how much the margin
/// between the two falls when that is changed, as a share of the margin.
///
///     let frame = Reliance(of: changes)!
///     frame.share          // 0.9: changing it takes nine tenths of the margin away
///     frame.flips          // 0.41 of the pictures go over to the other class
///
/// With m_i the margin of a picture and c_i by how much the change lowers it more than the change that it
/// is compared with does,
///
///     share = sum_i c_i / sum_i m_i
///
/// At 1 the mean margin is gone, and above it the other class wins.
public struct Reliance: Equatable, Sendable {
  /// What one picture tells.
  package struct Change: Equatable, Sendable {
    /// The score of the picture's class minus that of the other, before the change.
    package let margin: Double
    /// The same after the change, and after the one that it is compared with.
    package let changed: Double
    package let compared: Double
    /// The same of each head that was trained again.
    package let again: [Change]
    /// The margin after a change by one error of its amount more, and by one less; none of what is not
    /// changed by an amount.
    package let byOtherAmounts: [Double]

    package init(
      margin: Double, changed: Double, compared: Double, again: [Change] = [],
      byOtherAmounts: [Double] = []
    ) {
      (self.margin, self.changed, self.compared) = (margin, changed, compared)
      (self.again, self.byOtherAmounts) = (again, byOtherAmounts)
    }

    package var fall: Double { compared - changed }
    /// Whether the other class wins by the change, and not by the one that it is compared with.
    package var isFlipped: Bool { changed < 0 && compared >= 0 }
  }

  public let share: Double
  /// Where the share lies with a confidence of 95 %: that of this classifier over all pictures like these,
  /// or, if heads were trained again, that of another head which is trained on other pictures of the
  /// same kind.
  public let interval: ClosedRange<Double>
  /// The same of this classifier alone.
  public let intervalOverPictures: ClosedRange<Double>
  /// How many heads were trained again.
  public let trainings: Int
  /// How likely so large a fall is where there is none: of a one-sided t-test over the pictures.
  public let p: Double
  /// The share of pictures that go over to the other class.
  public let flips: Double
  public let pictures: Int
  /// The least share that would have been found in four of five cases.
  public let least: Double

  /// The shares of the heads that were trained again. One whose margins add up to nothing has no share and is
  /// left out.
  private static func sharesOfOthers(_ changes: [Change]) -> [Double] {
    let heads = changes.map(\.again.count).min() ?? 0
    return (0..<heads).compactMap { head in
      let own = changes.map { $0.again[head] }
      let margin = own.map(\.margin).reduce(0, +)
      let share = own.map(\.fall).reduce(0, +) / margin
      return margin > 0 && share.isFinite ? share : nil
    }
  }

  /// How far the share would be another if the two classes differed by another amount in what is moved, as
  /// they might in other pictures: the mean square over one error more and one less. It is the same for
  /// all pictures, so how these scatter does not show it. Nil of what is not moved by an amount.
  private static func amount(_ share: Double, _ changes: [Change]) -> TrainingSpread.Part? {
    guard changes.allSatisfy({ $0.byOtherAmounts.count == 2 }) else { return nil }
    let margin = changes.map(\.margin).reduce(0, +)
    let squares = (0..<2).map { which -> Double in
      let falls = changes.map { $0.compared - $0.byOtherAmounts[which] }.reduce(0, +)
      return (falls / margin - share) * (falls / margin - share)
    }
    return .init(
      variance: (squares[0] + squares[1]) / 2, freedom: Double(max(1, changes.count - 2)))
  }

  /// The fewest pictures that say how far numbers scatter.
  package static let fewest = 3

  /// Nil of fewer pictures than `fewest`, or where the margins add up to nothing or next to it.
  package init?(of changes: [Change]) {
    let sound = changes.filter { $0.margin.isFinite && $0.changed.isFinite && $0.compared.isFinite }
    let count = Double(sound.count)
    let margin = sound.map(\.margin).reduce(0, +) / max(1, count)
    guard sound.count >= Reliance.fewest, margin > 0 else { return nil }
    let share = sound.map(\.fall).reduce(0, +) / count / margin
    // A share is a ratio of two means: its deviation is that of c - share m, divided by the mean margin.
    func error(_ rate: Double) -> Double {
      let rests = sound.map { $0.fall - rate * $0.margin }
      let mean = rests.reduce(0, +) / count
      let squares = rests.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      return (squares / (count - 1) / count).squareRoot() / margin
    }
    let t = StudentT(freedom: sound.count - 1)
    let (around, underNull) = (error(share), error(0))
    // Of margins that are next to nothing, no share can be told.
    guard underNull.isFinite else { return nil }
    let pictures = TrainingSpread.Part(variance: around * around, freedom: Double(sound.count - 1))
    let parts = [pictures, Reliance.amount(share, sound)].compactMap { $0 }
    self.init(
      share: share, around: TrainingSpread.Part(sumOf: parts) ?? pictures,
      spread: TrainingSpread(Reliance.sharesOfOthers(sound)),
      // Changes that are the same for every picture have no deviation, and no doubt either.
      p: underNull > 0 ? t.above(share / underNull) : share > 0 ? 0 : 1,
      flips: Double(sound.count { $0.isFlipped }) / count, pictures: sound.count,
      least: (t.quantile(0.95) + t.quantile(0.8)) * underNull)
  }

  /// - Parameter around: The variance of the share over pictures.
  package init?(
    share: Double, around: TrainingSpread.Part, spread: TrainingSpread?, p: Double, flips: Double,
    pictures: Int, least: Double
  ) {
    let half = around.half
    let wide = spread?.half(beside: around) ?? half
    guard (half + wide + abs(share)).isFinite else { return nil }
    (self.share, self.p, self.flips) = (share, p, flips)
    (self.pictures, self.least) = (pictures, least)
    interval = share - wide...share + wide
    intervalOverPictures = share - half...share + half
    trainings = spread?.count ?? 0
  }
}
