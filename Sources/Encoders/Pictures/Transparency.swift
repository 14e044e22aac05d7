extension Picture {
  /// The picture with its transparency dealt with: dropped later, by whoever resizes, and noted;
  /// or gone, because the picture now lies on a colour.
  func settled(_ transparency: Reading.Transparency) -> Picture {
    guard let alpha else { return self }
    // Where nothing shines through, alpha changes nothing, not even a resize.
    guard alpha.contains(where: { $0 < 255 }) else {
      return Picture(
        width: width, height: height, pixels: pixels, orientation: orientation, notes: notes)
    }
    switch transparency {
    case .dropped:
      return Picture(
        width: width, height: height, pixels: pixels, alpha: alpha, orientation: orientation,
        notes: notes + ["transparency dropped, the colours under it shown"])
    case .over(let color):
      return Picture(
        width: width, height: height, pixels: laid(on: color, alpha), orientation: orientation,
        notes: notes + ["laid on a colour where transparent"])
    }
  }

  /// (colour x alpha + ground x (255 - alpha)) / 255, rounded.
  private func laid(on color: Color, _ alpha: [UInt8]) -> [UInt8] {
    let ground = [Int(color.red), Int(color.green), Int(color.blue)]
    return [UInt8](unsafeUninitializedCapacity: pixels.count) { laid, count in
      for (pixel, cover) in alpha.enumerated() {
        for channel in 0..<3 {
          let sum =
            Int(pixels[pixel * 3 + channel]) * Int(cover) + ground[channel] * (255 - Int(cover))
          laid.initializeElement(at: count, to: UInt8((sum + 127) / 255))
          count += 1
        }
      }
    }
  }
}
