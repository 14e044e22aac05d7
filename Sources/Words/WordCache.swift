/// The token numbers of words met before, for reading many texts, since most words occur in many
/// prompts.
///
/// A cache lasts for one call. Its size is bounded: when it is full, new words are merged each
/// time.
struct WordCache {
  private struct Entry {
    let hash: UInt64
    let letters: Range<Int>
    let numbers: Range<Int>
  }

  private var places = [Int32](repeating: -1, count: 1 << 16)
  private var entries: [Entry] = []
  private var letters: [UInt8] = []
  private(set) var numbers: [Int32] = []

  private static let limit = 1 << 15
  private static let longestWord = 64

  /// Returns where in `numbers` the token numbers of a word are; those of a new word are made by
  /// `merging`. The result is nil if there is no room for the word.
  mutating func numbers(
    of word: ArraySlice<UInt8>, merging: (inout [Int32]) -> Void
  ) -> Range<Int>? {
    guard word.count <= Self.longestWord else { return nil }
    let hash = SpellingHash(word).mixed
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] >= 0 {
      let entry = entries[Int(places[place])]
      if entry.hash == hash, letters[entry.letters].elementsEqual(word) { return entry.numbers }
      place = (place + 1) & (places.count - 1)
    }
    guard entries.count < Self.limit else { return nil }
    let numbersStart = numbers.count
    var made: [Int32] = []
    merging(&made)
    numbers += made
    letters += word
    places[place] = Int32(entries.count)
    entries.append(
      Entry(
        hash: hash, letters: letters.count - word.count..<letters.count,
        numbers: numbersStart..<numbers.count))
    return numbersStart..<numbers.count
  }
}
