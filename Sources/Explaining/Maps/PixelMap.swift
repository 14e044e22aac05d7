import Encoders
import Pictures

/// A map in the pixels of its picture: a number for each pixel that the model saw, and none for the
/// others.
///
/// ```swift
/// let seen = map.clipped().scaledToUnit().resized()
/// seen.mask(above: 0.5).runLengths.text
/// ```
public struct PixelMap: Equatable, Sendable {
  /// The size of the upright picture.
  public let width: Int
  public let height: Int
  /// The rows and columns of the pixels whose middles lie in what the model saw.
  public let rows: Range<Int>
  public let columns: Range<Int>
  /// A number for each of these pixels.
  public let values: Matrix

  package init(
    width: Int, height: Int, rows: Range<Int>, columns: Range<Int>, values: Matrix
  ) {
    (self.width, self.height) = (width, height)
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  /// Returns a value for each pixel of the picture, row by row: `body` of its number, or `nothing`
  /// where the model saw nothing.
  package func spread<Value>(beyond nothing: Value, _ body: (Float) -> Value) -> [Value] {
    var all = [Value](repeating: nothing, count: width * height)
    all.withUnsafeMutableBufferPointer { all in
      values.elements.withUnsafeBufferPointer { values in
        for row in 0..<rows.count {
          let start = (rows.lowerBound + row) * width + columns.lowerBound
          for column in 0..<columns.count {
            all[start + column] = body(values[row * columns.count + column])
          }
        }
      }
    }
    return all
  }

  /// The numbers between 0 and 1 as grays from black to white, and black where the model saw
  /// nothing.
  public var gray: PNGSamples {
    .gray16(spread(beyond: 0) { UInt16(($0.withinUnit * 65535).rounded()) })
  }

  /// Returns the pixels whose number is above a threshold; none where the model saw nothing.
  public func mask(above threshold: Float) -> Mask {
    Mask(width: width, height: height, spread(beyond: false) { $0 > threshold })
  }
}

extension Heatmap {
  /// Returns the map in the pixels of the picture. Values between the middles of cells are
  /// interpolated bilinearly; beyond the outermost middles they stay the same. Over what the model
  /// saw this equals PyTorch's `interpolate(mode="bilinear", align_corners=False)` to the size of
  /// the region.
  ///
  /// If n cells cover a length of l pixels that begins at s, the middle of pixel p lies
  ///
  ///     (p + 1/2 - s) / l n - 1/2
  ///
  /// cells after the middle of the first cell. Nothing is clipped or scaled.
  public func resized() -> PixelMap {
    let across = Line(
      from: region.x, length: region.width, cells: values.columns, pixels: width)
    let down = Line(from: region.y, length: region.height, cells: values.rows, pixels: height)
    // First each row of cells is interpolated to the pixels of a row; then rows of pixels are
    // interpolated between these.
    let wide = values.elements.withUnsafeBufferPointer { cells in
      (0..<values.rows).map { row in
        across.places.map { place in
          let start = row * values.columns
          return place.between(cells[start + place.before], cells[start + place.after])
        }
      }
    }
    var pixels: [Float] = []
    pixels.reserveCapacity(down.places.count * across.places.count)
    for place in down.places {
      for (above, below) in zip(wide[place.before], wide[place.after]) {
        pixels.append(place.between(above, below))
      }
    }
    return PixelMap(
      width: width, height: height, rows: down.pixels, columns: across.pixels,
      values: Matrix(rows: down.places.count, columns: across.places.count, pixels))
  }
}

/// The pixels of a line that cells cover, and where each lies among the cells.
private struct Line {
  let pixels: Range<Int>
  let places: [Place]

  /// A place between the middles of two cells, or at one of them.
  struct Place {
    let before: Int
    let after: Int
    let share: Float

    func between(_ a: Float, _ b: Float) -> Float { (1 - share) * a + share * b }
  }

  init(from start: Double, length: Double, cells: Int, pixels count: Int) {
    precondition(
      cells > 0 && start.isFinite && length.isFinite && length > 0,
      "A map has cells, and a part of the picture that they cover.")
    /// Returns the first pixel whose middle lies at or after a place.
    func pixel(_ place: Double) -> Int {
      Int(max(0, min(Double(count), (place - 0.5).rounded(.up))))
    }
    pixels = pixel(start)..<max(pixel(start), pixel(start + length))
    places = pixels.map { pixel in
      let place = (Double(pixel) + 0.5 - start) / length * Double(cells) - 0.5
      let clamped = max(0, min(Double(cells - 1), place))
      let before = Int(clamped)
      return Place(
        before: before, after: min(before + 1, cells - 1), share: Float(clamped - Double(before)))
    }
  }
}

extension Float {
  /// The nearest number from 0 to 1. NaN becomes 0, which depends on this order of `min` and `max`.
  package var withinUnit: Float { Swift.min(1, Swift.max(0, self)) }
}
