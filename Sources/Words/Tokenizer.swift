import Ground

/// Turns texts into the token numbers that CLIP was trained on, by byte-pair encoding.
///
/// ```swift
/// let tokenizer = Tokenizer(normalizer: .openai)
/// try tokenizer.prompt("red epaulets").ids      // [49406, 736, 1178, 627, 3243, 49407]
/// try tokenizer.ids(of: "red epaulets")         // [736, 1178, 627, 3243]
/// ```
///
/// Every text has token numbers, since what no merge covers stays bytes.
public struct Tokenizer: Sendable {
  public var vocabulary: Vocabulary
  public var normalizer: Normalizer
  /// The number of tokens that the model reads at once, including start and end.
  public var context = Tokenizer.usualContext

  /// The context of most CLIPs.
  public static let usualContext = 77

  /// Whether `<|startoftext|>`, `<|endoftext|>` and open_clip's `<start_of_text>`, `<end_of_text>`
  /// in a text stand for the start and the end, as in the original encoders. That is a way to hide
  /// what follows from the model. Otherwise they are plain characters.
  ///
  /// They are found when the splitting of the clean text comes upon them: in `!<|endoftext|>` the
  /// run of other characters swallows the first half, as in OpenAI's tokenizer. Hugging Face's
  /// looks for its own two before it cleans, in exactly this spelling.
  public var allowsSpecials = false

  public init(_ vocabulary: Vocabulary = .clip, normalizer: Normalizer) {
    self.vocabulary = vocabulary
    self.normalizer = normalizer
  }

  /// The longest text that is read, in bytes. CLIP reads 77 tokens, so a longer text must be a file
  /// that was taken for a phrase.
  public static let longestText = 1 << 20

  /// Returns the token numbers of a text, without start and end.
  public func ids(of text: String) throws -> [Int32] {
    var splitting = Splitting()
    var ids: [Int32] = []
    try read(text, with: &splitting)
    forEachWord(of: splitting) { word in
      switch word {
      case .special(let id): ids.append(id)
      case .plain(let range): ids += merged(splitting.bytes[range])
      }
    }
    return ids
  }

  /// Returns the token numbers of many texts, without start and end. They are the same as for each
  /// text by itself, but computed faster.
  public func ids(of texts: [String]) throws -> [[Int32]] {
    var splitting = Splitting()
    var cache = WordCache()
    return try texts.map { text in
      var ids: [Int32] = []
      try read(text, with: &splitting)
      forEachWord(of: splitting) { word in
        switch word {
        case .special(let id): ids.append(id)
        case .plain(let range):
          let letters = splitting.bytes[range]
          if let known = cache.numbers(of: letters, merging: { $0 = merged(letters) }) {
            ids += cache.numbers[known]
          } else {
            ids += merged(letters)
          }
        }
      }
      return ids
    }
  }

  private func read(_ text: String, with splitting: inout Splitting) throws {
    guard text.utf8.count <= Self.longestText else {
      throw InputError(
        "text", expected: "at most \(Self.longestText) bytes", found: "\(text.utf8.count)",
        hint: "a file of phrases has one phrase per line")
    }
    splitting.read(text, cleanedBy: normalizer)
  }

  private enum Word {
    case special(Int32)
    case plain(Range<Int>)
  }

  private func forEachWord(of splitting: Splitting, _ body: (Word) -> Void) {
    var place = 0
    while let word = splitting.word(from: place) {
      if allowsSpecials, splitting.bytes[word.lowerBound] == UInt8(ascii: "<"),
        let special = special(at: word.lowerBound, of: splitting)
      {
        body(.special(special.id))
        place = special.end
      } else {
        body(.plain(word))
        place = word.upperBound
      }
    }
  }

  private func special(at place: Int, of splitting: Splitting) -> (id: Int32, end: Int)? {
    let rest = splitting.bytes[place...]
    for (spelling, id) in [
      ("<|startoftext|>", vocabulary.start), ("<start_of_text>", vocabulary.start),
      ("<|endoftext|>", vocabulary.end), ("<end_of_text>", vocabulary.end),
    ] where rest.starts(with: spelling.utf8) {
      return (id, place + spelling.utf8.count)
    }
    return nil
  }

  private func merged(_ word: ArraySlice<UInt8>) -> [Int32] {
    var parts = Part.parts(ofWord: word)
    vocabulary.merges.merge(&parts)
    return vocabulary.numbers(of: parts)
  }
}
