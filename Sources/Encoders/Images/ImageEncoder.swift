import Models
import Pictures

/// Turns pictures into embeddings. It can be opened at any block, for the activation there and for
/// gradients of a score.
///
/// ```swift
/// let encoder = try ImageEncoder(Model("ViT-B-16:openai", in: Caches(.process)))
/// encoder(try Picture("blackbird.jpg"))              // 1 x 512
/// let tap = encoder.tap(encoder.planes(of: bird), block: 11)
/// tap.rest(tap.activation)                           // the same again
/// ```
public struct ImageEncoder: Sendable {
  public typealias Pool = ImagePool

  public let architecture: Architecture
  public let preprocessing: Preprocessing
  public let pool: Pool
  /// How positions are resized for pictures of other sizes.
  public let positions: PositionResizing
  /// All layers, from the planes of pictures to their embeddings.
  public let layers: Chain
  /// The network itself, which builds the layers for pictures of a size.
  package let trunk: Trunk
  private let passage: Passage

  init(
    _ architecture: Architecture, _ trunk: Trunk, preprocessing: Preprocessing,
    pool: Pool = .class, positions: PositionResizing? = nil
  ) throws {
    self.architecture = architecture
    self.trunk = trunk
    self.preprocessing = preprocessing
    self.pool = pool
    self.positions = positions ?? trunk.usualPositions
    passage = try trunk.passage(
      ForwardOptions(
        width: preprocessing.width, height: preprocessing.height, pool: pool,
        positions: self.positions))
    layers = passage.layers
  }

  /// Returns an encoder with the same weights but other preprocessing (and so another size),
  /// pooling or resizing of positions.
  public func with(
    _ preprocessing: Preprocessing? = nil, pool: Pool? = nil, positions: PositionResizing? = nil
  ) throws -> ImageEncoder {
    try ImageEncoder(
      architecture, trunk, preprocessing: preprocessing ?? self.preprocessing,
      pool: pool ?? self.pool, positions: positions ?? self.positions)
  }

  /// Returns the same encoder, but with pictures kept at their own size: see `NativeSize`.
  public func native() throws -> ImageEncoder {
    let patch = architecture.image.patch
    let side = NativeSize.upToPatches(NativeSize.longest, patch)
    // If the largest possible picture can run, all can.
    _ = try ForwardOptions(width: side, height: side, pool: pool, positions: positions).grid(
      of: patch)
    return try with(preprocessing.native(patch: patch))
  }

  /// Returns the encoder for this picture: if pictures keep their own size, the same weights set up
  /// for this picture's size.
  public func fitted(to picture: Picture) -> ImageEncoder {
    let own = preprocessing.fitted(to: picture)
    guard own != preprocessing else { return self }
    guard let encoder = try? with(own) else {
      preconditionFailure("A size in whole patches, of which there are not too many, runs.")
    }
    return encoder
  }

  /// Returns what the model sees of a picture: its red, green and blue planes, a row each.
  public func planes(of picture: Picture) -> Matrix {
    let preprocessing = preprocessing.fitted(to: picture)
    return Matrix(
      rows: 3, columns: preprocessing.width * preprocessing.height,
      preprocessing.tensor(of: picture))
  }

  /// Returns the raw embedding, which is not scaled to unit length.
  public func callAsFunction(_ picture: Picture) -> Matrix {
    fitted(to: picture).layers(planes(of: picture))
  }

  /// The number of blocks that can be tapped. A ResNet's bottlenecks are counted through all
  /// stages.
  public var blocks: Int { trunk.blocks }

  /// The number of channels of the activation at a block.
  public func channels(block: Int) -> Int { trunk.channels(block) }

  /// Returns the activation at a block and the layers still ahead. In a transformer it is the input
  /// of the block's attention, after the first norm; in a ResNet it is the block's output.
  public func tap(_ planes: Matrix, block: Int) -> Tap {
    passage.tap(planes, block: block)
  }
}

extension ImageEncoder {
  /// Returns the last block of a transformer whose embedding is the class token's; nil for other
  /// networks.
  public func lastBlock(_ planes: Matrix) -> LastBlock? { passage.lastBlock(planes) }

  /// Returns the transformer opened at every block; nil for a network without attention, or one
  /// whose rows have no embeddings of their own.
  public func activations(_ planes: Matrix) -> Activations? { Activations(passage, planes) }

  /// The patches of a picture.
  public var patchGrid: Grid {
    Grid(width: preprocessing.width, height: preprocessing.height)
      .divided(by: architecture.image.patch)
  }

  /// The number of rows before the patches that are not places of the picture: the class token and
  /// registers.
  public var skippedTokens: Int { passage.skipped }

  /// The number of multiplications and additions in a pass over one picture. Every row of every
  /// block is counted, even those of the last block that are not computed.
  package var operations: Double { passage.operations }
}
