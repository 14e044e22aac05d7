import Encoders
import Ground

/// Conversions from encoders, views and maps to what measures take.
///
/// ```swift
/// let scorer = view.encoder.scorer(classes)
/// let values = view.pixelValues(of: map)
/// try PixelPath.deletion.curve(view.planes, view.pixels, values, scorer).area(of: 0)
/// ```
extension ImageEncoder {
  /// Returns a scorer with one pass for each picture, one on each core. All targets are read from
  /// its embedding at once.
  public func scorer(
    _ targets: [Target], _ scale: Scorer.Scale = .probability, _ passes: Passes = .silent
  ) -> Scorer {
    let (layers, targets) = (layers, TargetRows(targets))
    return .each(scale, passes) { targets(layers($0)).map { Double($0) } }
  }
}

extension View {
  /// Returns the map's number for each pixel that the model sees, row by row: signed, raw, and
  /// interpolated linearly between the middles of cells. If a measure asks for clipping or scaling,
  /// apply it to the map before.
  public func pixelValues(of map: Heatmap) -> [Float] {
    map.values.stretched(width: pixels.width, height: pixels.height).elements
  }
}
