/// How much a reliance differs between heads that were trained on different draws of the same training
/// pictures, and how wide an interval has to be for it.
///
/// Let R be the share of the margin that this classifier loses, as it was found on some pictures, and S the
/// share that another head loses over all pictures of the kind, trained on other pictures. They differ by
/// three things that do not know of each other:
///
///     R - S  =  (what is found on these pictures - what this head loses over all)     variance e^2
///             + (what this head loses over all - the mean over heads)                 variance s^2
///             - (what the other head loses over all - the mean over heads)            variance s^2
///
/// The training counts twice, because this head is one draw and the other head is one, too; the mean over
/// heads is not known. So S lies with 95 % within
///
///     R +- t sqrt(e^2 + 2 s^2)
///
/// where e is the error of R over pictures, and s the deviation of the shares of heads trained again, all of
/// them on the same pictures, so that what is peculiar to these cancels. s has one degree of freedom less
/// than there are heads, and e one less than pictures; those of the sum follow from both. (Satterthwaite
/// 1946, Biometrics Bulletin 2, 110.)
package struct TrainingSpread: Equatable {
  package let count: Int
  private let variance: Double

  /// A variance with its degrees of freedom.
  package struct Part {
    package let variance: Double
    package let freedom: Double

    package init(variance: Double, freedom: Double) {
      (self.variance, self.freedom) = (variance, freedom)
    }

    /// Of a sum of numbers that do not know of each other, after Satterthwaite; nil where it has no size.
    package init?(sumOf parts: [Part]) {
      let sum = parts.map(\.variance).reduce(0, +)
      let squares = parts.map { $0.variance * $0.variance / $0.freedom }.reduce(0, +)
      guard sum.isFinite else { return nil }
      let least = parts.map(\.freedom).min() ?? 1
      self.init(variance: sum, freedom: squares > 0 ? sum * sum / squares : least)
    }

    /// Half of an interval of 95 %.
    package var half: Double { StudentT(freedom: freedom).quantile(0.975) * variance.squareRoot() }
  }

  /// The fewest heads that say how far shares scatter.
  package static let fewest = 5

  /// Nil of the shares of fewer heads than `fewest`.
  package init?(_ shares: [Double]) {
    guard shares.count >= TrainingSpread.fewest else { return nil }
    let mean = shares.reduce(0, +) / Double(shares.count)
    variance =
      shares.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(shares.count - 1)
    count = shares.count
  }

  /// Half of the interval's width.
  package func half(beside pictures: Part) -> Double {
    let training = Part(variance: 2 * variance, freedom: Double(count - 1))
    return Part(sumOf: [pictures, training])?.half ?? .infinity
  }
}
