/// A vision transformer opened at every block, for methods that look at attention itself.
///
/// ```swift
/// let activations = encoder.activations(planes)
/// activations?.streams[11]        // what flows into the last block
/// activations?.attention(11)      // how much each row attends to each: a matrix for each head
/// ```
public struct Activations: Sendable {
  /// The transformer's blocks, with the sequence of this picture's tokens.
  public let blocks: [Block]
  /// The input of each block and, at the end, the output of the last one, with a row for each
  /// token.
  public let streams: [Matrix]
  /// The layers from a token's row after the last block to an embedding.
  public let after: Chain
  /// The number of tokens before the patches.
  public let skipped: Int
  /// The row of the class token; nil if the transformer has none.
  public let classToken: Int?

  /// The queries, keys and values of a block, side by side.
  public func projected(_ block: Int) -> Matrix {
    blocks[block].projection(blocks[block].normalization1(streams[block]))
  }

  public func attention(_ block: Int) -> [Matrix] {
    blocks[block].heads.weights(projected(block))[0]
  }

  /// The layers from the output of a block's heads to the block's output, for all rows.
  public func rest(of block: Int) -> Chain {
    Chain(Added(to: streams[block], blocks[block].output), blocks[block].think)
  }
}

extension Activations {
  init?(_ passage: Passage, _ planes: Matrix) {
    guard let transformer = passage.blocks.transformer, let after = passage.rowAfter,
      transformer.sequences.count == 1
    else { return nil }
    var streams = [Chain(passage.before)(planes)]
    for block in transformer.blocks {
      let one = Transformer([block], on: transformer.sequences, leaving: .all)
      streams.append(one(streams[streams.count - 1]))
    }
    self.init(
      blocks: transformer.blocks, streams: streams, after: after, skipped: passage.skipped,
      classToken: passage.classToken)
  }
}
