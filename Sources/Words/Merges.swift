/// A list of merges, the best first, with a table that finds the merge of two symbols.
///
/// ```swift
/// let merges = Merges(Array("l o\nlo w</w>\n".utf8), from: 0, limit: 2)
/// merges.spelling(of: 513)           // low</w>
/// ```
///
/// Symbols 0 to 511 are the bytes (see `ByteLetters`); the merge of rank 0 makes symbol 512, and so
/// forth.
///
/// The table finds a merge by the hash of its line. Nothing but the line has to be known to enter a
/// merge, so that the 48,894 of CLIP are entered in about a millisecond; a dictionary of strings
/// takes thirty.
package struct Merges: Sendable {
  /// The lines as published, `left right`.
  private let lines: [UInt8]
  /// Where each line begins.
  private var starts: [Int32] = []
  /// The table: each entry is at the place that its hash gives or, if that is taken, at the next
  /// free one. It has 11 other bits of the hash over 21 bits of rank plus one; 0 is an empty place.
  /// At most half of the places are taken.
  private var places: [UInt32]

  /// The greatest number of merges that an entry can tell apart.
  static let limit = 1 << 20

  /// Reads at most `limit` lines.
  package init(_ lines: [UInt8], from start: Int, limit: Int) {
    precondition(limit <= Self.limit, "More merges than the table has room for.")
    self.lines = lines
    starts.reserveCapacity(limit)
    var size = 1024
    while size < limit * 2 { size *= 2 }
    places = [UInt32](repeating: 0, count: size)
    var place = start
    while place < lines.count, starts.count < limit {
      let lineStart = place
      var hash = SpellingHash()
      while place < lines.count, lines[place] >= UInt8(ascii: " ") {
        hash.append(lines[place])
        place += 1
      }
      if place > lineStart { enter(lineStart, hash) }
      place += 1
    }
  }

  var count: Int { starts.count }

  /// Enters the line that begins at `start` with the next rank. If a line occurs twice, its last
  /// rank counts, as in a Python `dict`.
  private mutating func enter(_ start: Int, _ hash: SpellingHash) {
    starts.append(Int32(start))
    let (tag, first) = key(hash)
    var place = first
    while places[place] != 0 {
      if places[place] >> 21 == tag, line(rank(in: place)).elementsEqual(line(count - 1)) { break }
      place = (place + 1) & (places.count - 1)
    }
    places[place] = tag << 21 | UInt32(count)
  }

  /// Returns the rank of the merge that joins two symbols; nil if there is none.
  func rank(_ left: Part, _ right: Part) -> Int32? {
    let (tag, first) = key(left.hash + SpellingHash.space + right.hash)
    var place = first
    while places[place] != 0 {
      if places[place] >> 21 == tag {
        let rank = rank(in: place)
        let start = Int(starts[rank])
        if let space = end(of: left.symbol, spelledAt: start), lines[space] == UInt8(ascii: " "),
          let end = end(of: right.symbol, spelledAt: space + 1),
          end == lines.count || lines[end] < UInt8(ascii: " ")
        {
          return Int32(rank)
        }
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// The symbol that a merge makes.
  func symbol(rank: Int32) -> Int32 { Int32(ByteLetters.count) + rank }

  package func spelling(of symbol: Int32) -> [UInt8] {
    if symbol < ByteLetters.count { return ByteLetters.spellings[Int(symbol)] }
    return line(Int(symbol) - ByteLetters.count).filter { $0 != UInt8(ascii: " ") }
  }

  private func key(_ hash: SpellingHash) -> (tag: UInt32, place: Int) {
    let mixed = hash.mixed
    return (UInt32(mixed >> 53), Int(truncatingIfNeeded: mixed) & (places.count - 1))
  }

  private func rank(in place: Int) -> Int { Int(places[place] & 0x1f_ffff) - 1 }

  private func line(_ rank: Int) -> ArraySlice<UInt8> {
    lines[Int(starts[rank])...].prefix { $0 >= UInt8(ascii: " ") }
  }

  /// Returns where the spelling of a symbol ends if it begins at `start`; nil if it is not there.
  private func end(of symbol: Int32, spelledAt start: Int) -> Int? {
    var place = start
    if symbol < ByteLetters.count {
      for letter in ByteLetters.spellings[Int(symbol)] {
        guard place < lines.count, lines[place] == letter else { return nil }
        place += 1
      }
      return place
    }
    for letter in line(Int(symbol) - ByteLetters.count) where letter != UInt8(ascii: " ") {
      guard place < lines.count, lines[place] == letter else { return nil }
      place += 1
    }
    return place
  }
}

/// A symbol in a word, with the hash of its spelling.
package struct Part: Sendable {
  package let symbol: Int32
  let hash: SpellingHash

  /// Returns the symbols of a word before anything is merged: its bytes, of which the last ends the
  /// word.
  package static func parts(ofWord word: some Collection<UInt8>) -> [Part] {
    let numbers = ByteLetters.numbers
    var parts = word.map { byte in bytes[Int(numbers[Int(byte)])] }
    if let last = parts.last { parts[parts.count - 1] = bytes[Int(last.symbol) + 256] }
    return parts
  }

  private static let bytes = ByteLetters.spellings.enumerated().map { symbol, spelling in
    Part(symbol: Int32(symbol), hash: SpellingHash(spelling))
  }
}
