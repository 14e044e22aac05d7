import Glibc

/// The generator of Steele, Lea and Flood (2014, section 5). It gives the same numbers on every
/// machine.
package struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// Creates one of the many generators of a seed without creating those before it, so that the
  /// draws for one thing do not depend on who draws for the others, or when.
  package init(seed: UInt64, _ index: Int) {
    var mixed = SplitMix(seed: seed)
    // The factor is odd, and it is not the generator's own step: with that, the seeds of neighbors
    // would be consecutive numbers of a single generator.
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

  /// Returns a number from 0 up to but not including 1, in steps of 2^-24.
  package mutating func unit() -> Float { Float(next() >> 40) / Float(1 << 24) }

  /// Returns a whole number from 0 up to but not including the end. It is the remainder of a 64-bit
  /// number, whose unevenness is below 10^-15 for any side of a picture.
  package mutating func below(_ end: Int) -> Int { Int(next() % UInt64(end)) }

  /// Returns a number from the normal distribution of mean 0 and deviation 1. (Box, Muller 1958.)
  package mutating func normal() -> Float {
    let radius = (-2 * log(Double(1 - unit()))).squareRoot()
    return Float(radius * cos(2 * .pi * Double(unit())))
  }
}
