import Encoders
import Explaining

extension PixelMap {
  /// The map with negative values set to 0. NaN stays NaN.
  public func clipped() -> PixelMap { with(values.mapped { $0 < 0 ? 0 : $0 }) }

  func with(_ values: Matrix) -> PixelMap {
    PixelMap(width: width, height: height, rows: rows, columns: columns, values: values)
  }

  /// A number for each pixel of the picture, scaled from 0 for the minimum to 1 for the maximum. It
  /// is 0 where the model saw nothing, and everywhere in a constant map. Nil if there is no map.
  var units: [Double]? { filled?.units }
}

extension [Float] {
  /// The numbers scaled from 0 for the minimum to 1 for the maximum. This is done in the precision
  /// of the benchmarks, so that a number at a threshold falls on the same side.
  var units: [Double] {
    let least = Double(self.min() ?? 0)
    let size = Double(self.max() ?? 0) - least
    return map { size > 0 ? (Double($0) - least) / size : 0 }
  }
}

extension PixelMap {
  /// The energy-based pointing game: the share of the map's positive values that lies inside the
  /// truth.
  ///
  ///     sum over the truth of max(0, m) / sum of max(0, m)
  ///
  /// (Wang et al. 2020, Score-CAM, arXiv 1910.01279; relevance mass accuracy, Arras et al. 2022.)
  /// Nil if the map has no positive value or there is no truth. Sharper maps have more energy
  /// inside whatever they show, as DiffCAM says (section 4.2.2), so it is read beside an overlap.
  /// Scaling a map to 0...1 beforehand changes the number, since values that were 0 then count.
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
