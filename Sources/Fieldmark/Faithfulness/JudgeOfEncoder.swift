import Encoders

/// From encoders, views and maps to what measures take.
///
///     let judge = view.encoder.judge(classes)
///     let values = view.pixelValues(of: map)
///     try PixelPath.deletion.curve(view.planes, view.pixels, values, judge).area(of: 0)
extension ImageEncoder {
  /// A pass for each picture, one on each core; its embedding is read by all targets.
  public func judge(
    _ targets: [Target], _ scale: Judge.Scale = .probability, batch: Int = 16
  ) -> Judge {
    let layers = layers
    return Judge(scale, batch: batch) { pictures in
      let embeddings = try concurrently(pictures.count) { layers(pictures[$0]) }
      return embeddings.map { embedding in targets.map { Double($0(embedding)) } }
    }
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
