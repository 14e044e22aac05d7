import Glibc

/// Whether a model knows the words for the traits of two classes: whether they tell pictures of the
/// one class from pictures of the other.
///
/// ```swift
/// let fit = WordFit(own: [0.31, 0.28, 0.35], others: [0.22, 0.29, 0.18])!
/// fit.auc          // 0.89
/// ```
///
/// The area under the ROC curve is the share of pairs of a picture of each class in which the words score
/// higher on the picture of their own class; pairs with equal scores count half.
public struct WordFit: Equatable, Sendable {
  public let auc: Double
  /// Where it lies with a confidence of 95 %: Wilson's interval of a share, which is never certain of a
  /// few pictures. The pairs of a picture are not independent, so that it counts as many of them as
  /// the class with fewer pictures has.
  public let interval: ClosedRange<Double>
  /// How many pictures the class with fewer has.
  public let pictures: Int

  /// Nil where one of the classes has no picture.
  public init?(own: [Double], others: [Double]) {
    let (own, others) = (own.filter(\.isFinite), others.filter(\.isFinite).sorted())
    guard !own.isEmpty, !others.isEmpty else { return nil }
    var wins = 0.0
    for score in own {
      let (below, upTo) = (others.count(below: score), others.count(upTo: score))
      wins += Double(below) + Double(upTo - below) / 2
    }
    auc = wins / Double(own.count * others.count)
    pictures = min(own.count, others.count)
    interval = WordFit.wilson(auc, of: Double(pictures))
  }

  /// With z the quantile of the normal distribution, s a share of n:
  ///
  ///     (s + z^2 / 2n ± z sqrt(s (1 - s) / n + z^2 / 4n^2)) / (1 + z^2 / n)
  ///
  /// (Wilson 1927.)
  package static func wilson(_ share: Double, of count: Double) -> ClosedRange<Double> {
    let z = 1.959964
    let middle = share + z * z / (2 * count)
    let reach = z * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    let scale = 1 + z * z / count
    return max(0, (middle - reach) / scale)...min(1, (middle + reach) / scale)
  }

  /// Whether the words are known well enough to judge a classifier by them: at least the mark, and
  /// surely better than chance.
  public func isSufficient(mark: Double) -> Bool { auc >= mark && interval.lowerBound > 0.5 }
}

extension [Double] {
  /// How many numbers of a sorted list are less than one.
  fileprivate func count(below number: Double) -> Int {
    place { $0 < number }
  }

  fileprivate func count(upTo number: Double) -> Int {
    place { $0 <= number }
  }

  private func place(_ isBefore: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
