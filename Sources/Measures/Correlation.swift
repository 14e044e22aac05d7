import Encoders
import Explaining

/// How alike two maps of one picture are, over the pixels that both models saw.
///
/// ```swift
/// plain.pearson(with: finer)        // 0.83
/// plain.spearman(with: finer)       // 0.79
/// ```
///
/// Nil where there are fewer than two such pixels, or where one of the maps is the same everywhere.
extension PixelMap {
  /// The covariance over the product of standard deviations.
  public func pearson(with other: PixelMap) -> Double? {
    shared(with: other).flatMap { a, b in
      correlation(a.map { Double($0) }, b.map { Double($0) })
    }
  }

  /// The same of ranks: it asks only for the order. Equal numbers have the mean of the ranks that they
  /// take up, without which a map with much of one number would depend on how pixels are sorted.
  /// (Spearman 1904; Adebayo et al. 2018 take it with and without signs: `magnitudes` for the former.)
  public func spearman(with other: PixelMap) -> Double? {
    shared(with: other).flatMap { correlation($0.0.ranks, $0.1.ranks) }
  }

  /// What is left when signs do not matter.
  public func magnitudes() -> PixelMap { with(values.mapped(abs)) }

  /// Both maps' numbers where both have one; nil where one of them is not sound.
  private func shared(with other: PixelMap) -> ([Float], [Float])? {
    guard isSound, other.isSound else { return nil }
    return (seen(by: other).elements, other.seen(by: self).elements)
  }

  /// The part of this map that another one has, too.
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

/// Nil where one of them has no spread.
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
