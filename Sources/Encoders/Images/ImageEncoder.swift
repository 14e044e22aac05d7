/// Pictures in, embeddings out; and the way back from an embedding to any place inside.
///
///     let encoder = try ImageEncoder(Model("ViT-B-16:openai", in: Caches(.process)))
///     encoder(try Picture("blackbird.jpg"))              // 1 x 512
///     let tap = encoder.tap(encoder.planes(of: bird), block: 11)
///     tap.rest(tap.activation)                           // the same again
public struct ImageEncoder: Sendable {
  /// Which embedding a picture gets.
  public enum Pool: String, CaseIterable, Named {
    public static let kind = "a pool"

    /// The class token's, or a ResNet's attention over its last pixels: what models were trained on.
    case `class`
    /// The mean over a transformer's patches.
    case mean
  }

  public let architecture: Architecture
  public let preprocessing: Preprocessing
  public let pool: Pool
  /// How positions are stretched to other sizes.
  public let positions: PositionResizing
  /// Steps of the whole way, from the planes of pictures.
  public let layers: Chain
  fileprivate let trunk: any Trunk

  public init(_ model: Model, precision: Precision = .fp32) throws {
    let reading = try LayerReading(model, precision)
    let trunk: any Trunk =
      model.architecture.kind == .resnet ? try ResNet(reading) : try VisionTransformer(reading)
    try self.init(
      model.architecture, trunk, preprocessing: model.preprocessing, pool: .class, positions: nil)
  }

  private init(
    _ architecture: Architecture, _ trunk: any Trunk, preprocessing: Preprocessing, pool: Pool,
    positions: PositionResizing?
  ) throws {
    self.architecture = architecture
    self.trunk = trunk
    self.preprocessing = preprocessing
    self.pool = pool
    self.positions = positions ?? trunk.usualPositions
    layers = try trunk.layers(
      Look(
        width: preprocessing.width, height: preprocessing.height, pool: pool,
        positions: self.positions))
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
    _ = try Look(width: side, height: side, pool: pool, positions: positions).grid(of: patch)
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
  public var blocks: Int {
    let image = architecture.image
    return image.stages.isEmpty ? image.blocks.layers : image.stages.reduce(0, +)
  }

  /// How many numbers each place has at a block: in a ResNet four times its stage's width, which
  /// doubles from stage to stage.
  public func channels(block: Int) -> Int {
    let image = architecture.image
    var (rest, width) = (block, image.stemWidth * 4)
    for count in image.stages.dropLast() {
      guard rest >= count else { break }
      rest -= count
      width *= 2
    }
    return image.stages.isEmpty ? image.blocks.width : width
  }

  /// What flows into the attention of a transformer's block, or out of a ResNet's, and what is still
  /// ahead.
  public func tap(_ planes: Matrix, block: Int) -> Tap {
    trunk.tap(planes, block: block, layers)
  }
}

extension ImageEncoder {
  /// The last block of a transformer whose embedding is the class token's; nil of others.
  public func lastBlock(_ planes: Matrix) -> LastBlock? { trunk.lastBlock(planes, layers) }

  /// The patches of a picture.
  public var patchGrid: Grid {
    Grid(width: preprocessing.width, height: preprocessing.height)
      .divided(by: architecture.image.patch)
  }

  /// Tokens before the patches of a transformer.
  public var skippedTokens: Int { 1 + architecture.image.registers }
}

/// What an encoder is asked to look at, and how.
struct Look {
  let width: Int
  let height: Int
  let pool: ImageEncoder.Pool
  let positions: PositionResizing
}

extension Look {
  /// The patches of so many pixels that cover the picture.
  func grid(of side: Int) throws -> Grid {
    for (name, length) in [("width", width), ("height", height)]
    where !length.isMultiple(of: side) || length < side {
      let nearest = max(1, (length + side / 2) / side) * side
      throw InputError(
        "resolution", expected: "a \(name) that patches of \(side) pixels cover",
        found: "\(length)", hint: "\(nearest) is the nearest", kind: .words)
    }
    let grid = Grid(width: width / side, height: height / side)
    guard grid.pixels <= Look.mostPatches else {
      throw InputError(
        "resolution", expected: "at most \(Look.mostPatches) patches of \(side) pixels",
        found: "\(grid.width) x \(grid.height)", kind: .words)
    }
    return grid
  }

  /// Every patch attends to every other: 128 x 128 of them take minutes, more would take all memory.
  private static let mostPatches = 1 << 14
}

/// A family of image encoders.
protocol Trunk: Sendable {
  /// How the model's own code stretches positions.
  var usualPositions: PositionResizing { get }
  /// The steps from one picture's planes to its embedding.
  func layers(_ look: Look) throws -> Chain
  func tap(_ planes: Matrix, block: Int, _ layers: Chain) -> Tap
  /// Nil where more than the class token is read.
  func lastBlock(_ planes: Matrix, _ layers: Chain) -> LastBlock?
}

extension Trunk {
  var usualPositions: PositionResizing { .openCLIP }

  func lastBlock(_ planes: Matrix, _ layers: Chain) -> LastBlock? { nil }
}

/// A place inside an encoder: what flows there for one picture, and the layers still ahead.
///
///     tap.rest(tap.activation)      // the embedding
///     tap.patches(tap.activation)   // the rows that are places in the picture
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
