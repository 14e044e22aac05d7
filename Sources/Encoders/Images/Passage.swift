import Pictures

/// A network for pictures of one size: the layers before its blocks, the blocks, and the layers
/// after them.
struct Passage: Sendable {
  /// The layers from a picture's planes to the input of the first block.
  let before: [any Layer]
  let blocks: any BlockStack
  /// The layers from the output of the last block to the embedding.
  let after: [any Layer]
  /// The layers from any row after the last block to the embedding that the picture would have if
  /// only that row were read; nil if the network reads the rows together.
  let rowAfter: Chain?
  /// The places of the picture after the last block.
  let grid: Grid
  /// The number of rows before the places: the class token and registers.
  let skipped: Int
  /// The row of the class token; nil if the network has none.
  let classToken: Int?
  /// The number of multiplications and additions in a pass over one picture. Every row of every
  /// block is counted, even those of the last block that are not computed.
  let operations: Double

  /// All layers, from the planes to the embedding.
  var layers: Chain { Chain(before + [blocks] + after) }

  func tap(_ planes: Matrix, block: Int) -> Tap {
    precondition((0..<blocks.count).contains(block), "A tap is at one of \(blocks.count) blocks.")
    let opened = blocks.opened(Chain(before)(planes), at: block)
    return Tap(
      activation: opened.activation, rest: Chain(opened.rest + after),
      grid: blocks.grid(at: block) ?? grid, skipped: skipped)
  }

  /// Returns the last block of a transformer of which only the class token is read; nil for other
  /// networks.
  func lastBlock(_ planes: Matrix) -> LastBlock? {
    guard classToken == 0, let transformer = blocks.transformer, transformer.leaving == .firsts,
      let block = transformer.blocks.last, transformer.sequences.count == 1
    else { return nil }
    let trunk = Transformer(
      Array(transformer.blocks.dropLast()), on: transformer.sequences, leaving: .all)
    return LastBlock(block, trunk(Chain(before)(planes)), tail: after)
  }
}

/// The blocks of a network, which can be opened at each of them.
protocol BlockStack: Layer {
  var count: Int { get }
  /// Returns the activation at a block, where CAM methods look at it, and the layers still ahead in
  /// the blocks.
  func opened(_ x: Matrix, at block: Int) -> (activation: Matrix, rest: [any Layer])
  /// Returns the grid of places at a block; nil if every block has the passage's grid.
  func grid(at block: Int) -> Grid?
  /// The blocks as a transformer; nil if they have no attention.
  var transformer: Transformer? { get }
}

extension Transformer: BlockStack {
  var count: Int { blocks.count }
  var transformer: Transformer? { self }
  func grid(at block: Int) -> Grid? { nil }

  /// Opens a block at its attention: the activation is the output of its first norm.
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

  /// Opens a bottleneck at its output, where methods made for convolutional networks look.
  /// Bottlenecks are counted through all stages.
  func opened(_ x: Matrix, at block: Int) -> (activation: Matrix, rest: [any Layer]) {
    (Bottlenecks(Array(blocks[...block]))(x), [Bottlenecks(Array(blocks[(block + 1)...]))])
  }
}

/// A place inside an encoder: the activation there for one picture, and the layers still ahead.
///
/// ```swift
/// tap.rest(tap.activation)      // the embedding
/// tap.patches(tap.activation)   // the rows that are places in the picture
/// ```
public struct Tap: Sendable {
  public let activation: Matrix
  public let rest: any Layer
  /// The grid of the places, row by row.
  public let grid: Grid
  /// The number of rows before the places: the class token and registers.
  public let skipped: Int

  /// Returns the rows that are places in the picture, of the activation or of its gradient.
  public func patches(_ rows: Matrix) -> Matrix { rows.rows(skipped..<rows.rows) }
}
