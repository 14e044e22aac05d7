extension Picture {
  /// What notes say if transparency is dropped: that of an alpha plane, and that of a transparent
  /// color.
  static let alphaDropped = "transparency dropped, the colors under it shown"
  static let colorShown = "a transparent color is shown as it is stored"

  /// Returns the picture with its transparency dealt with. If it is dropped, a note says so, and
  /// alpha stays until it has weighed the colors in a resize. Otherwise the picture now lies on a
  /// color.
  func settled(_ transparency: Reading.Transparency) -> Picture {
    switch transparency {
    case .dropped:
      guard let alpha else { return self }
      // If nothing shines through, alpha changes nothing, not even a resize.
      let isSeenThrough = alpha.contains { $0 < 255 }
      return Picture(
        width: width, height: height, pixels: pixels, alpha: isSeenThrough ? alpha : nil,
        orientation: orientation, notes: notes + (isSeenThrough ? [Picture.alphaDropped] : []))
    case .over(let color): return laid(on: color)
    }
  }

  /// Returns red, green and blue of a picture that is laid on a color. Its notes say so, and no
  /// longer say that transparency is dropped.
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

  /// Computes (color x alpha + ground x (255 - alpha)) / 255, rounded. On white this is what
  /// Pillow's `alpha_composite` gives.
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
  /// Returns the picture as it is before resizing. If the model's own code converts pictures first,
  /// neither alpha nor inks are left to change the resize.
  package func converted(_ picture: Picture) -> Picture {
    switch transparency {
    case .last: picture
    case .first: picture.plain
    case .firstOn(let color): picture.laid(on: color).plain
    }
  }
}

extension Picture {
  /// The picture with nothing but red, green and blue.
  fileprivate var plain: Picture {
    guard alpha != nil || colorAlpha != nil || inks != nil else { return self }
    return Picture(
      width: width, height: height, pixels: pixels, orientation: orientation, notes: notes)
  }
}
