/// The Mersenne Twister of Matsumoto and Nishimura (1998, mt19937), seeded as in their code of
/// 2002. PyTorch draws its random numbers from it on a CPU.
///
/// ```swift
/// var draws = MersenneTwister(seed: 0)
/// draws.uniform(-1, 1)      // what torch.manual_seed(0); torch.empty(1).uniform_(-1, 1) gives
/// ```
///
/// Only the lower 32 bits of a seed count, as in PyTorch.
package struct MersenneTwister {
  private var state: [UInt32]
  private var place: Int

  private static let count = 624

  package init(seed: UInt64) {
    state = [UInt32(truncatingIfNeeded: seed)]
    for index in 1..<MersenneTwister.count {
      let last = state[index - 1]
      state.append(1_812_433_253 &* (last ^ last >> 30) &+ UInt32(index))
    }
    place = MersenneTwister.count
  }

  package mutating func next() -> UInt32 {
    if place == MersenneTwister.count { twist() }
    var number = state[place]
    place += 1
    number ^= number >> 11
    number ^= number << 7 & 0x9d2c_5680
    number ^= number << 15 & 0xefc6_0000
    return number ^ number >> 18
  }

  private mutating func twist() {
    let count = MersenneTwister.count
    for index in 0..<count {
      let mixed =
        state[index] & 0x8000_0000 | state[(index + 1) % count] & 0x7fff_ffff
      let turned = mixed >> 1 ^ (mixed & 1 == 0 ? 0 : 0x9908_b0df)
      state[index] = state[(index + 397) % count] ^ turned
    }
    place = 0
  }

  /// Returns a number from the lower bound up to the upper one, in 2^24 steps, as PyTorch's
  /// `uniform_` does for 32-bit floats. The product and the sum are rounded together, as in
  /// PyTorch's kernels on processors with FMA.
  package mutating func uniform(_ lower: Float, _ upper: Float) -> Float {
    let share = Float(next() & 0xff_ffff) / Float(1 << 24)
    return lower.addingProduct(share, upper - lower)
  }
}
