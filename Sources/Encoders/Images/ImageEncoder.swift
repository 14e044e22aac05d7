import Models
import Pictures

/// Pictures in, embeddings out; and the way back from an embedding to any place inside.
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
  /// How positions are stretched to other sizes.
  public let positions: PositionResizing
  /// Steps of the whole way, from the planes of pictures.
  public let layers: Chain
  /// What the network for pictures tells of itself.
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

  /// The same weights for pictures prepared in another way, of another size, pooled otherwise.
  public func with(
    _ preprocessing: Preprocessing? = nil, pool: Pool? = nil, positions: PositionResizing? = nil
  ) throws -> ImageEncoder {
    try ImageEncoder(
      architecture, trunk, preprocessing: preprocessing ?? self.preprocessing,
      pool: pool ?? self.pool, positions: positions ?? self.positions)
  }

  /// The same, and each picture keeps its own size: `NativeSize`.
  public func native() throws -> ImageEncoder {
    let patch = architecture.image.patch
    let side = NativeSize.upToPatches(NativeSize.longest, patch)
    // Where the largest picture there can be runs, all do.
    _ = try ForwardOptions(width: side, height: side, pool: pool, positions: positions).grid(
      of: patch)
    return try with(preprocessing.native(patch: patch))
  }

  /// What sees a picture: where pictures keep their size, the same weights at this one's.
  public func fitted(to picture: Picture) -> ImageEncoder {
    let own = preprocessing.fitted(to: picture)
    guard own != preprocessing else { return self }
    guard let encoder = try? with(own) else {
      preconditionFailure("A size in whole patches, of which there are not too many, runs.")
    }
    return encoder
  }

  /// What the model sees of a picture: its red, green and blue planes, a row each.
  public func planes(of picture: Picture) -> Matrix {
    let preprocessing = preprocessing.fitted(to: picture)
    return Matrix(
      rows: 3, columns: preprocessing.width * preprocessing.height,
      preprocessing.tensor(of: picture))
  }

  /// The embedding, raw: not of unit length.
  public func callAsFunction(_ picture: Picture) -> Matrix {
    fitted(to: picture).layers(planes(of: picture))
  }

  /// How many blocks there are to tap: a ResNet's bottlenecks are counted through all stages.
  public var blocks: Int { trunk.blocks }

  /// How many numbers each place has at a block.
  public func channels(block: Int) -> Int { trunk.channels(block) }

  /// What flows into the attention of a transformer's block, or out of a ResNet's, and what is still
  /// ahead.
  public func tap(_ planes: Matrix, block: Int) -> Tap {
    passage.tap(planes, block: block)
  }
}

extension ImageEncoder {
  /// The last block of a transformer whose embedding is the class token's; nil of others.
  public func lastBlock(_ planes: Matrix) -> LastBlock? { passage.lastBlock(planes) }

  /// Opened at every block; nil of a network without attention, or whose rows have no embeddings of
  /// their own.
  public func activations(_ planes: Matrix) -> Activations? { Activations(passage, planes) }

  /// The patches of a picture.
  public var patchGrid: Grid {
    Grid(width: preprocessing.width, height: preprocessing.height)
      .divided(by: architecture.image.patch)
  }

  /// Rows that are no places of the picture, before those that are: the class token, registers.
  public var skippedTokens: Int { passage.skipped }

  /// Multiplications and additions of a whole pass over one picture, every row of every block
  /// counted, as for a model that computes them all.
  package var operations: Double { passage.operations }
}
