/// Turns planes into pixels: each picture's three rows (red, green and blue) become one row for
/// each pixel.
///
/// ```swift
/// Pixels()(Matrix([[1, 2], [10, 20], [100, 200]]))      // [1, 10, 100], [2, 20, 200]
/// ```
public struct Pixels: Layer {
  public init() {}

  public func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(x.rows.isMultiple(of: 3), "Pictures have three planes each, found \(x).")
    return x.elements.withUnsafeBufferPointer { elements in
      Matrix(rows: elements.count / 3, columns: 3) { y in
        forEach(of: x) { pixel, plane in y.initializeElement(at: pixel, to: elements[plane]) }
      }
    }
  }

  public func traced(_ x: Matrix) -> Traced {
    // Every number only moves to another place, so its gradient moves back.
    Traced(self(x)) { d in
      d.elements.withUnsafeBufferPointer { d in
        Matrix(rows: x.rows, columns: x.columns) { dx in
          forEach(of: x) { pixel, plane in dx.initializeElement(at: plane, to: d[pixel]) }
        }
      }
    }
  }

  /// Calls `body` with the place of each number among the pixels and among the planes.
  private func forEach(of planes: Matrix, _ body: (_ pixel: Int, _ plane: Int) -> Void) {
    for picture in 0..<planes.rows / 3 {
      for channel in 0..<3 {
        let pixel = 3 * picture * planes.columns + channel
        let plane = (3 * picture + channel) * planes.columns
        for place in 0..<planes.columns { body(pixel + 3 * place, plane + place) }
      }
    }
  }
}
