/// The letters with which files of merges write bytes, so that no byte appears there as a space, a
/// line break or something invisible. This is GPT-2's table.
///
///     ByteLetters.spellings[0]                                // "!"
///     ByteLetters.bytes(spelled: "Ġ</w>".utf8)                // ([32], endsWord: true)
///
/// The 188 bytes that are visible characters in Latin-1 stand for themselves and come first. The
/// other 68 follow as U+0100, U+0101, ... in their order. Then all of them come again as the end of
/// a word.
enum ByteLetters {
  static let wordEnd = "</w>"

  /// The number of symbols before the first merge.
  static let count = 512

  /// The bytes in the order of their symbols.
  static let order: [UInt8] = {
    let pictured = [UInt8](0x21...0x7e) + Array(0xa1...0xac) + Array(0xae...0xff)
    return pictured + (0...255).filter { !pictured.contains($0) }
  }()

  /// The symbol of each byte.
  static let numbers: [Int32] = {
    var numbers = [Int32](repeating: 0, count: 256)
    for (number, byte) in order.enumerated() { numbers[Int(byte)] = Int32(number) }
    return numbers
  }()

  /// The number of bytes that stand for themselves. The letters after them are U+0100 and so forth.
  private static let picturedCount = 188

  /// The spellings of the first 512 symbols.
  static let spellings: [[UInt8]] = {
    let letters = order.enumerated().map { number, byte in
      let scalar = number < picturedCount ? UInt16(byte) : UInt16(0x100 + number - picturedCount)
      return utf8(scalar)
    }
    return letters + letters.map { $0 + Array(wordEnd.utf8) }
  }()

  /// Returns the bytes that a spelling stands for. Letters that are not in the table stay as they
  /// are.
  static func bytes(spelled spelling: some Collection<UInt8>) -> (bytes: [UInt8], endsWord: Bool) {
    let text = String(decoding: spelling, as: UTF8.self)
    let endsWord = text.hasSuffix(wordEnd)
    let letters = text.unicodeScalars.dropLast(endsWord ? wordEnd.unicodeScalars.count : 0)
    let bytes = letters.flatMap { letter -> [UInt8] in
      switch letter.value {
      case 0x100..<0x100 + UInt32(256 - picturedCount):
        [order[picturedCount + Int(letter.value) - 0x100]]
      case 0..<0x100: [UInt8(letter.value)]
      default: Array(String(letter).utf8)
      }
    }
    return (bytes, endsWord)
  }

  /// A letter of the table in UTF-8, which takes at most two bytes.
  private static func utf8(_ scalar: UInt16) -> [UInt8] {
    scalar < 0x80
      ? [UInt8(scalar)] : [UInt8(0xc0 | scalar >> 6), UInt8(0x80 | scalar & 0x3f)]
  }
}
