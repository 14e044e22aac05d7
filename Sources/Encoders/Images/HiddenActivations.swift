/// A vision transformer opened at every block, for methods that look at attention itself.
///
/// ```swift
/// let activations = encoder.activations(planes)
/// activations?.streams[11]        // what flows into the last block
/// activations?.attention(11)      // how much each row attends to each: a matrix for each head
/// ```
public struct Activations: Sendable {
  /// With their sequences.
  public let blocks: [Block]
  /// What flows into each block, and out of the last one: a row for each token.
  public let streams: [Matrix]
  /// From a token's row behind the last block to an embedding.
  public let after: Chain
  /// Tokens before the patches.
  public let skipped: Int
  /// The row of the class token; nil of a transformer that has none.
  public let classToken: Int?

  /// Queries, keys and values of a block, side by side.
  public func projected(_ block: Int) -> Matrix {
    blocks[block].projection(blocks[block].normalization1(streams[block]))
  }

  public func attention(_ block: Int) -> [Matrix] {
    blocks[block].heads.weights(projected(block))[0]
  }

  /// From a block's heads' answers to its output, for all rows.
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
