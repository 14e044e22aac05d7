import Ground

/// A text as a model takes it: token numbers between start and end, not more than the context
/// holds.
///
/// ```swift
/// let prompt = try tokenizer.prompt("red epaulets")
/// prompt.ids                        // [49406, 736, 1178, 627, 3243, 49407]
/// tokenizer.pieces(of: prompt.ids)  // ["<|startoftext|>", "red</w>", "ep", "au", "lets</w>", ...
/// ```
public struct Prompt: Sendable, Equatable {
  /// The number of tokens that most CLIPs read at once, including start and end.
  public static let contextLength = Tokenizer.usualContext

  public let text: String
  public let ids: [Int32]
  /// The tokens that did not fit in and were cut.
  public let cut: [Int32]
  /// What anyone who relies on the result should know.
  public let notes: [String]

  /// The number of tokens that the model reads at once.
  let context: Int

  public var isTruncated: Bool { !cut.isEmpty }

  /// The token numbers as a model's input, filled up with 0 as OpenAI does it. What follows the end
  /// never affects the result, whatever it is.
  public var padded: [Int32] {
    ids + [Int32](repeating: 0, count: max(0, context - ids.count))
  }
}

extension Tokenizer {
  /// Returns a text as a model takes it. A text in which nothing is left to read is refused unless
  /// `allowingEmpty`. A text that is too long is refused unless `truncating`; then the last token
  /// that fits is the end.
  public func prompt(
    _ text: String, truncating: Bool = false, allowingEmpty: Bool = false
  ) throws -> Prompt {
    let ids = try ids(of: text)
    let place = "prompt '\(Self.shortened(text))'"
    if ids.isEmpty, !allowingEmpty {
      throw InputError(
        place, expected: "words", found: "nothing to read",
        hint: "texts without words must be allowed explicitly", settings: ["allowingEmpty"],
        kind: .words)
    }
    precondition(context > 2, "A text has a start, an end and something between them.")
    let room = context - 2
    let cut = Array(ids.dropFirst(room))
    let count = ids.count + 2
    guard cut.isEmpty || truncating else {
      throw InputError(
        place, expected: "at most \(context) tokens",
        found: "\(count), which would cut '\(Self.shortened(self.text(of: cut)))'",
        hint: "it may be cut there", settings: ["truncating"], kind: .words)
    }
    var notes: [String] = []
    if !cut.isEmpty {
      notes.append(
        "\(place) has \(count) tokens, of which \(context) fit: "
          + "'\(Self.shortened(self.text(of: cut)))' was cut")
    }
    if text.unicodeScalars.contains(where: \.isForeignLetter) {
      notes.append("\(place) has letters that are not Latin: CLIP learned from English texts")
    }
    return Prompt(
      text: text, ids: [vocabulary.start] + ids.prefix(room) + [vocabulary.end], cut: cut,
      notes: notes, context: context)
  }

  /// Returns each token as people read it, with `</w>` at the end of a word. Bytes that are no
  /// character by themselves are shown as `\xf0`.
  public func pieces(of ids: [Int32]) -> [String] {
    ids.map { id in
      if let piece = vocabulary.piece(id) {
        return printable(piece.bytes) + (piece.endsWord ? ByteLetters.wordEnd : "")
      }
      return id == vocabulary.start
        ? "<|startoftext|>" : id == vocabulary.end ? "<|endoftext|>" : "?"
    }
  }

  /// Returns the clean text that the tokens stand for, with spaces between its words.
  public func text(of ids: [Int32]) -> String {
    var bytes: [UInt8] = []
    for case let piece? in ids.map(vocabulary.piece) {
      bytes += piece.bytes + (piece.endsWord ? [UInt8(ascii: " ")] : [])
    }
    if bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns the beginning of a text for a message, with what cannot be shown escaped.
  private static func shortened(_ text: String) -> String {
    let beginning = text.unicodeScalars.prefix(61)
    return beginning.count > 60
      ? printable(String(String.UnicodeScalarView(beginning.prefix(57))).utf8) + "..."
      : printable(text.utf8)
  }
}
