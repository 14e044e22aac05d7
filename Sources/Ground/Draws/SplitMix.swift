import Glibc

/// Steele, Lea and Flood's generator (2014, section 5): the same numbers on every machine.
package struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// One of many generators of a seed, without those before it: draws of one thing do not depend on
  /// who draws the others, or when.
  package init(seed: UInt64, _ index: Int) {
    var mixed = SplitMix(seed: seed)
    // An odd factor other than the generator's own step, or neighbors would be one number apart.
    mixed.state &+= UInt64(truncatingIfNeeded: index) &* 0xd134_2543_de82_ef95
    self.init(seed: mixed.next())
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  /// From 0 up to but not including 1, in steps of 2^-24.
  package mutating func unit() -> Float { Float(next() >> 40) / Float(1 << 24) }

  /// From 0 up to but not including the end; by the remainder, whose unevenness is below 10^-15
  /// for any side of a picture.
  package mutating func below(_ end: Int) -> Int { Int(next() % UInt64(end)) }

  /// Of mean 0 and deviation 1. (Box, Muller 1958.)
  package mutating func normal() -> Float {
    let radius = (-2 * log(Double(1 - unit()))).squareRoot()
    return Float(radius * cos(2 * .pi * Double(unit())))
  }
}
