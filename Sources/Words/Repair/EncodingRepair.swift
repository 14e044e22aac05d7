/// Reads text again as UTF-8 if it was read in another encoding.
///
///     repairingEncoding(Scalars("cafÃ©"))      // café
///
/// It makes the same decisions in the same order as ftfy's `fix_encoding` (6.3.1), and repeats them
/// until nothing changes: `ÃƒÂ©` takes two rounds.
func repairingEncoding(_ text: Scalars, depth: Int = 0) -> Scalars {
  var text = text
  for _ in 0..<mostRepairRounds {
    let repaired = repairingEncodingOnce(text, depth: depth)
    if repaired == text { break }
    text = repaired
  }
  return text
}

/// The limit is needed because a text can be escaped any number of times (`&amp;amp;amp;`) and each
/// round costs a pass over the whole line.
let mostRepairRounds = 100

private func repairingEncodingOnce(_ text: Scalars, depth: Int) -> Scalars {
  if text.allSatisfy(\.isASCII) || !looksWrong(text) { return text }
  for encoding in SingleByteEncoding.all {
    guard var bytes = encoding.bytes(of: text) else { continue }
    if encoding.losesByteA0 { bytes = LostBytes.restoringA0(bytes) }
    if encoding.isSloppy { bytes = LostBytes.replacingLost(bytes) }
    if let decoded = decodingUTF8(bytes) { return decoded }
  }
  let repaired = repairingWithin(text, depth: depth)
  if repaired != text { return repaired }
  return text.map(windows1252)
}

/// Repairs each run of characters that looks like UTF-8 by itself, in case the text mixes several
/// encodings.
private func repairingWithin(_ text: Scalars, depth: Int) -> Scalars {
  // Each level is a part of the one before. Nobody has seen three levels, and Python stops at some
  // hundreds.
  if depth == 16 { return text }
  var result: Scalars = []
  result.reserveCapacity(text.count)
  var place = 0
  while place < text.count {
    let end = endOfUTF8(in: text, from: place)
    if end > place, end - place < text.count, looksWrong(Array(text[place..<end])) {
      result += repairingEncoding(Array(text[place..<end]), depth: depth + 1)
      place = end
    } else {
      let next = max(end, place + 1)
      result += text[place..<next]
      place = next
    }
  }
  return result
}

/// Returns where a run of sequences that look like UTF-8 ends, or `start` if there is none. A run
/// does not begin after a character that may be the rest of another run.
private func endOfUTF8(in text: Scalars, from start: Int) -> Int {
  if start > 0, UTF8Clue.of(text[start - 1]).contains(.strictContinuation) { return start }
  var place = start
  while place < text.count {
    let clue = UTF8Clue.of(text[place])
    let length =
      clue.contains(.firstOfTwo)
      ? 2 : clue.contains(.firstOfThree) ? 3 : clue.contains(.firstOfFour) ? 4 : 0
    guard length > 0, place + length <= text.count,
      (1..<length).allSatisfy({ UTF8Clue.of(text[place + $0]).contains(.continuation) })
    else { break }
    place += length
  }
  return place
}

/// Which bytes of UTF-8 a character may stand for.
private struct UTF8Clue: OptionSet {
  let rawValue: UInt8
  static let firstOfTwo = UTF8Clue(rawValue: 1)
  static let firstOfThree = UTF8Clue(rawValue: 2)
  static let firstOfFour = UTF8Clue(rawValue: 4)
  static let continuation = UTF8Clue(rawValue: 8)
  static let strictContinuation = UTF8Clue(rawValue: 16)

  static func of(_ scalar: Unicode.Scalar) -> UTF8Clue {
    UTF8Clue(rawValue: table[scalar.value] ?? 0)
  }

  private static let table: [UInt32: UInt8] = {
    var table: [UInt32: UInt8] = [:]
    let sets: [(CharacterSet, UTF8Clue)] = [
      (.firstOfTwo, firstOfTwo), (.firstOfThree, firstOfThree), (.firstOfFour, firstOfFour),
      (.continuation, continuation), (.strictContinuation, strictContinuation),
    ]
    for (set, clue) in sets {
      for member in set.members { table[member, default: 0] |= clue.rawValue }
    }
    return table
  }()
}
