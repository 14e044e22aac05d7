import Encoders
import Glibc
import Pictures

/// Superpixels: parts of a picture of about one color each and about equally large, by SLIC, which
/// is k-means over color and place. (Achanta et al. 2012, IEEE TPAMI 34.)
///
/// ```swift
/// Superpixels(colors, over: view.pixels, count: 64).labels      // 0, 0, 0, 1, 1, ...
/// ```
package struct Superpixels: Sendable {
  package let pixels: Grid
  /// The part that each pixel belongs to, row by row.
  package private(set) var labels: [Int]
  package private(set) var count: Int

  /// The distance in color that counts as much as one step of the grid.
  private static let compactness: Float = 10
  private static let rounds = 10

  /// Makes about `wanted` parts from three rows of colors in which equal distances look alike.
  package init(_ colors: Matrix, over pixels: Grid, count wanted: Int) {
    precondition(
      colors.rows == 3 && colors.columns == pixels.pixels && wanted > 0,
      "\(colors) has three colors for each pixel.")
    self.pixels = pixels
    let side = (Float(pixels.pixels) / Float(wanted)).squareRoot()
    let across = max(1, Int((Float(pixels.width) / side).rounded()))
    let down = max(1, Int((Float(pixels.height) / side).rounded()))
    labels = (0..<pixels.pixels).map { pixel in
      let (y, x) = pixel.quotientAndRemainder(dividingBy: pixels.width)
      return y * down / pixels.height * across + x * across / pixels.width
    }
    count = across * down
    let places = Superpixels.scaledPlaces(colors, pixels, Superpixels.compactness / side)
    for _ in 0..<Superpixels.rounds {
      moveToNearest(places, means(places), side: side)
    }
    connect(smallest: Int(side * side / 4))
  }

  /// Returns five numbers for each pixel: its color, then its place on the scale of colors.
  private static func scaledPlaces(
    _ colors: Matrix, _ pixels: Grid, _ scale: Float
  ) -> [SIMD8<Float>] {
    (0..<pixels.pixels).map { pixel in
      let (y, x) = pixel.quotientAndRemainder(dividingBy: pixels.width)
      return SIMD8(
        colors[0, pixel], colors[1, pixel], colors[2, pixel], Float(x) * scale, Float(y) * scale,
        0, 0, 0)
    }
  }

  /// Returns the mean over the pixels of each part; nil for parts that have lost all pixels.
  private func means(_ places: [SIMD8<Float>]) -> [SIMD8<Float>?] {
    var sums = [SIMD8<Float>](repeating: .zero, count: count)
    var sizes = [Float](repeating: 0, count: count)
    for (label, place) in zip(labels, places) {
      sums[label] += place
      sizes[label] += 1
    }
    return zip(sums, sizes).map { $1 > 0 ? $0 / $1 : nil }
  }

  /// Moves each pixel to the nearest mean among those no farther away than a side of a part.
  private mutating func moveToNearest(
    _ places: [SIMD8<Float>], _ means: [SIMD8<Float>?], side: Float
  ) {
    let reach = Int(side.rounded(.up))
    var nearest = [Float](repeating: .infinity, count: places.count)
    for (label, mean) in means.enumerated() {
      guard let mean else { continue }
      let (x, y) = (
        Int(mean[3] * side / Superpixels.compactness), Int(mean[4] * side / Superpixels.compactness)
      )
      for row in max(0, y - reach)..<min(pixels.height, y + reach + 1) {
        for column in max(0, x - reach)..<min(pixels.width, x + reach + 1) {
          let pixel = row * pixels.width + column
          let way = places[pixel] - mean
          let distance = (way * way).sum()
          if distance < nearest[pixel] {
            nearest[pixel] = distance
            labels[pixel] = label
          }
        }
      }
    }
  }

  /// Numbers connected pieces in the order of their first pixels. Small pieces join the piece to
  /// their left, or above.
  private mutating func connect(smallest: Int) {
    var numbers = [Int](repeating: -1, count: labels.count)
    count = 0
    for first in labels.indices where numbers[first] < 0 {
      let piece = piece(at: first)
      let before = first % pixels.width > 0 ? first - 1 : first - pixels.width
      let isSmall = piece.count < smallest && before >= 0
      let number = isSmall ? numbers[before] : count
      for pixel in piece { numbers[pixel] = number }
      if !isSmall { count += 1 }
    }
    labels = numbers
  }

  private func piece(at first: Int) -> [Int] {
    var piece = [first]
    var isIn: Set<Int> = [first]
    var next = 0
    while next < piece.count {
      let pixel = piece[next]
      let (y, x) = pixel.quotientAndRemainder(dividingBy: pixels.width)
      next += 1
      for (isInside, neighbor) in [
        (x > 0, pixel - 1), (x + 1 < pixels.width, pixel + 1),
        (y > 0, pixel - pixels.width), (y + 1 < pixels.height, pixel + pixels.width),
      ] where isInside && labels[neighbor] == labels[first] && isIn.insert(neighbor).inserted {
        piece.append(neighbor)
      }
    }
    return piece
  }
}

extension View {
  /// What the model sees, in CIELAB (1976), where steps in all directions look equally large.
  var colors: Matrix {
    let (mean, deviation) = (encoder.preprocessing.mean, encoder.preprocessing.deviation)
    var colors = Matrix(rows: 3, columns: planes.columns)
    for pixel in 0..<planes.columns {
      let color = SIMD3(planes[0, pixel], planes[1, pixel], planes[2, pixel]) * deviation + mean
      let lab = cieLab(color)
      for channel in 0..<3 { colors[channel, pixel] = lab[channel] }
    }
    return colors
  }
}

/// Returns the CIELAB values of an sRGB color from 0 to 1, by way of CIE XYZ under D65 (IEC
/// 61966-2-1).
package func cieLab(_ color: SIMD3<Float>) -> SIMD3<Float> {
  var linear = SIMD3<Float>.zero
  for index in 0..<3 {
    let value = min(1, max(0, color[index]))
    linear[index] = value <= 0.04045 ? value / 12.92 : powf((value + 0.055) / 1.055, 2.4)
  }
  // The rows of the matrix, each divided by white's X, Y or Z.
  let x = (linear * SIMD3(0.4124, 0.3576, 0.1805)).sum() / 0.9505
  let y = (linear * SIMD3(0.2126, 0.7152, 0.0722)).sum()
  let z = (linear * SIMD3(0.0193, 0.1192, 0.9505)).sum() / 1.089
  func root(_ t: Float) -> Float { t > 216 / 24389 ? cbrtf(t) : t * 841 / 108 + 4 / 29 }
  return SIMD3(116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z)))
}
