import Ground
import Parsing
import Words

private struct Options: OptionGroup {
  let normalizer = Option<Normalizer>(
    "normalizer", default: .openai,
    "How texts are cleaned: as OpenAI's and open_clip's code does it, or as Hugging Face's does.")
  let vocabulary = Option<Int>(
    "vocabulary", default: 49_408,
    "The size of the model's vocabulary, for a model whose vocabulary was cut.")
  let truncate = TextOptions.truncate
  let allowEmpty = TextOptions.allowEmpty
  let allowSpecial = Option<Bool>(
    "allow-special", setting: "allowsSpecials",
    "Reads <|startoftext|> and <|endoftext|> in a text as special tokens.")
  let asJSON = Option<Bool>("json", "Prints one JSON object on a line for each text.")
}

extension Command {
  /// `fieldmark tokens "red epaulets"`: how a model reads words.
  package static let tokens = Command(
    "tokens", "Shows the tokens of texts: their numbers and the pieces that they stand for.",
    operands: .some("TEXT", "A text.", completion: .none),
    options: Options.self,
    notes: """
      Most models read at most 77 tokens, with the start token and the end token. A piece that ends in </w> ends a
      word. Bytes that are not a character by themselves are shown as \\xf0.
      """
  ) { input, output in
    var tokenizer = Tokenizer(
      try .clip(count: input[Options.vocabulary]), normalizer: input[Options.normalizer])
    tokenizer.allowsSpecials = input[Options.allowSpecial]
    for text in try input.texts() {
      let prompt = try tokenizer.prompt(
        text, truncating: input[Options.truncate], allowingEmpty: input[Options.allowEmpty])
      let pieces = tokenizer.pieces(of: prompt.ids)
      for note in prompt.notes { output.note(note + ".") }
      try output.print(
        input[Options.asJSON]
          ? json(prompt, pieces, tokenizer).written() : table(prompt, pieces))
    }
    return .done
  }

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

  /// The text, then its token numbers, with each token's piece below its number.
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
