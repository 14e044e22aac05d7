/// Sums of many numbers, eight side by side: one sum alone waits for itself at every place.
///
/// ```swift
/// ranks.sum(with: others) { $0 * $1 }      // the inner product
/// ```
///
/// The order of additions is fixed, so that the same numbers have the same sum everywhere.
extension [Float] {
  /// Of what a body makes of each and the other's in its place; it makes nothing of two zeros.
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
  /// What is below zero is zero.
  @inline(__always)
  package var clipped: SIMD8<Float> { replacing(with: 0, where: self .< 0) }
}
