import Encoders
import Pictures

/// A map in the pixels of its picture: a number for each that the model saw, none for the others.
///
/// ```swift
/// let seen = map.clipped().scaledToUnit().resized()
/// seen.mask(above: 0.5).runLengths.text
/// ```
public struct PixelMap: Equatable, Sendable {
  /// Of the upright picture.
  public let width: Int
  public let height: Int
  /// The pixels whose middles lie in what the model saw.
  public let rows: Range<Int>
  public let columns: Range<Int>
  /// A number for each of them.
  public let values: Matrix

  package init(
    width: Int, height: Int, rows: Range<Int>, columns: Range<Int>, values: Matrix
  ) {
    (self.width, self.height) = (width, height)
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  /// Something for each pixel of the picture, row by row.
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

  /// Numbers between 0 and 1 as grays from black to white; black where the model saw nothing.
  public var gray: PNGSamples {
    .gray16(spread(beyond: 0) { UInt16(($0.withinUnit * 65535).rounded()) })
  }

  /// The pixels with more than a number; none where the model saw nothing.
  public func mask(above threshold: Float) -> Mask {
    Mask(width: width, height: height, spread(beyond: false) { $0 > threshold })
  }
}

extension Heatmap {
  /// The map in the pixels of the picture: values between the middles of cells by bilinear
  /// interpolation, those beyond the outermost middles as there. Over what the model saw it equals
  /// PyTorch's `interpolate(mode="bilinear", align_corners=False)` to the size of the region.
  ///
  /// With n cells over a length of l pixels from s, the middle of pixel p lies at
  ///
  ///     (p + 1/2 - s) / l n - 1/2
  ///
  /// cells behind the middle of the first. Nothing is clipped or scaled.
  public func resized() -> PixelMap {
    let across = Line(
      from: region.x, length: region.width, cells: values.columns, pixels: width)
    let down = Line(from: region.y, length: region.height, cells: values.rows, pixels: height)
    // First each row of cells becomes as wide as the picture; then rows of pixels lie between them.
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

  /// Between the middles of two cells, or at one.
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
    /// The first pixel whose middle lies at or behind a place.
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
  /// The nearest number from 0 to 1; 0 for what is no number, in this order of the operations.
  package var withinUnit: Float { Swift.min(1, Swift.max(0, self)) }
}
