import Encoders
import Explaining

/// How similar two maps of one picture are, over the pixels that both models saw.
///
/// ```swift
/// plain.pearson(with: finer)        // 0.83
/// plain.spearman(with: finer)       // 0.79
/// ```
///
/// Nil if there are fewer than two such pixels, or if one of the maps is constant there.
extension PixelMap {
  /// The covariance divided by the product of standard deviations.
  public func pearson(with other: PixelMap) -> Double? {
    shared(with: other).flatMap { a, b in
      correlation(a.map { Double($0) }, b.map { Double($0) })
    }
  }

  /// The correlation of ranks, which depends only on the order. Equal numbers get the mean of their
  /// ranks; otherwise a map with many equal numbers would depend on how pixels are sorted.
  /// (Spearman 1904. Adebayo et al. 2018 use it with and without signs: `magnitudes` removes them.)
  public func spearman(with other: PixelMap) -> Double? {
    shared(with: other).flatMap { correlation($0.0.ranks, $0.1.ranks) }
  }

  /// The map without signs.
  public func magnitudes() -> PixelMap { with(values.mapped(abs)) }

  /// Both maps' values where both have one; nil if one of the maps is not sound.
  private func shared(with other: PixelMap) -> ([Float], [Float])? {
    guard isSound, other.isSound else { return nil }
    return (seen(by: other).elements, other.seen(by: self).elements)
  }

  /// The part of this map that the other map covers too.
  func seen(by other: PixelMap) -> Matrix {
    precondition(
      width == other.width && height == other.height, "Maps of one picture are compared.")
    func part(_ mine: Range<Int>, _ theirs: Range<Int>) -> Range<Int> {
      let both = mine.clamped(to: theirs)
      return both.lowerBound - mine.lowerBound..<both.upperBound - mine.lowerBound
    }
    let (rows, columns) = (part(self.rows, other.rows), part(self.columns, other.columns))
    return values.rows(rows.isEmpty ? 0..<0 : rows).columns(columns.isEmpty ? 0..<0 : columns)
  }
}

/// The Pearson correlation; nil if one of the lists is constant.
package func correlation(_ a: [Double], _ b: [Double]) -> Double? {
  precondition(a.count == b.count, "Numbers are correlated in pairs.")
  guard a.count > 1, let first = a.first, let second = b.first,
    a.contains(where: { $0 != first }), b.contains(where: { $0 != second })
  else { return nil }
  let count = Double(a.count)
  let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
  var (together, squaresA, squaresB) = (0.0, 0.0, 0.0)
  for (a, b) in zip(a, b) {
    together += (a - meanA) * (b - meanB)
    squaresA += (a - meanA) * (a - meanA)
    squaresB += (b - meanB) * (b - meanB)
  }
  let size = (squaresA * squaresB).squareRoot()
  return size > 0 ? max(-1, min(1, together / size)) : nil
}
