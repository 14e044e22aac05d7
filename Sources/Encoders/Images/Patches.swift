/// Cuts pictures into square patches. Each patch becomes a row with all its red values, then green,
/// then blue, each pixel row by pixel row.
///
/// A picture comes in as three rows, its red, green and blue planes; several pictures are stacked.
public struct Patches: Layer {
  public let width: Int
  public let height: Int
  public let side: Int

  public init(width: Int, height: Int, side: Int) {
    precondition(
      width.isMultiple(of: side) && height.isMultiple(of: side), "Patches cover a picture.")
    self.width = width
    self.height = height
    self.side = side
  }

  public var columns: Int { width / side }
  public var rows: Int { height / side }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(x.columns == width * height, "Planes of \(width) x \(height) got \(x).")
    return x.elements.withUnsafeBufferPointer { x in
      Matrix(rows: x.count / (3 * width * height) * rows * columns, columns: 3 * side * side) { y in
        forEachRun { place, pixel in
          (y.baseAddress! + place).initialize(from: x.baseAddress! + pixel, count: side)
        } of: {
          x.count / (3 * width * height)
        }
      }
    }
  }

  public func traced(_ x: Matrix) -> Traced {
    Traced(self(x)) { d in
      // Every pixel is in exactly one patch, so its gradient is only copied back.
      var dx = Matrix(rows: x.rows, columns: x.columns)
      dx.withElements { dx in
        d.elements.withUnsafeBufferPointer { d in
          forEachRun { place, pixel in
            (dx.baseAddress! + pixel).update(from: d.baseAddress! + place, count: side)
          } of: {
            x.rows / 3
          }
        }
      }
      return dx
    }
  }

  /// Calls `body` with the place of each run of neighboring pixels among the patches and among the
  /// planes.
  private func forEachRun(
    _ body: (_ place: Int, _ pixel: Int) -> Void, of pictures: () -> Int
  ) {
    var place = 0
    for picture in 0..<pictures() {
      for row in 0..<rows {
        for column in 0..<columns {
          for channel in 0..<3 {
            for y in row * side..<(row + 1) * side {
              body(place, ((3 * picture + channel) * height + y) * width + column * side)
              place += side
            }
          }
        }
      }
    }
  }
}

/// Turns patches into tokens. Each patch gets its position added, and each picture's patches come
/// after its first tokens: the class token (with its position) and registers.
public struct Tokens: Layer {
  public let first: Matrix
  /// A row for each patch of a picture.
  public let positions: Matrix

  public init(first: Matrix, positions: Matrix) {
    self.first = first
    self.positions = positions
  }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    .stacked(
      (0..<x.rows / positions.rows).flatMap { picture in
        [first, x.rows(picture * positions.rows..<(picture + 1) * positions.rows) + positions]
      })
  }

  public func traced(_ x: Matrix) -> Traced {
    // y = [first, x + positions] for each picture
    Traced(self(x)) { d in
      let length = first.rows + positions.rows
      return .stacked(
        (0..<x.rows / positions.rows).map { picture in
          d.rows(picture * length + first.rows..<(picture + 1) * length)
        })
    }
  }
}
