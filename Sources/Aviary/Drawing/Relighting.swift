extension Easel {
  /// Changes the light of every pixel by itself.
  mutating func relight(_ changed: (Tint) -> Tint) {
    for pixel in light.indices { light[pixel] = changed(light[pixel]) }
  }

  /// Spreads light over its surroundings, about as a lens out of focus does; the deviation is given in
  /// the picture's sides. At the edges the last pixels go on.
  ///
  /// Two means of 2r + 1 pixels, each of variance r (r + 1) / 3, in each direction.
  mutating func blur(by deviation: Float) {
    let variance = deviation * scale * deviation * scale
    var radius = 1
    while Float(2 * radius * (radius + 1)) / 3 < variance { radius += 1 }
    for _ in 0..<2 {
      spread(radius, lines: height, of: width, apart: width, step: 1)
      spread(radius, lines: width, of: height, apart: 1, step: width)
    }
  }

  /// The mean of each pixel and so many on either side, along rows or columns.
  private mutating func spread(_ radius: Int, lines: Int, of count: Int, apart: Int, step: Int) {
    let before = light
    for line in 0..<lines {
      for place in 0..<count {
        var sum = Tint.zero
        for near in place - radius...place + radius {
          sum += before[line * apart + max(0, min(count - 1, near)) * step]
        }
        light[line * apart + place * step] = sum / Float(2 * radius + 1)
      }
    }
  }
}
