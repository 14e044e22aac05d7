import Pictures

/// The way of pictures of one size through a network: what comes before its blocks, the blocks, and
/// what comes after them.
struct Passage: Sendable {
  /// From a picture's planes to what flows into the first block.
  let before: [any Layer]
  let blocks: any BlockStack
  /// From what leaves the last block to the embedding.
  let after: [any Layer]
  /// From any row behind the last block to what the embedding would be if that row alone were read;
  /// nil of a network that reads them together.
  let rowAfter: Chain?
  /// The places of the picture behind the last block.
  let grid: Grid
  /// Rows before them that are no places: the class token, registers.
  let skipped: Int
  /// The row of the class token; nil of a network that has none.
  let classToken: Int?
  /// Multiplications and additions of a whole pass over one picture, every row of every block
  /// counted, as for a network that computes them all.
  let operations: Double

  /// Steps of the whole way.
  var layers: Chain { Chain(before + [blocks] + after) }

  func tap(_ planes: Matrix, block: Int) -> Tap {
    precondition((0..<blocks.count).contains(block), "A tap is at one of \(blocks.count) blocks.")
    let opened = blocks.opened(Chain(before)(planes), at: block)
    return Tap(
      activation: opened.activation, rest: Chain(opened.rest + after),
      grid: blocks.grid(at: block) ?? grid, skipped: skipped)
  }

  /// The last block of a transformer of whose rows one alone is read; nil of others.
  func lastBlock(_ planes: Matrix) -> LastBlock? {
    guard classToken == 0, let transformer = blocks.transformer, transformer.leaving == .firsts,
      let block = transformer.blocks.last, transformer.sequences.count == 1
    else { return nil }
    let trunk = Transformer(
      Array(transformer.blocks.dropLast()), on: transformer.sequences, leaving: .all)
    return LastBlock(block, trunk(Chain(before)(planes)), tail: after)
  }
}

/// The blocks of a network, one after the other, which can be opened at each of them.
protocol BlockStack: Layer {
  var count: Int { get }
  /// What flows at a block, where methods look at it, and the blocks' steps that are still ahead.
  func opened(_ x: Matrix, at block: Int) -> (activation: Matrix, rest: [any Layer])
  /// The places of the picture at a block; nil where all blocks have those of the passage.
  func grid(at block: Int) -> Grid?
  /// The blocks of a transformer; nil of blocks without attention.
  var transformer: Transformer? { get }
}

extension Transformer: BlockStack {
  var count: Int { blocks.count }
  var transformer: Transformer? { self }
  func grid(at block: Int) -> Grid? { nil }

  /// At the attention of a block: what its first norm makes.
  func opened(_ x: Matrix, at block: Int) -> (activation: Matrix, rest: [any Layer]) {
    let stream = Transformer(Array(blocks[..<block]), on: sequences, leaving: .all)(x)
    let tapped = blocks[block]
    var rest: [any Layer] = [Added(to: stream, tapped.attention), tapped.think]
    rest += blocks[(block + 1)...].map { $0 as any Layer }
    if let picked { rest.append(Pick(picked)) }
    return (tapped.normalization1(stream), rest)
  }
}

extension Bottlenecks: BlockStack {
  var count: Int { blocks.count }
  var transformer: Transformer? { nil }
  func grid(at block: Int) -> Grid? { blocks[block].result }

  /// What a bottleneck gives, blocks of all stages being counted on: where methods look that were
  /// made for such networks.
  func opened(_ x: Matrix, at block: Int) -> (activation: Matrix, rest: [any Layer]) {
    (Bottlenecks(Array(blocks[...block]))(x), [Bottlenecks(Array(blocks[(block + 1)...]))])
  }
}

/// A place inside an encoder: what flows there for one picture, and the layers still ahead.
///
/// ```swift
/// tap.rest(tap.activation)      // the embedding
/// tap.patches(tap.activation)   // the rows that are places in the picture
/// ```
public struct Tap: Sendable {
  public let activation: Matrix
  public let rest: any Layer
  /// The places of the picture, row by row.
  public let grid: Grid
  /// Rows before them: the class token, registers.
  public let skipped: Int

  /// The rows of what flows here, or of a gradient of it, that are places in the picture.
  public func patches(_ rows: Matrix) -> Matrix { rows.rows(skipped..<rows.rows) }
}
