import Ground

/// The Cholesky factorization of a symmetric, positive definite matrix: A = L L' with a lower
/// triangle L.
///
/// ```swift
/// let factor = Cholesky([4, 0, 2, 5], size: 2)      // [2, 0, 1, 2]
/// factor.solve([2, 5])                              // [0, 1]
/// ```
///
/// It is computed in doubles and block by block. Most of the work is subtracting the products of
/// earlier blocks, and the numbers that one block needs for this stay in the processor's cache.
package struct Cholesky: Sendable {
  let size: Int
  /// L, row by row; what is above the diagonal is not read.
  private let triangle: [Double]

  private static let block = 32

  /// Factorizes a matrix that is given row by row; only what is on and below the diagonal is read.
  package init(_ matrix: [Double], size: Int) {
    precondition(matrix.count == size * size, "A matrix to factorise is square.")
    var matrix = matrix
    matrix.withUnsafeMutableBufferPointer { buffer in
      guard let l = buffer.baseAddress else { return }
      for first in stride(from: 0, to: size, by: Cholesky.block) {
        let rows = first..<min(first + Cholesky.block, size)
        for start in stride(from: 0, through: first, by: Cholesky.block) {
          let columns = start..<min(start + Cholesky.block, size)
          subtractProducts(l, rows, l, columns, row: size, count: start, from: l, row: size)
          Cholesky.finish(l, rows, columns, size)
        }
      }
    }
    triangle = matrix
    self.size = size
  }

  /// Finishes a block from which the products of all earlier columns were subtracted: only its own
  /// columns are left.
  private static func finish(
    _ l: UnsafeMutablePointer<Double>, _ rows: Range<Int>, _ columns: Range<Int>, _ size: Int
  ) {
    for i in rows {
      for j in columns where j <= i {
        var sum = l[i * size + j]
        for k in columns.lowerBound..<j { sum -= l[i * size + k] * l[j * size + k] }
        l[i * size + j] =
          i == j ? max(sum, .leastNormalMagnitude).squareRoot() : sum / l[j * size + j]
      }
    }
  }

  /// Returns x with matrix x = right.
  package func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == size, "A right side has as many numbers as the matrix has rows.")
    var x = right
    for i in 0..<size {
      for k in 0..<i { x[i] -= triangle[i * size + k] * x[k] }
      x[i] /= triangle[i * size + i]
    }
    for i in stride(from: size - 1, through: 0, by: -1) {
      x[i] /= triangle[i * size + i]
      for k in 0..<i { x[k] -= triangle[i * size + k] * x[i] }
    }
    return x
  }
}

extension Cholesky {
  /// What is on and below the diagonal, row by row, which is all that a cache must keep.
  package var packed: [Double] {
    (0..<size).flatMap { triangle[$0 * size...$0 * size + $0] }
  }

  package init(packed: [Double], size: Int) {
    precondition(packed.count == size * (size + 1) / 2, "A triangle has so many numbers.")
    var full = [Double](repeating: 0, count: size * size)
    var next = 0
    for i in 0..<size {
      for j in 0...i {
        full[i * size + j] = packed[next]
        next += 1
      }
    }
    triangle = full
    self.size = size
  }
}

/// Returns the inner products of all rows with each other, on and below the diagonal. They are
/// computed on the cores that the caller may use.
///
/// ```swift
/// try rowProducts([1, 2, 3, 4], rows: 2)      // [5, 0, 11, 25]
/// ```
package func rowProducts(_ a: [Double], rows: Int) throws -> [Double] {
  guard rows > 0 else { return [] }
  let columns = a.count / rows
  let band = 32
  let bands = try concurrently((rows + band - 1) / band) { index in
    let own = index * band..<min(index * band + band, rows)
    var products = [Double](repeating: 0, count: own.count * rows)
    a.withUnsafeBufferPointer { a in
      products.withUnsafeMutableBufferPointer { out in
        guard let a = a.baseAddress, let out = out.baseAddress else { return }
        // Columns are taken in steps, so that the rows of a step stay in the cache.
        for start in stride(from: 0, to: columns, by: 256) {
          subtractProducts(
            a + start + own.lowerBound * columns, 0..<own.count, a + start, 0..<own.upperBound,
            row: columns, count: min(256, columns - start), from: out, row: rows)
        }
      }
    }
    for row in own {
      for column in 0..<rows {
        let place = (row - own.lowerBound) * rows + column
        products[place] = column <= row ? -products[place] : 0
      }
    }
    return products
  }
  return bands.flatMap { $0 }
}

/// Computes out_ij -= sum over k < count of a_ik b_jk. Two rows and two columns are taken at once,
/// so that each number that is loaded is used twice.
private func subtractProducts(
  _ a: UnsafePointer<Double>, _ rows: Range<Int>, _ b: UnsafePointer<Double>,
  _ columns: Range<Int>, row: Int, count: Int, from out: UnsafeMutablePointer<Double>,
  row outRow: Int
) {
  guard count > 0 else { return }
  for i in stride(from: rows.lowerBound, to: rows.upperBound, by: 2) {
    // With an odd count, the last row or column is taken twice, and the second product is not kept.
    let nextRow = min(i + 1, rows.upperBound - 1)
    for j in stride(from: columns.lowerBound, to: columns.upperBound, by: 2) {
      let nextColumn = min(j + 1, columns.upperBound - 1)
      let sums = products(
        a + i * row, a + nextRow * row, b + j * row, b + nextColumn * row, count)
      out[i * outRow + j] -= sums[0]
      if nextColumn > j { out[i * outRow + nextColumn] -= sums[1] }
      if nextRow > i { out[nextRow * outRow + j] -= sums[2] }
      if nextRow > i, nextColumn > j { out[nextRow * outRow + nextColumn] -= sums[3] }
    }
  }
}

/// Returns a . c, a . d, b . c and b . d over the first `count` numbers.
@inline(__always)
private func products(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ c: UnsafePointer<Double>,
  _ d: UnsafePointer<Double>, _ count: Int
) -> SIMD4<Double> {
  func four(_ start: UnsafePointer<Double>, _ k: Int) -> SIMD4<Double> {
    UnsafeRawPointer(start + k).loadUnaligned(as: SIMD4<Double>.self)
  }
  var (ac, ad, bc, bd) = (
    SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>()
  )
  var k = 0
  while k + 4 <= count {
    let (fromA, fromB, fromC, fromD) = (four(a, k), four(b, k), four(c, k), four(d, k))
    ac += fromA * fromC
    ad += fromA * fromD
    bc += fromB * fromC
    bd += fromB * fromD
    k += 4
  }
  var sums = SIMD4(ac.sum(), ad.sum(), bc.sum(), bd.sum())
  while k < count {
    sums += SIMD4(a[k], a[k], b[k], b[k]) * SIMD4(c[k], d[k], c[k], d[k])
    k += 1
  }
  return sums
}
