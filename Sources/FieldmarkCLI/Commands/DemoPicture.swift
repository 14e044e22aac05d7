import Encoders

/// A red-winged blackbird on a reed, drawn: something to look at where there is no photograph.
func drawnBlackbird(width: Int = 480, height: Int = 320) -> Picture {
  let aspect = Float(width) / Float(height)
  var pixels: [UInt8] = []
  pixels.reserveCapacity(width * height * 3)
  for row in 0..<height {
    for column in 0..<width {
      let x = (Float(column) + 0.5) / Float(height)
      let y = (Float(row) + 0.5) / Float(height)
      let sky: SIMD3<Float> = [168 + 40 * y, 196 + 14 * y, 208 - 70 * y]
      let color = shapes.reduce(sky) { below, shape in
        let cover = shape.cover(x: x - aspect / 2, y: y, softness: 1 / Float(height))
        return below + cover * (shape.color - below)
      }
      pixels += (0..<3).map { UInt8(max(0, min(255, color[$0]))) }
    }
  }
  return Picture(width: width, height: height, pixels: pixels)
}

/// From the back to the front: reed, tail, body, head, bill, eye, wing, and the epaulet, red above
/// its yellow edge.
private let shapes = [
  Ellipse([96, 120, 52], x: 0, y: 0.93, across: 1.2, down: 0.03, slope: 0),
  Ellipse([24, 22, 26], x: -0.38, y: 0.66, across: 0.24, down: 0.05, slope: -0.35),
  Ellipse([32, 30, 35], x: -0.03, y: 0.56, across: 0.29, down: 0.20, slope: -0.25),
  Ellipse([32, 30, 35], x: 0.20, y: 0.31, across: 0.12, down: 0.115, slope: 0),
  Ellipse([58, 54, 48], x: 0.335, y: 0.325, across: 0.07, down: 0.024, slope: 0.05),
  Ellipse([235, 235, 225], x: 0.235, y: 0.285, across: 0.016, down: 0.016, slope: 0),
  Ellipse([18, 17, 20], x: -0.12, y: 0.60, across: 0.23, down: 0.10, slope: -0.35),
  Ellipse([226, 190, 84], x: 0.02, y: 0.535, across: 0.10, down: 0.055, slope: -0.25),
  Ellipse([196, 38, 28], x: 0.025, y: 0.51, across: 0.10, down: 0.055, slope: -0.25),
]

/// An ellipse whose middle line rises or falls; lengths in heights of the picture, x from its
/// middle, y from its top.
private struct Ellipse {
  let color: SIMD3<Float>
  let x: Float
  let y: Float
  let across: Float
  let down: Float
  let slope: Float

  init(_ color: SIMD3<Float>, x: Float, y: Float, across: Float, down: Float, slope: Float) {
    self.color = color
    (self.x, self.y, self.across, self.down, self.slope) = (x, y, across, down, slope)
  }

  /// How much of a place it covers, 0 to 1; the edge fades over about one pixel.
  func cover(x px: Float, y py: Float, softness: Float) -> Float {
    let dx = px - x
    let dy = py - y - slope * dx
    let radius = (dx * dx / (across * across) + dy * dy / (down * down)).squareRoot()
    return max(0, min(1, (1 - radius) * min(across, down) / softness + 0.5))
  }
}
