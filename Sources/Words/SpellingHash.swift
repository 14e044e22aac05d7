/// A polynomial hash of the letters of a spelling. The hash of two spellings written together
/// follows from their hashes, so that the merge of two symbols is found without spelling them out.
///
///     SpellingHash("ep".utf8) + .space + SpellingHash("au".utf8) == SpellingHash("ep au".utf8)
struct SpellingHash: Equatable, Sendable {
  private var sum: UInt64 = 0
  private var power: UInt64 = 1

  static let space = SpellingHash(" ".utf8)

  init() {}

  init(_ spelling: some Sequence<UInt8>) {
    for letter in spelling { append(letter) }
  }

  @inline(__always)
  mutating func append(_ letter: UInt8) {
    sum = sum &* Self.factor &+ UInt64(letter) &+ 1
    power = power &* Self.factor
  }

  static func + (a: SpellingHash, b: SpellingHash) -> SpellingHash {
    var both = SpellingHash()
    both.sum = a.sum &* b.power &+ b.sum
    both.power = a.power &* b.power
    return both
  }

  /// The sum with its bits mixed, so that any of them can choose a place.
  var mixed: UInt64 {
    let x = (sum ^ sum >> 32) &* 0xd6e8_feb8_6659_fd93
    return x ^ x >> 32
  }

  /// 2^64 over the golden ratio: odd, and with no short pattern of bits.
  private static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
}
