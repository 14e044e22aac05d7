import Encoders

/// How much each word of a prompt has to do with a score.
///
///     try WordShares(words, "red epaulets", picture: view.embedding).words
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

  public let words: [Word]
  /// The score: exp(logit scale) times the cosine.
  public let score: Float

  public init(_ encoder: TextEncoder, _ prompt: String, picture embedding: Matrix) throws {
    let ids = try encoder.tokenizer.prompt(prompt).ids
    let sequences = Sequences(lengths: [ids.count])
    let text = Chain(encoder.layers(sequences), Unit()).traced(
      try encoder.tokens([ids], sequences))
    let picture = embedding.scaledToUnitRows()
    score = encoder.scale * text.value.timesTurned(picture).elements[0]
    let gradient = text.pullback(encoder.scale * picture)
    let products = gradient.merged(try encoder.embeddings(of: ids), *).rowSums()
    // The start and the end belong to no word.
    var found: [(text: String, share: Float)] = []
    var isInside = false
    for (piece, product) in zip(encoder.tokenizer.pieces(of: ids), products).dropFirst().dropLast()
    {
      let ends = piece.hasSuffix("</w>")
      let letters = ends ? String(piece.dropLast("</w>".count)) : piece
      if isInside {
        found[found.count - 1].text += letters
        found[found.count - 1].share += product
      } else {
        found.append((letters, product))
      }
      isInside = !ends
    }
    let size = found.reduce(0) { $0 + abs($1.share) }
    words = found.map { Word(text: $0.text, share: size > 0 ? $0.share / size : 0) }
  }
}
