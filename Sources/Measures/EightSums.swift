/// Sums of many numbers, accumulated in eight lanes. With a single accumulator, each addition would
/// have to wait for the one before.
///
/// ```swift
/// ranks.sum(with: others) { $0 * $1 }      // the inner product
/// ```
///
/// The order of additions is fixed, so that the same numbers have the same sum on every machine.
extension [Float] {
  /// Sums what `body` makes of each number and the one at the same place in `other`. It must make 0
  /// of two zeros, with which the last lanes are padded.
  @inline(__always)
  package func sum(
    with other: [Float], _ body: (SIMD8<Float>, SIMD8<Float>) -> SIMD8<Float>
  ) -> Double {
    precondition(count == other.count, "\(count) numbers are summed with \(other.count).")
    var sums = SIMD8<Float>()
    let whole = count - count % 8
    withUnsafeBytes { a in
      other.withUnsafeBytes { b in
        for start in stride(from: 0, to: 4 * whole, by: 32) {
          sums += body(
            a.loadUnaligned(fromByteOffset: start, as: SIMD8<Float>.self),
            b.loadUnaligned(fromByteOffset: start, as: SIMD8<Float>.self))
        }
      }
    }
    var (a, b) = (SIMD8<Float>(), SIMD8<Float>())
    for place in whole..<count {
      (a[place - whole], b[place - whole]) = (self[place], other[place])
    }
    sums += body(a, b)
    return (0..<8).reduce(0) { $0 + Double(sums[$1]) }
  }
}

extension SIMD8<Float> {
  /// Negative numbers become 0.
  @inline(__always)
  package var clipped: SIMD8<Float> { replacing(with: 0, where: self .< 0) }
}
