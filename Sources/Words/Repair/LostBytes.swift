/// Restores or gives up bytes of UTF-8 that were lost on the way through another encoding. ftfy
/// calls this `restore_byte_a0` and `replace_lossy_sequences`.
enum LostBytes {
  /// Turns spaces back into 0xA0 where the text would not be UTF-8 otherwise.
  ///
  ///     C3 20 6C 61      à la: C3 A0 20 6C 61, since à is mostly a word of its own
  static func restoringA0(_ text: [UInt8]) -> [UInt8] {
    BytePattern.replace(withoutA0, in: restoringAGrave(text)) { match in
      match.map { $0 == space ? 0xa0 : $0 }
    }
  }

  private static let space: UInt8 = 0x20
  private static let spaces = [space...space]
  private static let anyContinuation: [ClosedRange<UInt8>] = [0x80...0xbf]
  /// Without 0x85, which is more often an ellipsis, and without 0xA0 itself.
  private static let continuation: [ClosedRange<UInt8>] = [0x80...0x84, 0x86...0x9f, 0xa1...0xbf]

  /// Only leading bytes count that make likely characters with 0xA0: of two bytes U+00A0, à, Š, Π,
  /// Р and U+0660, but no letters of scripts that are rarely written next to Latin letters.
  private static let withoutA0 = [
    BytePattern(
      [0xc2...0xc3, 0xc5...0xc5, 0xce...0xce, 0xd0...0xd0, 0xd9...0xd9], spaces),
    BytePattern([0xe2...0xe3], spaces, continuation),
    BytePattern([0xe0...0xe3], continuation, spaces),
    BytePattern([0xf0...0xf0], spaces, anyContinuation, anyContinuation),
    BytePattern([0xf0...0xf0], anyContinuation, spaces, anyContinuation),
    BytePattern([0xf0...0xf0], anyContinuation, anyContinuation, spaces),
  ]

  /// Turns `C3 20` into à and keeps the space after it, except before another space and in the
  /// Portuguese words àquele, àquela, àquilo and às.
  private static func restoringAGrave(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      result.append(text[place])
      place += 1
      guard text[place - 1] == 0xc3, place < text.count, text[place] == space else { continue }
      let rest = text[(place + 1)...]
      let joins = [" ", "quele", "quela", "quilo", "s "].contains { rest.starts(with: $0.utf8) }
      if joins { continue }
      result += [0xa0, space]
      place += 1
    }
    return result
  }

  /// Replaces sequences in which a byte is gone by U+FFFD. The byte 0x1A stands for one that a
  /// strict reader refused, and a question mark may stand for one.
  ///
  ///     E2 80 1A      EF BF BD
  static func replacingLost(_ text: [UInt8]) -> [UInt8] {
    BytePattern.replace(lossy, in: text) { _ in [0xef, 0xbf, 0xbd] }
  }

  private static let gone: [ClosedRange<UInt8>] = [0x1a...0x1a]
  private static let goneOrAsked: [ClosedRange<UInt8>] = [0x1a...0x1a, 0x3f...0x3f]
  private static let thereOrGone: [ClosedRange<UInt8>] = [0x1a...0x1a, 0x80...0xbf]
  private static let any: [ClosedRange<UInt8>] = [0x1a...0x1a, 0x3f...0x3f, 0x80...0xbf]

  private static let lossy = [
    BytePattern([0xc2...0xdf], gone),
    BytePattern([0xc2...0xc3], [0x3f...0x3f]),
    // A surrogate pair, each half in three bytes.
    BytePattern([0xed...0xed], [0xa0...0xaf], goneOrAsked, [0xed...0xed], [0xb0...0xbf], any),
    BytePattern([0xed...0xed], [0xa0...0xaf], any, [0xed...0xed], [0xb0...0xbf], goneOrAsked),
    BytePattern([0xe0...0xef], goneOrAsked, thereOrGone),
    BytePattern([0xe0...0xef], thereOrGone, goneOrAsked),
    BytePattern([0xf0...0xf4], goneOrAsked, thereOrGone, thereOrGone),
    BytePattern([0xf0...0xf4], thereOrGone, goneOrAsked, thereOrGone),
    BytePattern([0xf0...0xf4], thereOrGone, thereOrGone, goneOrAsked),
    BytePattern(gone),
  ]
}
