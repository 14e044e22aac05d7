import Models
import Pictures

/// CLIP's transformer over patches, and DINOv2's.
/// (Dosovitskiy et al. 2021, arXiv 2010.11929; Radford et al. 2021, 2103.00020; Oquab et al. 2024,
/// 2304.07193; registers: Darcet et al. 2024, 2309.16588.)
struct VisionTransformer: Trunk {
  private let architecture: Architecture
  private let patches: Linear
  /// The class token with its position, then registers.
  private let first: Matrix
  /// A row for each patch of the pictures that the model was trained on.
  private let positions: Matrix
  private let before: Normalization?
  private let blocks: [Block]
  private let after: Normalization
  private let projection: Linear?
  let usualPositions: PositionResizing

  init(_ reading: LayerReading) throws {
    architecture = reading.model.architecture
    usualPositions = VisionTransformer.positions(of: reading.model)
    let image = architecture.image
    let width = image.blocks.width
    let isCLIP = architecture.kind == .vit
    patches = try reading.linear(
      "visual.conv1.weight", bias: isCLIP ? nil : "visual.conv1.bias", precision: .fp32)
    let table = try Matrix(
      rows: image.grid.pixels + 1, columns: width,
      reading.floats("visual.positional_embedding"))
    let token = try Matrix(
      rows: 1, columns: width, reading.floats("visual.class_embedding"))
    let registers = try Matrix(
      rows: image.registers, columns: width,
      image.registers == 0 ? [] : reading.floats("visual.register_embedding"))
    first = .stacked([token + table.rows(0..<1), registers])
    positions = table.rows(1..<table.rows)
    before = isCLIP ? try reading.normalization("visual.ln_pre", image.blocks.epsilon) : nil
    blocks = try reading.blocks("visual.transformer.resblocks", image.blocks)
    after = try reading.normalization("visual.ln_post", image.blocks.epsilon)
    projection = isCLIP ? try reading.projection("visual.proj") : nil
  }

  /// transformers stretches the positions of CLIP and DINOv2 alike and as the authors of neither do;
  /// those of DINOv2 with registers it stretches as their authors do. (transformers
  /// `interpolate_pos_encoding` in `modeling_clip.py`, `modeling_dinov2.py` and
  /// `modeling_dinov2_with_registers.py`.)
  private static func positions(of model: Model) -> PositionResizing {
    if model.architecture.image.registers > 0 { return .openCLIP }
    if model.layout.isOfTransformers { return .huggingFace }
    return model.architecture.kind == .dinov2 ? .dinoV2 : .openCLIP
  }

  func layers(_ look: Look) throws -> Chain {
    let grid = try look.grid(of: architecture.image.patch)
    let image = architecture.image
    let sequences = Sequences(1, of: first.rows + grid.pixels)
    var layers: [any Layer] = [
      Patches(width: look.width, height: look.height, side: image.patch), patches,
      Tokens(
        first: first,
        positions: look.positions.resized(
          positions, from: image.grid, rows: grid.height, columns: grid.width)),
    ]
    if let before { layers.append(before) }
    switch look.pool {
    case .class:
      layers += [Transformer(blocks, on: sequences, leaving: .firsts), after]
    case .mean:
      layers += [
        Transformer(blocks, on: sequences, leaving: .all), after,
        Mean(sequences, skipping: first.rows),
      ]
    }
    if let projection { layers.append(projection) }
    return Chain(layers)
  }

  func lastBlock(_ planes: Matrix, _ layers: Chain) -> LastBlock? {
    guard let place = layers.layers.firstIndex(where: { $0 is Transformer }),
      let transformer = layers.layers[place] as? Transformer, let block = transformer.blocks.last,
      transformer.leaving == .firsts, transformer.sequences.count == 1
    else { return nil }
    let trunk = Transformer(
      Array(transformer.blocks.dropLast()), on: transformer.sequences, leaving: .all)
    let stream = trunk(Chain(Array(layers.layers[..<place]))(planes))
    return LastBlock(block, stream, tail: Array(layers.layers[(place + 1)...]))
  }

  func tap(_ planes: Matrix, block: Int, _ layers: Chain) -> Tap {
    guard let place = layers.layers.firstIndex(where: { $0 is Transformer }),
      let transformer = layers.layers[place] as? Transformer
    else { preconditionFailure("A vision transformer has a transformer.") }
    precondition(
      transformer.blocks.indices.contains(block),
      "A tap is at one of \(transformer.blocks.count) blocks.")
    let blocks: [any Layer] = transformer.blocks
    let trunk = Transformer(
      Array(transformer.blocks[..<block]), on: transformer.sequences, leaving: .all)
    let stream = trunk(Chain(Array(layers.layers[..<place]))(planes))
    let tapped = transformer.blocks[block]
    var rest: [any Layer] = [Added(to: stream, tapped.attention), tapped.think]
    rest += blocks[(block + 1)...]
    if let picked = transformer.picked { rest.append(Pick(picked)) }
    rest += layers.layers[(place + 1)...]
    guard let patches = layers.layers[0] as? Patches else {
      preconditionFailure("A vision transformer begins with patches.")
    }
    return Tap(
      activation: tapped.normalization1(stream), rest: Chain(rest),
      grid: Grid(width: patches.columns, height: patches.rows), skipped: first.rows)
  }
}
