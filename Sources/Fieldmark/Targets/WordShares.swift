import Encoders

/// How much each word of a prompt has to do with a score.
///
///     let shares = try WordShares(words, "red epaulets")
///     shares(view.embedding)
///     // [("red", 0.7), ("epaulets", 0.3)]
///
/// By gradient times input, through the text encoder's way back: the score's gradient at the first
/// block's input, times the token's embedding without its position, summed over a word's tokens.
/// Shares are of the sum of sizes, so that they add up to 1 without their signs; a negative one
/// speaks against the score. It is a first-order answer: what words mean together is not shared out.
public struct WordShares: Sendable {
  public struct Word: Equatable, Sendable {
    public let text: String
    public let share: Float
  }

  /// From what goes into the text encoder to a direction of unit length: the same for all pictures.
  private let text: Traced
  private let tokens: Matrix
  /// The words, and which of the tokens are theirs.
  private let words: [(text: String, tokens: Range<Int>)]
  private let scale: Float

  public init(_ encoder: TextEncoder, _ prompt: String, truncating: Bool = false) throws {
    let ids = try encoder.tokenizer.prompt(prompt, truncating: truncating, allowingEmpty: true).ids
    let sequences = Sequences(lengths: [ids.count])
    text = Chain(encoder.layers(sequences), Unit()).traced(try encoder.tokens([ids], sequences))
    tokens = try encoder.embeddings(of: ids)
    scale = encoder.scale
    words = WordShares.words(of: encoder.tokenizer.pieces(of: ids))
  }

  /// The start and the end belong to no word.
  private static func words(of pieces: [String]) -> [(text: String, tokens: Range<Int>)] {
    var found: [(text: String, tokens: Range<Int>)] = []
    var isInside = false
    for (place, piece) in pieces.enumerated().dropFirst().dropLast() {
      let ends = piece.hasSuffix("</w>")
      let letters = ends ? String(piece.dropLast("</w>".count)) : piece
      let start = isInside ? found[found.count - 1].tokens.lowerBound : place
      let before = isInside ? found.removeLast().text : ""
      found.append((before + letters, start..<place + 1))
      isInside = !ends
    }
    return found
  }

  /// exp(logit scale) times the cosine of the prompt and a picture.
  public func score(_ embedding: Matrix) -> Float {
    scale * text.value.timesTurned(embedding.scaledToUnitRows()).elements[0]
  }

  /// The words' shares in the score of a picture.
  public func callAsFunction(_ embedding: Matrix) -> [Word] { self([embedding]) }

  /// The same in the mean of the scores of several.
  public func callAsFunction(_ embeddings: [Matrix]) -> [Word] {
    let directions = embeddings.map { $0.scaledToUnitRows() }
    let gradient = text.pullback(scale * Matrix.stacked(directions).meanRow())
    let products = gradient.merged(tokens, *).rowSums()
    let sums = words.map { products[$0.tokens].reduce(0, +) }
    let size = sums.reduce(0) { $0 + abs($1) }
    return zip(words, sums).map { Word(text: $0.text, share: size > 0 ? $1 / size : 0) }
  }
}

extension WordShares.Word {
  public var json: JSON { ["text": .string(text), "share": JSON(share)] }
}
