import Explaining
import Glibc

/// Whether a map says much of few pixels or a little of all: statistics that need no truth.
///
/// ```swift
/// map.sparseness       // 0 where all pixels are the same, towards 1 where few have everything
/// map.complexity       // 0 where one pixel has everything, log n where all n are the same
/// ```
///
/// Both are of the sizes of the numbers, whatever their sign, over what the model saw; nil where it
/// saw nothing or all is 0. A sharp map is not a right one: these are read beside measures of place.
extension PixelMap {
  /// The Gini index of a_1 <= ... <= a_n:
  ///
  ///     sum_i (2 i - n - 1) a_i / (n sum_i a_i),   a = |m| / max |m| + 1e-7
  ///
  /// (Chalasani et al. 2020, arXiv 1810.06583; the small addend is Quantus's, and it is added after
  /// scaling, or maps of small numbers would seem flatter than they are.)
  public var sparseness: Double? {
    guard let sizes else { return nil }
    let order = values.elements.map(abs).orderFromLargest
    let count = Double(order.count)
    var (weighed, sum) = (0.0, 0.0)
    for (place, pixel) in order.reversed().enumerated() {
      let size = sizes[pixel] + 1e-7
      weighed += (2 * Double(place + 1) - count - 1) * size
      sum += size
    }
    return weighed / (count * sum)
  }

  /// Shannon's entropy of the shares p = |m| / sum |m|, in nats: -sum p log p, where 0 log 0 = 0.
  /// (Bhatt et al. 2020, arXiv 2005.00631.)
  public var complexity: Double? {
    guard let sizes else { return nil }
    let sum = sizes.reduce(0, +)
    return -sizes.reduce(0) { $1 > 0 ? $0 + $1 / sum * log($1 / sum) : $0 }
  }

  /// |m| as shares of the largest; nil where there is no largest.
  private var sizes: [Double]? {
    guard isSound else { return nil }
    let sizes = values.elements.map { Double(abs($0)) }
    guard let most = sizes.max(), most > 0 else { return nil }
    return sizes.map { $0 / most }
  }
}
