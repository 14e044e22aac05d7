extension Picture {
  /// What notes say where transparency is dropped: of a plane of alpha, of a transparent color.
  static let alphaDropped = "transparency dropped, the colors under it shown"
  static let colorShown = "a transparent color is shown as it is stored"

  /// The picture with its transparency dealt with: dropped later, by whoever resizes, and noted;
  /// or gone, because the picture now lies on a color.
  func settled(_ transparency: Reading.Transparency) -> Picture {
    switch transparency {
    case .dropped:
      guard let alpha else { return self }
      // Where nothing shines through, alpha changes nothing, not even a resize.
      let isSeenThrough = alpha.contains { $0 < 255 }
      return Picture(
        width: width, height: height, pixels: pixels, alpha: isSeenThrough ? alpha : nil,
        orientation: orientation, notes: notes + (isSeenThrough ? [Picture.alphaDropped] : []))
    case .over(let color): return laid(on: color)
    }
  }

  /// Red, green and blue of a picture that lies on a color, with notes that say so in place of those
  /// that say its transparency is dropped.
  fileprivate func laid(on color: Color) -> Picture {
    guard let alpha = alpha ?? colorAlpha else { return self }
    let others = notes.filter { $0 != Picture.alphaDropped && $0 != Picture.colorShown }
    let isSeenThrough = alpha.contains { $0 < 255 }
    let ground = color == .white ? "white" : "a color"
    return Picture(
      width: width, height: height, pixels: isSeenThrough ? laid(on: color, alpha) : pixels,
      orientation: orientation,
      notes: others + (isSeenThrough ? ["laid on \(ground) where transparent"] : []))
  }

  /// (color x alpha + ground x (255 - alpha)) / 255, rounded: on white what Pillow's
  /// `alpha_composite` gives.
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

extension Preprocessing {
  /// The picture as it is before its size changes. Where the model's own code converts pictures
  /// first, neither alpha nor inks are left to change it.
  package func converted(_ picture: Picture) -> Picture {
    switch transparency {
    case .last: picture
    case .first: picture.plain
    case .firstOn(let color): picture.laid(on: color).plain
    }
  }
}

extension Picture {
  /// Red, green and blue alone.
  fileprivate var plain: Picture {
    guard alpha != nil || colorAlpha != nil || inks != nil else { return self }
    return Picture(
      width: width, height: height, pixels: pixels, orientation: orientation, notes: notes)
  }
}
