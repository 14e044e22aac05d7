import Ground
import Models

/// Makes layers from a model's weights.
///
///     let reading = try LayerReading(model, .fp32)
///     let patches = try reading.linear("visual.conv1.weight")
///     let blocks = try reading.blocks(
///       "visual.transformer.resblocks", model.architecture.image.blocks)
struct LayerReading: Sendable {
  let model: Model
  let precision: Precision

  init(_ model: Model, _ precision: Precision) throws {
    guard precision.isSupported else {
      throw InputError(
        "precision \(precision.rawValue)",
        expected: "a processor that multiplies bfloat16 numbers (AVX-512 BF16)",
        found: "one that does not", hint: "fp32 runs everywhere", kind: .words)
    }
    let architecture = model.architecture
    for (encoder, blocks) in [
      ("picture", architecture.image.blocks), ("text", architecture.text?.blocks),
    ]
    where precision == .bf16 && blocks.map({ !$0.headWidth.isMultiple(of: 2) }) ?? false {
      throw InputError(
        "precision \(precision.rawValue)",
        expected: "heads of an even width, whose numbers are multiplied in pairs",
        found: "\(blocks?.headWidth ?? 0) in the \(encoder) encoder", kind: .words)
    }
    self.model = model
    self.precision = precision
  }

  func floats(_ name: String) throws -> [Float] {
    try checkRoom(name)
    return try model.weight(name).withFloats { Array($0) }
  }

  /// Returns a weight as a matrix of `rows` x `columns`.
  func rows(_ name: String, _ rows: Int, _ columns: Int) throws -> Matrix {
    try Matrix(rows: rows, columns: columns, floats(name))
  }

  /// Returns the positions of a transformer over patches: `others` rows, then one for each patch.
  func positions(_ image: Architecture.Image, others: Int) throws -> Matrix {
    try rows("visual.positional_embedding", image.grid.pixels + others, image.blocks.width)
  }

  /// Throws if memory is short: the numbers of the file become floats, and these are packed, so
  /// both are needed at once.
  private func checkRoom(_ name: String) throws {
    let count = model.weight(name).count
    try MemoryCheck.check(
      count * (4 + precision.size), for: "\(model.name), its weights '\(printable(name.utf8))'",
      hint: precision == .fp32 && Precision.bf16.isSupported
        ? "the precision bf16 needs half as much" : nil,
      settings: ["precision"])
  }

  /// Reads weights that are stored outputs x inputs, whatever axes the inputs have, with their
  /// bias; only `rows` of them if given.
  func linear(
    _ weight: String, bias: String? = nil, rows: Range<Int>? = nil, precision: Precision? = nil
  ) throws -> Linear {
    let shape = model.weight(weight).shape
    let inputs = shape.dropFirst().reduce(1, *)
    try checkRoom(weight)
    let packed = try model.weight(weight).withFloats(rows: rows) {
      PackedWeights($0, inputs: inputs, precision: precision ?? self.precision)
    }
    let biases = try bias.map { try floats($0) }
    return Linear(packed, bias: rows.flatMap { rows in biases.map { Array($0[rows]) } } ?? biases)
  }

  /// Reads weights that are stored inputs x outputs, as CLIP's projections are (`x @ weight`), with
  /// a bias if there is one. They are kept in 32 bits.
  func projection(_ weight: String, bias: String? = nil) throws -> Linear {
    let shape = model.weight(weight).shape
    try checkRoom(weight)
    return try Linear(
      model.weight(weight).withFloats {
        PackedWeights($0, inputs: shape[0], isTurned: true)
      }, bias: bias.map(floats))
  }

  func normalization(_ name: String, _ epsilon: Float) throws -> Normalization {
    Normalization(
      weight: try floats("\(name).weight"), bias: try floats("\(name).bias"), epsilon: epsilon)
  }

  /// Reads all blocks of an encoder. Their sequences are set later.
  func blocks(_ prefix: String, _ blocks: Architecture.Blocks, isCausal: Bool = false) throws
    -> [Block]
  {
    // Each block is read in its three large parts, so that all cores have work.
    let parts = try concurrently(3 * blocks.layers) { index -> BlockPart in
      let name = "\(prefix).\(index / 3)."
      let isLast = index / 3 == blocks.layers - 1
      switch index % 3 {
      case 0:
        return .attention(
          try attention(name, blocks.width, isLast: isLast),
          try scaled(name + "attn.out_proj", by: name + "ls_1.gamma"))
      case 1: return .expansion(try linear(name + "mlp.c_fc.weight", bias: name + "mlp.c_fc.bias"))
      default: return .contraction(try scaled(name + "mlp.c_proj", by: name + "ls_2.gamma"))
      }
    }
    return try (0..<blocks.layers).map { index in
      guard case .attention(let projection, let output) = parts[3 * index],
        case .expansion(let expansion) = parts[3 * index + 1],
        case .contraction(let contraction) = parts[3 * index + 2]
      else { preconditionFailure("Parts of a block come in their order.") }
      let name = "\(prefix).\(index)."
      return Block(
        normalization1: try normalization(name + "ln_1", blocks.epsilon), projection: projection,
        heads: Heads(blocks.heads, Sequences(lengths: []), isCausal: isCausal), output: output,
        normalization2: try normalization(name + "ln_2", blocks.epsilon), expansion: expansion,
        activation: blocks.activation == .silu ? Gate() : blocks.activation as any Layer,
        contraction: contraction)
    }
  }

  private enum BlockPart {
    case attention(Projection, Linear)
    case expansion(Linear)
    case contraction(Linear)
  }

  /// Reads the projection of a block. In the last block queries are kept apart from keys and
  /// values, because only few queries are needed.
  private func attention(_ name: String, _ width: Int, isLast: Bool) throws -> Projection {
    let ranges = isLast ? [0..<width, width..<3 * width] : [0..<3 * width]
    let bias = name + "attn.in_proj_bias"
    return Projection(
      try ranges.map {
        try linear(name + "attn.in_proj_weight", bias: model.has(bias) ? bias : nil, rows: $0)
      })
  }

  /// Reads a linear layer whose outputs the model may scale one by one (layer scale). The scale is
  /// folded into the weights: `g (x W' + b) = x (g W)' + g b`.
  private func scaled(_ name: String, by scale: String) throws -> Linear {
    guard model.has(scale) else { return try linear(name + ".weight", bias: name + ".bias") }
    let scale = try floats(scale)
    var weights = try floats(name + ".weight")
    let inputs = weights.count / scale.count
    for output in scale.indices {
      for input in 0..<inputs { weights[output * inputs + input] *= scale[output] }
    }
    let bias = zip(try floats(name + ".bias"), scale).map { $0 * $1 }
    return Linear(weights, inputs: inputs, bias: bias, precision: precision)
  }
}
