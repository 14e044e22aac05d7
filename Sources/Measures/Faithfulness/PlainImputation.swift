import Encoders
import Ground
import Pictures

/// The solution of `LinearImputation` by plain conjugate gradients. (Hestenes and Stiefel 1952.)
/// Each step passes information only between neighboring pixels, so a hole that is 200 pixels wide
/// takes hundreds of steps.
///
/// ```swift
/// try PlainImputation(pixels, missing: order.prefix(100)).filled(planes)
/// ```
package struct PlainImputation: Sendable {
  let pixels: Grid
  let missing: [Int]
  /// 1 for a missing pixel and 0 elsewhere, with a frame of one pixel.
  private let mask: [Double]
  /// The sums of weights d, with the frame.
  private let diagonal: [Double]

  /// The largest residual that is accepted, relative to the norm of the right side.
  private static let residual = 1e-10
  private static let mostSteps = 20_000

  package init(_ pixels: Grid, missing: some Sequence<Int>) {
    self.pixels = pixels
    self.missing = Array(missing)
    let stencil = Stencil(pixels)
    let all = stencil.framed { _ in 1 }
    var mask = [Double](repeating: 0, count: all.count)
    for pixel in self.missing { mask[stencil.place(pixel)] = 1 }
    self.mask = mask
    diagonal = stencil.sums(all)
  }

  /// Fills in each plane by itself. At least one pixel must be known.
  package func filled(_ planes: Matrix) throws -> Matrix {
    precondition(
      missing.count < pixels.pixels && planes.columns == pixels.pixels,
      "Something is known of a picture that is filled in.")
    var filled = planes
    for plane in 0..<planes.rows {
      let values = Array(planes[row: plane])
      for (pixel, value) in zip(missing, try solution(values)) {
        filled[plane, pixel] = Float(value)
      }
    }
    return filled
  }

  private func solution(_ values: [Float]) throws -> [Double] {
    let stencil = Stencil(pixels)
    let known = stencil.framed { mask[stencil.place($0)] == 0 ? Double(values[$0]) : 0 }
    let right = zip(mask, stencil.sums(known)).map { $0 * $1 }
    // Starts from the mean of the known pixels.
    let mean = known.reduce(0, +) / Double(pixels.pixels - missing.count)
    var x = mask.map { mean * $0 }
    var left = zip(right, applied(x)).map { $0 - $1 }
    var way = left
    var size = dot(left, left)
    let allowed =
      PlainImputation.residual * PlainImputation.residual * max(dot(right, right), size)
    var steps = 0
    while size > allowed {
      guard steps < PlainImputation.mostSteps else {
        throw InputError(
          "the filled picture", expected: "equations that are met to 10^-10",
          found: "\((size / max(dot(right, right), size)).squareRoot()) after \(steps) steps")
      }
      let applied = applied(way)
      let length = size / dot(way, applied)
      x.add(length, way)
      left.add(-length, applied)
      let next = dot(left, left)
      way.scale(next / size, adding: left)
      size = next
      steps += 1
    }
    return missing.map { x[stencil.place($0)] }
  }

  /// The left side of every equation; 0 where there is no equation.
  private func applied(_ x: [Double]) -> [Double] {
    var sums = Stencil(pixels).sums(x)
    sums.withUnsafeMutableBufferPointer { sums in
      x.withUnsafeBufferPointer { x in
        mask.withUnsafeBufferPointer { mask in
          diagonal.withUnsafeBufferPointer { diagonal in
            for place in sums.indices {
              sums[place] = mask[place] * (diagonal[place] * x[place] - sums[place])
            }
          }
        }
      }
    }
    return sums
  }
}

/// Weighted sums over the eight neighbors of each pixel of a picture with a frame of zeros.
///
/// With the weights 1/6 and 1/12, they can be computed without visiting each neighbor:
///
///     1 2 1     1             0 0 0
///     2 0 2  =  2 (1 2 1)  -  0 4 0 ,   all over 12
///     1 2 1     1             0 0 0
package struct Stencil: Sendable {
  private let pixels: Grid
  private let row: Int

  package init(_ pixels: Grid) {
    self.pixels = pixels
    row = pixels.width + 2
  }

  /// The place of a pixel within the frame.
  package func place(_ pixel: Int) -> Int {
    (pixel / pixels.width + 1) * row + pixel % pixels.width + 1
  }

  package func framed(_ value: (Int) -> Double) -> [Double] {
    var framed = [Double](repeating: 0, count: row * (pixels.height + 2))
    for pixel in 0..<pixels.pixels { framed[place(pixel)] = value(pixel) }
    return framed
  }

  /// The sum for each pixel; 0 in the frame.
  package func sums(_ x: [Double]) -> [Double] {
    var across = [Double](repeating: 0, count: x.count)
    var sums = across
    x.withUnsafeBufferPointer { x in
      across.withUnsafeMutableBufferPointer { across in
        for place in 1..<x.count - 1 { across[place] = x[place - 1] + 2 * x[place] + x[place + 1] }
      }
      across.withUnsafeBufferPointer { across in
        sums.withUnsafeMutableBufferPointer { sums in
          for line in 1...pixels.height {
            let start = line * row
            for place in start + 1...start + pixels.width {
              let all = across[place - row] + 2 * across[place] + across[place + row]
              sums[place] = (all - 4 * x[place]) * (1 / 12)
            }
          }
        }
      }
    }
    return sums
  }
}

/// The inner product, in four independent sums that are computed at the same time.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      var sums = SIMD4<Double>()
      let whole = a.count / 4 * 4
      for place in stride(from: 0, to: whole, by: 4) {
        let first = SIMD4(a[place], a[place + 1], a[place + 2], a[place + 3])
        sums += first * SIMD4(b[place], b[place + 1], b[place + 2], b[place + 3])
      }
      return (whole..<a.count).reduce(sums.sum()) { $0 + a[$1] * b[$1] }
    }
  }
}

extension [Double] {
  /// self + factor other
  fileprivate mutating func add(_ factor: Double, _ other: [Double]) {
    withUnsafeMutableBufferPointer { x in
      other.withUnsafeBufferPointer { y in
        for place in x.indices { x[place] += factor * y[place] }
      }
    }
  }

  /// other + factor self
  fileprivate mutating func scale(_ factor: Double, adding other: [Double]) {
    withUnsafeMutableBufferPointer { x in
      other.withUnsafeBufferPointer { y in
        for place in x.indices { x[place] = y[place] + factor * x[place] }
      }
    }
  }
}
