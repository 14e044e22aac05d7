import Encoders
import Explaining

extension PixelMap {
  /// What speaks against counts as nothing; what is no number stays none.
  public func clipped() -> PixelMap { with(values.mapped { $0 < 0 ? 0 : $0 }) }

  func with(_ values: Matrix) -> PixelMap {
    PixelMap(width: width, height: height, rows: rows, columns: columns, values: values)
  }

  /// A number for each pixel of the picture, from 0 for the least to 1 for the most; 0 where the
  /// model saw nothing, and where all are the same. Nil where there is no map.
  var units: [Double]? { filled?.units }
}

extension [Float] {
  /// From 0 for the least to 1 for the most, in the precision in which the benchmarks reckon: a number
  /// on a threshold shall fall on the same side.
  var units: [Double] {
    let least = Double(self.min() ?? 0)
    let size = Double(self.max() ?? 0) - least
    return map { size > 0 ? (Double($0) - least) / size : 0 }
  }
}

extension PixelMap {
  /// The energy-based pointing game: the share of what speaks for that lies inside.
  ///
  ///     sum over the truth of max(0, m) / sum of max(0, m)
  ///
  /// (Wang et al. 2020, Score-CAM, arXiv 1910.01279; relevance mass accuracy, Arras et al. 2022.)
  /// Nil where nothing speaks for, or where there is no truth. Sharper maps have more of it whatever
  /// they show, as DiffCAM says (section 4.2.2): it is read beside an overlap. Scaling a map from its
  /// least to its most beforehand changes the number, since what was nothing then counts.
  public func energy(in truth: Truth) -> Double? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard isSound, truth.count > 0 else { return nil }
    var inside = 0.0
    var all = 0.0
    var place = 0
    for row in rows {
      for column in columns {
        let value = Double(max(0, values.elements[place]))
        all += value
        if truth.mask.pixels[row * width + column] { inside += value }
        place += 1
      }
    }
    return all > 0 ? inside / all : nil
  }
}
