import CFieldmark
import Ground

/// The symbols that a byte-pair encoder knows, the pairs that it merges, and a number for each.
///
/// ```swift
/// Vocabulary.clip.count                       // 49408
/// Vocabulary.clip.end                         // 49407
/// ```
///
/// Everything follows from the list of merges: 256 bytes, the same 256 at the end of a word, one
/// symbol for each merge, then the start and the end of a text.
public struct Vocabulary: Sendable {
  let merges: Merges
  /// The numbers of the symbols, where they are not simply their places.
  private let numbers: [Int32]?

  /// How many numbers there are: what a model's embedding table has rows.
  public let count: Int
  /// The numbers that stand for the start and the end of a text.
  public let start: Int32
  public let end: Int32

  /// The vocabulary that CLIP was trained with.
  public static let clip = Vocabulary(mergeCount: clipMergeCount)

  /// CLIP's vocabulary cut short, for a model whose embedding table has `count` rows: it knows that
  /// many merges less.
  public static func clip(count: Int) throws -> Vocabulary {
    if count == clip.count { return clip }
    guard (ByteLetters.count + 2...clip.count).contains(count) else {
      throw InputError(
        "vocabulary", expected: "\(ByteLetters.count + 2) to \(clip.count) numbers",
        found: "\(count)", kind: .words)
    }
    return Vocabulary(mergeCount: count - ByteLetters.count - 2)
  }

  /// The published file has 262,144 merges; CLIP took as many as fill 48 * 1024 numbers with the
  /// bytes, and added start and end.
  private static let clipMergeCount = 48 * 1024 - 2 - 256

  /// The length of the published file's first line and those merges.
  private static let clipLettersCount = 524_645
}

extension Vocabulary {
  private init(mergeCount: Int) {
    let file = fm_embedded_merges()
    let letters = [UInt8](unsafeUninitializedCapacity: Self.clipLettersCount) { buffer, count in
      count = max(
        0, fm_inflate(file.bytes, file.count, 0, buffer.baseAddress!, Self.clipLettersCount))
    }
    precondition(letters.count == Self.clipLettersCount, "The embedded merges are damaged.")
    let first = letters.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? letters.count
    merges = Merges(letters, from: first, limit: mergeCount)
    precondition(merges.count == mergeCount, "The embedded merges are damaged.")
    numbers = nil
    count = ByteLetters.count + merges.count + 2
    start = Int32(count - 2)
    end = Int32(count - 1)
  }

  /// A vocabulary of one's own: merges such as `l o` in the order of their ranks, and where the
  /// numbers do not follow from that, every token in the order of its number.
  package init(merges lines: [String], tokens: [String]? = nil) {
    merges = Merges(Array(lines.joined(separator: "\n").utf8), from: 0, limit: lines.count)
    guard let tokens else {
      numbers = nil
      count = ByteLetters.count + merges.count + 2
      start = Int32(count - 2)
      end = Int32(count - 1)
      return
    }
    count = tokens.count
    start = Int32(tokens.lastIndex(of: "<|startoftext|>") ?? 0)
    end = Int32(tokens.lastIndex(of: "<|endoftext|>") ?? 0)
    let listed = Dictionary(
      zip(tokens.map { Array($0.utf8) }, 0...), uniquingKeysWith: { _, last in last })
    // What is not in the list gets the number of the end, as Hugging Face's has it.
    numbers = (0..<ByteLetters.count + merges.count).map { [merges, end] in
      Int32(listed[merges.spelling(of: Int32($0))] ?? Int(end))
    }
  }
}

extension Vocabulary {
  /// The numbers of a word's parts.
  func numbers(of parts: [Part]) -> [Int32] {
    parts.map { numbers?[Int($0.symbol)] ?? $0.symbol }
  }

  /// What a number stands for, as bytes, and whether a word ends with it; nil for the start, the
  /// end and numbers that there are not.
  func piece(_ number: Int32) -> (bytes: [UInt8], endsWord: Bool)? {
    let symbol = numbers.map { $0.firstIndex(of: number) } ?? Int(exactly: number)
    guard let symbol, (0..<ByteLetters.count + merges.count).contains(symbol), number != start,
      number != end
    else { return nil }
    return ByteLetters.bytes(spelled: merges.spelling(of: Int32(symbol)))
  }
}
