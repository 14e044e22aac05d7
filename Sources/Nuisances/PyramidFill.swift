import Pictures

extension Picture {
  /// The picture with a hole filled in from around it: smoothly, and as dark inside as its rim. Nil
  /// where the hole is all of it.
  ///
  /// Known pixels are averaged to coarser and coarser pictures until nothing is missing; on the way
  /// back each missing pixel lies between the coarser ones, and comes near to the mean of its neighbors
  /// in a few sweeps. It takes a millisecond where `LinearImputation`, which solves such equations
  /// to ten digits, takes many for the hole that a whole thing leaves.
  func filled(in hole: Mask) -> Picture? {
    guard hole.pixels.contains(true) else { return self }
    var levels = [FillLevel(self, hole)]
    while let last = levels.last, last.isMissingSome {
      guard last.width > 1 || last.height > 1 else { return nil }
      levels.append(last.coarser)
    }
    var found = levels.removeLast()
    while var finer = levels.popLast() {
      finer.fill(from: found)
      found = finer
    }
    var pixels = pixels
    for (pixel, isMissing) in hole.pixels.enumerated() where isMissing {
      for channel in 0..<3 {
        pixels[3 * pixel + channel] = UInt8(
          min(max(found.colors[pixel][channel], 0), 255).rounded())
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }
}

/// Colors of which some are known: red, green, blue, and 1 where they are, all 0 where they are not.
private struct FillLevel {
  let width: Int
  let height: Int
  var colors: [SIMD4<Float>]

  private static let sweeps = 3

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    colors = [SIMD4<Float>](repeating: .zero, count: width * height)
  }

  init(_ picture: Picture, _ hole: Mask) {
    self.init(width: picture.width, height: picture.height)
    picture.pixels.withUnsafeBufferPointer { bytes in
      for (pixel, isMissing) in hole.pixels.enumerated() where !isMissing {
        colors[pixel] = SIMD4(
          Float(bytes[3 * pixel]), Float(bytes[3 * pixel + 1]), Float(bytes[3 * pixel + 2]), 1)
      }
    }
  }

  var isMissingSome: Bool { colors.contains { $0.w == 0 } }

  /// Half as wide and as high: the mean of those that are known among four.
  var coarser: FillLevel {
    var coarse = FillLevel(width: (width + 1) / 2, height: (height + 1) / 2)
    for y in 0..<height {
      let line = y / 2 * coarse.width
      for x in 0..<width { coarse.colors[line + x / 2] += colors[y * width + x] }
    }
    for place in coarse.colors.indices where coarse.colors[place].w > 0 {
      coarse.colors[place] /= coarse.colors[place].w
    }
    return coarse
  }

  mutating func fill(from coarse: FillLevel) {
    let missing = colors.indices.filter { colors[$0].w == 0 }
    let (width, height) = (width, height)
    colors.withUnsafeMutableBufferPointer { colors in
      for place in missing { colors[place] = coarse.between(place % width, place / width) }
      func sweep(_ places: some Sequence<Int>) {
        for place in places {
          let (x, y) = (place % width, place / width)
          var sum = SIMD4<Float>.zero
          if x > 0 { sum += colors[place - 1] }
          if x + 1 < width { sum += colors[place + 1] }
          if y > 0 { sum += colors[place - width] }
          if y + 1 < height { sum += colors[place + width] }
          // The last of the four counts the neighbors.
          colors[place] = sum / sum.w
        }
      }
      for _ in 0..<Self.sweeps {
        sweep(missing)
        sweep(missing.reversed())
      }
    }
  }

  /// Between the four that are nearest to a pixel of the picture twice as large.
  private func between(_ x: Int, _ y: Int) -> SIMD4<Float> {
    let (left, right) = (max(0, (x - 1) >> 1), min(width - 1, (x + 1) >> 1))
    let (top, bottom) = (max(0, (y - 1) >> 1), min(height - 1, (y + 1) >> 1))
    // The middle of an even pixel lies a quarter before that of its coarse one, an odd one's behind.
    let (across, down): (Float, Float) = (x % 2 == 0 ? 0.75 : 0.25, y % 2 == 0 ? 0.75 : 0.25)
    func row(_ y: Int) -> SIMD4<Float> {
      let first = colors[y * width + left]
      return first + (colors[y * width + right] - first) * across
    }
    let first = row(top)
    return first + (row(bottom) - first) * down
  }
}
