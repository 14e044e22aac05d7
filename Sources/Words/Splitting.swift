/// A text that is split into words by CLIP's pattern:
///
///     's|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
///
///     it's 25%!        it   's   2   5   %!
///
/// It holds the bytes of the clean text in UTF-8 and, for each, the kind of the character that it
/// belongs to.
struct Splitting: Sendable {
  private(set) var bytes: [UInt8] = []
  private var kinds: [CharacterKind] = []
  private var foldsLongS = false

  /// Cleans a text and notes the kind of each of its characters. The memory of the previous text is
  /// used again.
  mutating func read(_ text: String, cleanedBy normalizer: Normalizer) {
    bytes.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    foldsLongS = normalizer.foldsLongS
    var text = text
    let isPlain = text.withUTF8 { readPlain($0, normalizer.asciiKinds) }
    if isPlain { return }
    bytes.removeAll(keepingCapacity: true)
    kinds.removeAll(keepingCapacity: true)
    for scalar in normalizer.clean(Scalars(text)) {
      let kind = normalizer.kind(scalar)
      for byte in UTF8.encode(scalar)! {
        bytes.append(byte)
        kinds.append(kind)
      }
    }
  }

  /// Reads a text if it is ASCII and needs no cleaning except lowercasing, and returns false
  /// otherwise. Runs of white space stay, since they only separate words.
  private mutating func readPlain(
    _ text: UnsafeBufferPointer<UInt8>, _ asciiKinds: [CharacterKind]
  ) -> Bool {
    for byte in text {
      guard byte < 0x80 else { return false }
      let kind = asciiKinds[Int(byte)]
      if kind == .unknown { return false }
      let isCapital = byte &- 0x41 < 26
      bytes.append(isCapital ? byte | 0x20 : byte)
      kinds.append(kind)
    }
    return true
  }

  /// Returns the first word that begins at `place` or after it; nil if there is none.
  func word(from place: Int) -> Range<Int>? {
    var start = place
    while start < bytes.count, kinds[start] == .space { start += 1 }
    guard start < bytes.count else { return nil }
    if bytes[start] == UInt8(ascii: "'"), let length = contraction(at: start + 1) {
      return start..<start + 1 + length
    }
    var end = start + 1
    if kinds[start] == .number {
      while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }
    } else {
      while end < bytes.count, kinds[end] == kinds[start] { end += 1 }
    }
    return start..<end
  }

  /// Returns how many bytes follow the apostrophe of a contraction; nil if there is none.
  private func contraction(at place: Int) -> Int? {
    let first = place < bytes.count ? bytes[place] : 0
    let second = place + 1 < bytes.count ? bytes[place + 1] : 0
    switch (first, second) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      return 1
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return 2
    case (0xc5, 0xbf) where foldsLongS:  // ſ
      return 2
    default: return nil
    }
  }
}
