import Datasets
import Ground
import Words

extension Command {
  /// `fieldmark tokens "red epaulets"`: how a model reads words.
  package static let tokens = Command(
    "tokens", "Shows the token numbers of words, and the pieces that they stand for.",
    operands: .some("TEXT", "What is to be read."),
    options: [
      normalizer.declaration, vocabulary.declaration, truncate.declaration,
      allowEmpty.declaration, allowSpecial.declaration, asJSON.declaration,
    ],
    notes: """
      Most models read at most 77 tokens, the start and the end among them. A piece with </w> ends a
      word; bytes that are no character by themselves are shown as \\xf0.
      """
  ) { input, output in
    var tokenizer = Tokenizer(
      try .clip(count: input[vocabulary]), normalizer: input[normalizer])
    tokenizer.allowsSpecials = input[allowSpecial]
    for text in try input.texts() {
      let prompt = try tokenizer.prompt(
        text, truncating: input[truncate], allowingEmpty: input[allowEmpty])
      let pieces = tokenizer.pieces(of: prompt.ids)
      for note in prompt.notes { output.note(note + ".") }
      try output.print(
        input[asJSON]
          ? json(prompt, pieces, tokenizer).written() : table(prompt, pieces))
    }
    return .done
  }

  private static let normalizer = Option<Normalizer>(
    "normalizer", default: .openai,
    "How texts are cleaned: as for OpenAI's and open_clip's models, or as Hugging Face's do it.")
  private static let vocabulary = Option<Int>(
    "vocabulary", default: 49_408,
    "How many numbers the model knows, for one whose vocabulary was cut short.")
  private static let truncate = Option<Bool>(
    "truncate", "Cuts what is too long, and says what was cut.")
  private static let allowEmpty = Option<Bool>(
    "allow-empty", "Reads texts without words too.")
  private static let allowSpecial = Option<Bool>(
    "allow-special", "Takes <|endoftext|> and its like in a text for what they stand for.")
  private static let asJSON = Option<Bool>("json", "Prints an object on a line for every text.")

  private static func json(_ prompt: Prompt, _ pieces: [String], _ tokenizer: Tokenizer) -> JSON {
    [
      "text": .string(prompt.text),
      "normalizer": .string(tokenizer.normalizer.name),
      "ids": .array(prompt.ids.map { .integer(Int($0)) }),
      "pieces": .array(pieces.map(JSON.string)),
      "truncated": .bool(prompt.isTruncated),
      "notes": .array(prompt.notes.map(JSON.string)),
    ]
  }

  /// The text, its numbers, and below each its piece.
  private static func table(_ prompt: Prompt, _ pieces: [String]) -> String {
    let numbers = prompt.ids.map(String.init)
    let widths = zip(numbers, pieces).map { max($0.count, $1.count) }
    func row(_ cells: [String]) -> String {
      let row = zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
      return "  " + String(row.reversed().drop { $0 == " " }.reversed())
    }
    return "\(printable(prompt.text.utf8))\n\(row(numbers))\n\(row(pieces))"
  }
}

extension Normalizer: OptionValue {
  package static var placeholder: String { all.map(\.name).joined(separator: "|") }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) { self.init(named: text) }
}
