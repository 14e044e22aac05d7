import Ground
import Models
import Pictures

/// A transformer over patches, made of the parts in which families differ. (Dosovitskiy
/// et al. 2021, arXiv 2010.11929; Radford et al. 2021, 2103.00020; Oquab et al. 2024, 2304.07193;
/// registers: Darcet et al. 2024, 2309.16588.)
struct VisionTransformer: Sendable {
  let image: Architecture.Image
  let patches: Linear
  /// The rows before the patches: the class token with its position, then registers, if there are
  /// any.
  let first: Matrix
  /// The positions: a row for each patch, at the size of picture that the model was trained on.
  let positions: Matrix
  /// The norm before the blocks; nil if patches go into them as they are.
  var before: Normalization?
  let blocks: [Block]
  let after: Normalization
  var projection: Linear?
  let usualPositions: PositionResizing
  /// How the embedding is read from the rows after the last block.
  var reading = Reading.classToken

  enum Reading: Sendable {
    /// The first row.
    case classToken
    /// A layer that reads all rows of a picture together, after the last norm.
    case together(any Layer, name: String)
  }

  var trunk: Trunk {
    let (name, embedding, hasPatchEmbeddings) =
      switch reading {
      case .classToken: ("a transformer over patches", "the class token's", true)
      case .together(_, let name): ("one whose patches are read together", name, false)
      }
    return Trunk(
      name: name, embedding: embedding,
      hasPatchEmbeddings: hasPatchEmbeddings, usualPositions: usualPositions, blocks: blocks.count,
      channels: { [image] _ in image.blocks.width }, passage: passage)
  }

  private func passage(_ look: ForwardOptions) throws -> Passage {
    let grid = try look.grid(of: image.patch)
    let sequences = Sequences(1, of: first.rows + grid.pixels)
    let resized = look.positions.resized(
      positions, from: image.grid, rows: grid.height, columns: grid.width)
    let before: [any Layer] =
      [
        Patches(width: look.width, height: look.height, side: image.patch), patches,
        Tokens(first: first, positions: resized),
      ] + (self.before.map { [$0] } ?? [])
    let projection: [any Layer] = self.projection.map { [$0] } ?? []
    let leaving: Transformer.Leaving
    var after: [any Layer] = [self.after]
    switch (reading, look.pool) {
    case (.classToken, .class): leaving = .firsts
    case (.classToken, .mean):
      leaving = .all
      after.append(Mean(sequences, skipping: first.rows))
    case (.together(let layer, _), .class):
      leaving = .all
      after.append(layer)
    case (.together(_, let name), .mean):
      throw InputError(
        "pool mean", expected: "a transformer, whose patches have embeddings of their own",
        found: name, kind: .words)
    }
    return Passage(
      before: before, blocks: Transformer(blocks, on: sequences, leaving: leaving),
      after: after + projection,
      rowAfter: trunk.hasPatchEmbeddings
        ? Chain([self.after] + projection) : nil,
      grid: grid, skipped: first.rows,
      classToken: trunk.hasPatchEmbeddings ? 0 : nil, operations: operations(grid))
  }

  private func operations(_ grid: Grid) -> Double {
    let patches = Double(grid.pixels)
    let (rows, width) = (patches + Double(first.rows), Double(image.blocks.width))
    let inner = Double(image.blocks.mlp) * (image.hasSwiGLU ? 3 : 2)
    let products = 4 * width * width + inner * width
    return 2 * patches * width * Double(3 * image.patch * image.patch)
      + Double(image.blocks.layers) * (2 * rows * products + 4 * rows * rows * width)
  }
}
