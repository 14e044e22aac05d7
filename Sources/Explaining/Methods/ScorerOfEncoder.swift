import Encoders
import Ground

/// From encoders, views and maps to what measures take.
///
/// ```swift
/// let scorer = view.encoder.scorer(classes)
/// let values = view.pixelValues(of: map)
/// try PixelPath.deletion.curve(view.planes, view.pixels, values, scorer).area(of: 0)
/// ```
extension ImageEncoder {
  /// A pass for each picture, one on each core; its embedding is read by all targets at once.
  public func scorer(
    _ targets: [Target], _ scale: Scorer.Scale = .probability, _ passes: Passes = .silent
  ) -> Scorer {
    let (layers, targets) = (layers, TargetRows(targets))
    return .each(scale, passes) { targets(layers($0)).map { Double($0) } }
  }
}

extension View {
  /// A map as a number for each pixel that the model sees, row by row: signed and raw, between the
  /// middles of cells by straight lines. Clip and scale before, in the open, where a measure asks
  /// for it.
  public func pixelValues(of map: Heatmap) -> [Float] {
    map.values.stretched(width: pixels.width, height: pixels.height).elements
  }
}
