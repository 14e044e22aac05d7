import CFieldmark
import Ground

/// The symbols that a byte-pair encoder knows, the pairs that it merges, and the number of each
/// token.
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
  /// The token numbers of the symbols; nil if each symbol is its own number.
  private let numbers: [Int32]?

  /// The number of tokens, which is the number of rows of a model's embedding table.
  public let count: Int
  /// The token numbers that stand for the start and the end of a text.
  public let start: Int32
  public let end: Int32

  /// The vocabulary that CLIP was trained with.
  public static let clip = Vocabulary(mergeCount: clipMergeCount)

  /// Returns CLIP's vocabulary cut short, for a model whose embedding table has `count` rows. It
  /// has only as many merges as the table has room for.
  public static func clip(count: Int) throws -> Vocabulary {
    if count == clip.count { return clip }
    guard (ByteLetters.count + 2...clip.count).contains(count) else {
      throw InputError(
        "vocabulary", expected: "\(ByteLetters.count + 2) to \(clip.count) numbers",
        found: "\(count)", kind: .words)
    }
    return Vocabulary(mergeCount: count - ByteLetters.count - 2)
  }

  /// The published file has 262,144 merges. CLIP took as many as make 48 * 1024 together with the
  /// 256 bytes, the start and the end; the bytes at the end of a word come in addition.
  private static let clipMergeCount = 48 * 1024 - 2 - 256

  /// The length in bytes of the published file's first line and those merges.
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

  /// Creates a vocabulary from merges such as `l o` in the order of their ranks and, if the token
  /// numbers do not follow from that, from every token in the order of its number.
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
    // A symbol that is not in the list gets the number of the end, as in Hugging Face's tokenizer.
    numbers = (0..<ByteLetters.count + merges.count).map { [merges, end] in
      Int32(listed[merges.spelling(of: Int32($0))] ?? Int(end))
    }
  }
}

extension Vocabulary {
  /// Returns the token numbers of a word's parts.
  func numbers(of parts: [Part]) -> [Int32] {
    parts.map { numbers?[Int($0.symbol)] ?? $0.symbol }
  }

  /// Returns what a token number stands for, as bytes, and whether a word ends with it. The result
  /// is nil for the start, the end and numbers that do not exist.
  func piece(_ number: Int32) -> (bytes: [UInt8], endsWord: Bool)? {
    let symbol = numbers.map { $0.firstIndex(of: number) } ?? Int(exactly: number)
    guard let symbol, (0..<ByteLetters.count + merges.count).contains(symbol), number != start,
      number != end
    else { return nil }
    return ByteLetters.bytes(spelled: merges.spelling(of: Int32(symbol)))
  }
}
