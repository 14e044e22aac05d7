import Explaining
import Glibc

/// Whether a map concentrates on few pixels or is spread over all of them. These statistics need no
/// truth.
///
/// ```swift
/// map.sparseness       // 0 where all pixels are the same, towards 1 where few have everything
/// map.complexity       // 0 where one pixel has everything, log n where all n are the same
/// ```
///
/// Both use the magnitudes of the map's values within the region that the model saw. They are nil
/// if it saw nothing or if all values are 0. A concentrated map need not be right, so these are
/// read beside measures of place.
extension PixelMap {
  /// The Gini index of a_1 <= ... <= a_n:
  ///
  ///     sum_i (2 i - n - 1) a_i / (n sum_i a_i),   a = |m| / max |m| + 1e-7
  ///
  /// (Chalasani et al. 2020, arXiv 1810.06583.) The small addend is Quantus's. It is added after
  /// scaling, since otherwise maps of small numbers would seem flatter than they are.
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

  /// |m| divided by its maximum; nil if there is no positive maximum.
  private var sizes: [Double]? {
    guard isSound else { return nil }
    let sizes = values.elements.map { Double(abs($0)) }
    guard let most = sizes.max(), most > 0 else { return nil }
    return sizes.map { $0 / most }
  }
}
