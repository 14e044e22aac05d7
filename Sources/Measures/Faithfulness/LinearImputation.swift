import Encoders
import Ground
import Pictures

/// Fills in missing pixels from those around them. Each becomes the weighted mean of its eight
/// neighbors, missing ones included; straight neighbors have weight 1/6 and diagonal ones 1/12.
/// This gives one equation for each missing pixel i:
///
///     d_i x_i - sum over missing neighbors j of w_ij x_j = sum over known neighbors k of w_ik v_k
///
/// There is nothing beyond the picture, so d_i is the sum of the weights inside it: 1, or less at
/// the edge. (Rong et al. 2022, arXiv 2202.00449, section 4.1; tleemann/road_evaluation
/// `imputations.py`.)
///
/// ```swift
/// try LinearImputation(pixels, missing: order.prefix(100)).filled(planes)
/// ```
///
/// The matrix is symmetric, and positive definite as long as one pixel is known. The solution is
/// found by conjugate gradients, preconditioned by coarser and coarser grids (`Grids`), and its
/// residual is checked. `PlainImputation` does the same without the grids, and a test asserts that
/// both agree.
package struct LinearImputation: Sendable {
  let pixels: Grid
  let missing: [Int]
  private let grids: Grids

  /// The largest residual that is accepted, relative to the norm of the right side.
  private static let residual = 1e-10
  private static let mostSteps = 1000

  package init(_ pixels: Grid, missing: some Sequence<Int>) {
    self.pixels = pixels
    self.missing = Array(missing)
    grids = Grids(GridEquations(pixels, missing: self.missing))
  }

  /// Fills in the planes. At least one pixel must be known.
  package func filled(_ planes: Matrix) throws -> Matrix {
    precondition(
      missing.count < pixels.pixels && planes.columns == pixels.pixels,
      "Something is known of a picture that is filled in.")
    var filled = planes
    // Four planes at a time go through the equations, so that the weights are read once for all
    // four.
    for first in stride(from: 0, to: planes.rows, by: 4) {
      let rows = first..<min(first + 4, planes.rows)
      let found = try solution(planes, rows)
      filled.withElements { filled in
        for pixel in missing {
          let value = found[grids.finest.place(pixel)]
          for row in rows { filled[row * planes.columns + pixel] = Float(value[row - first]) }
        }
      }
    }
    return filled
  }

  private func solution(_ planes: Matrix, _ rows: Range<Int>) throws -> [SIMD4<Double>] {
    let finest = grids.finest
    var known = finest.framed
    for row in rows {
      planes.elements.withUnsafeBufferPointer { planes in
        let start = row * pixels.pixels
        for pixel in 0..<pixels.pixels {
          known[finest.place(pixel)][row - rows.lowerBound] = Double(planes[start + pixel])
        }
      }
    }
    for pixel in missing { known[finest.place(pixel)] = .zero }
    let right = finest.seen(known)
    // Starts from the mean of the known pixels.
    let mean = known.reduce(.zero, +) / Double(pixels.pixels - missing.count)
    var x = finest.framed
    for pixel in missing { x[finest.place(pixel)] = mean }
    var left = finest.left(of: right, at: x)
    let whole = finest.dot(right, right)
    let begun = finest.dot(left, left)
    let allowed =
      LinearImputation.residual * LinearImputation.residual
      * whole.replacing(with: begun, where: begun .> whole)
    var way = finest.framed
    var (size, squares, steps) = (SIMD4<Double>(repeating: 1), begun, 0)
    while any(squares .> allowed) {
      guard steps < LinearImputation.mostSteps else {
        throw InputError(
          "the filled picture", expected: "equations that are met to 10^-10",
          found: "\((squares / whole).max().squareRoot()) after \(steps) steps")
      }
      // z = M r,  p = z + (r z / r z before) p,  x += a p,  r -= a A p  with  a = r z / p A p
      let helped = grids.answer(to: left)
      let next = finest.dot(left, helped)
      finest.scale(&way, quotient(next, size), adding: helped)
      size = next
      let applied = finest.applied(to: way)
      let length = quotient(size, finest.dot(way, applied))
      finest.add(length, way, to: &x)
      finest.add(-length, applied, to: &left)
      squares = finest.dot(left, left)
      steps += 1
    }
    return x
  }
}

/// Division in which 0 / 0 is 0: a plane that is solved, or of a single color, leaves no residual.
private func quotient(_ a: SIMD4<Double>, _ b: SIMD4<Double>) -> SIMD4<Double> {
  (a / b).replacing(with: 0, where: b .== 0)
}
