/// A canvas that has the light of each pixel and what it comes from. Things are painted from the
/// back to the front.
///
///     easel.paint(box, { p in length(p - middle) - radius }) { p, depth, normal in
///       Easel.Stroke(Hue.red.tint * lit(normal), .throat)
///     }
struct Easel {
  let width: Int
  let height: Int
  /// The number of pixels in the picture's side.
  let scale: Float
  var light: [Tint]
  /// What each pixel shows: a patch, something of the scene's, or nothing that has a name.
  private(set) var shows: [UInt8]
  private var field: [Float] = []

  init(size: Int) {
    (width, height, scale) = (size, size, Float(size))
    light = Array(repeating: .zero, count: size * size)
    shows = Array(repeating: Thing.scenery, count: size * size)
  }

  /// What is painted where a thing covers the picture.
  struct Stroke {
    var tint: Tint
    var thing: UInt8
    /// How much of what is behind the thing is hidden. A pixel shows a thing that covers at least
    /// half of it.
    var opacity: Float = 1

    init(_ tint: Tint, _ thing: UInt8, opacity: Float = 1) {
      (self.tint, self.thing, self.opacity) = (tint, thing, opacity)
    }

    init(_ tint: Tint, _ patch: Patch) { self.init(tint, patch.rawValue) }
  }

  /// Paints the whole picture, with a color for each place.
  mutating func fill(_ tint: (Point) -> Tint) {
    for row in 0..<height {
      let y = (Float(row) + 0.5) / scale
      for column in 0..<width {
        light[row * width + column] = tint(Point((Float(column) + 0.5) / scale, y))
      }
    }
  }

  /// Paints a thing inside a box. `distance` tells how far a place is outside the thing, in the
  /// picture's sides, and is negative inside. Each pixel is covered as far as it lies inside the
  /// thing. `outwards` is the direction in which the distance grows.
  @inline(__always)
  mutating func paint(
    _ box: Box, softness: Float = 0, _ distance: (Point) -> Float,
    stroke: (_ place: Point, _ distance: Float, _ outwards: Point) -> Stroke
  ) {
    let margin = softness + 1.5 / scale
    let columns = Easel.pixels(box.low.x - margin, box.high.x + margin, of: width)
    let rows = Easel.pixels(box.low.y - margin, box.high.y + margin, of: height)
    guard !columns.isEmpty, !rows.isEmpty else { return }
    // There is one more column or row on each side, for the slopes.
    let pitch = columns.count + 2
    let needed = pitch * (rows.count + 2)
    if field.count < needed { field = Array(repeating: 0, count: needed) }
    let sharpness = 1 / (1 / scale + softness)
    field.withUnsafeMutableBufferPointer { field in
      for row in 0..<rows.count + 2 {
        let y = (Float(rows.lowerBound + row) - 0.5) / scale
        for column in 0..<pitch {
          let x = (Float(columns.lowerBound + column) - 0.5) / scale
          field[row * pitch + column] = distance(Point(x, y))
        }
      }
      light.withUnsafeMutableBufferPointer { light in
        shows.withUnsafeMutableBufferPointer { shows in
          for row in rows {
            for column in columns {
              let at = (row - rows.lowerBound + 1) * pitch + column - columns.lowerBound + 1
              guard field[at] * sharpness < 4 else { continue }
              let slope = Point(
                field[at + 1] - field[at - 1], field[at + pitch] - field[at - pitch])
              let steepness = length(slope)
              // A true distance grows by two pixels over two; others are scaled so that they do
              // too.
              let trueness = max(0.25, steepness * scale * 0.5)
              let cover = clamp(0.5 - field[at] * sharpness / trueness)
              guard cover > 0 else { continue }
              let outwards = steepness > 1e-9 ? slope / steepness : .zero
              let place = Point((Float(column) + 0.5) / scale, (Float(row) + 0.5) / scale)
              let stroke = stroke(place, field[at], outwards)
              let pixel = row * width + column
              let share = cover * stroke.opacity
              light[pixel] += (stroke.tint - light[pixel]) * share
              if share >= 0.5 { shows[pixel] = stroke.thing }
            }
          }
        }
      }
    }
  }

  /// Tells the birds that are painted so far from one that is painted later.
  mutating func setBirdsApart() {
    for pixel in birdPixels { shows[pixel] |= Thing.another }
  }

  /// The pixels that show a bird.
  var birdPixels: [Int] { shows.indices.filter { Patch(rawValue: shows[$0]) != nil } }

  /// Returns the picture's pixels between two places. A place far beyond the picture is as good as
  /// one just beyond it.
  private static func pixels(_ low: Float, _ high: Float, of side: Int) -> Range<Int> {
    func whole(_ x: Float) -> Int { Int((max(-1, min(2, x)) * Float(side)).rounded(.down)) }
    let first = max(0, min(side, whole(low)))
    return first..<max(first, min(side, whole(high) + 1))
  }

  /// Red, green, blue of each pixel.
  var pixels: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: light.count * 3) { out, count in
      for (pixel, tint) in light.enumerated() {
        let bytes = tint.clamped(lowerBound: .zero, upperBound: .one).squareRoot() * 255 + 0.5
        out[3 * pixel] = UInt8(bytes.x)
        out[3 * pixel + 1] = UInt8(bytes.y)
        out[3 * pixel + 2] = UInt8(bytes.z)
      }
      count = light.count * 3
    }
  }
}

/// What a pixel may show other than a bird's patch.
enum Thing {
  static let scenery: UInt8 = 0
  static let ring: UInt8 = 100
  static let mark: UInt8 = 101
  static let border: UInt8 = 102
  static let dot: UInt8 = 103
  /// Berries, flowers and signs: one number for each.
  static let distractors: UInt8 = 110
  /// This is added to a patch of another bird than the one that the picture is of.
  static let another: UInt8 = 128
}
