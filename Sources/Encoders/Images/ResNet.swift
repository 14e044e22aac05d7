import Ground
import Models
import Pictures

/// CLIP's ResNets: a stem of three convolutions, four stages of bottlenecks, and an attention pool.
/// (Radford et al. 2021, arXiv 2103.00020, section 2.4; open_clip `modified_resnet.py`.)
struct ResNet: Sendable {
  private let image: Architecture.Image
  private let stem: [Convolution]
  private let blocks: [Bottleneck]
  /// The positions: a row for the mean, then one for each pixel after the last stage, at the size
  /// of picture that the model was trained on.
  private let positions: Matrix
  private let projection: Projection
  private let output: Linear

  init(_ reading: LayerReading) throws {
    image = reading.model.architecture.image
    stem = try ResNet.stem(reading, image.size)
    blocks = try ResNet.blocks(reading, image, image.size.divided(by: 4))
    let pool = "visual.attnpool."
    positions = try Matrix(
      rows: image.grid.pixels + 1, columns: image.blocks.width,
      reading.floats(pool + "positional_embedding"))
    projection = try Projection([
      reading.linear(pool + "q_proj.weight", bias: pool + "q_proj.bias"),
      reading.linear(pool + "k_proj", above: pool + "v_proj"),
    ])
    output = try reading.linear(pool + "c_proj.weight", bias: pool + "c_proj.bias")
  }

  /// Reads the convolutions of the stem. The first one sees the picture itself and is in 32 bits.
  private static func stem(_ reading: LayerReading, _ grid: Grid) throws -> [Convolution] {
    try (1...3).map { index in
      try reading.convolution(
        "visual.conv\(index)", "visual.bn\(index)", stride: index == 1 ? 2 : 1, isRectified: true,
        on: index == 1 ? grid : grid.divided(by: 2), precision: index == 1 ? .fp32 : nil)
    }
  }

  private static func blocks(
    _ reading: LayerReading, _ image: Architecture.Image, _ grid: Grid
  ) throws -> [Bottleneck] {
    var plans: [(name: String, grid: Grid, stride: Int)] = []
    var grid = grid
    for (stage, count) in image.stages.enumerated() {
      for index in 0..<count {
        // The first stage keeps the size that the stem leaves; every other stage halves it.
        let stride = stage > 0 && index == 0 ? 2 : 1
        plans.append(("visual.layer\(stage + 1).\(index).", grid, stride))
        grid = grid.divided(by: stride)
      }
    }
    return try concurrently(plans.count) { [plans] index in
      let (name, grid, stride) = plans[index]
      let after = grid.divided(by: stride)
      let hasShortcut = reading.model.has(name + "downsample.0.weight")
      return try Bottleneck(
        narrowing: reading.convolution(
          name + "conv1", name + "bn1", isRectified: true, on: grid),
        looking: reading.convolution(name + "conv2", name + "bn2", isRectified: true, on: grid),
        widening: reading.convolution(name + "conv3", name + "bn3", on: after),
        shortcut: hasShortcut
          ? reading.convolution(name + "downsample.0", name + "downsample.1", on: after) : nil,
        stride: stride)
    }
  }

  var trunk: Trunk {
    let width = image.stemWidth
    // A bottleneck gives four times its stage's width, which doubles from stage to stage.
    let channels = image.stages.enumerated().flatMap { stage, count in
      [Int](repeating: (4 * width) << stage, count: count)
    }
    return Trunk(
      name: "a ResNet", embedding: "a ResNet's attention over its pixels",
      hasPatchEmbeddings: false, usualPositions: .openCLIP, blocks: blocks.count,
      channels: { channels[$0] }, passage: passage)
  }

  private func passage(_ look: ForwardOptions) throws -> Passage {
    guard look.pool == .class else {
      throw InputError(
        "pool mean", expected: "a transformer, whose patches have embeddings of their own",
        found: "a ResNet, which has only its attention pool's embedding", kind: .words)
    }
    let last = try look.grid(of: image.patch)
    var grid = Grid(width: look.width, height: look.height)
    let stem = stem.map { convolution in
      let convolution = convolution.on(grid)
      grid = convolution.result
      return convolution
    }
    let pool = AveragePool(side: 2, on: grid)
    grid = pool.result
    let blocks = blocks.map { block in
      let block = block.on(grid)
      grid = block.result
      return block
    }
    let resized = look.positions.resized(
      positions.rows(1..<positions.rows), from: image.grid, rows: last.height, columns: last.width)
    let attention = AttentionPool(
      tokens: MeanFirst(positions: .stacked([positions.rows(0..<1), resized])),
      projection: projection, heads: image.blocks.heads, output: output)
    return Passage(
      before: [Pixels()] + stem.map { $0 as any Layer } + [pool], blocks: Bottlenecks(blocks),
      after: [attention],
      rowAfter: nil, grid: grid, skipped: 0, classToken: nil,
      operations: stem.reduce(0) { $0 + $1.operations }
        + blocks.reduce(0) { $0 + $1.operations } + attention.operations)
  }
}

// The sums of residuals and the pools are not counted.

extension Convolution {
  fileprivate var operations: Double {
    2 * Double(result.pixels) * Double(window.outputs)
      * Double(window.inputs * window.side * window.side)
  }
}

extension Bottleneck {
  fileprivate var operations: Double {
    [narrowing, looking, widening, shortcut].reduce(0) { $0 + ($1?.operations ?? 0) }
  }
}

extension AttentionPool {
  fileprivate var operations: Double {
    let (rows, width) = (Double(tokens.positions.rows), Double(output.inputs))
    return 2 * rows * 3 * width * width + 4 * rows * rows * width
      + 2 * width * Double(output.outputs)
  }
}

extension LayerReading {
  /// Reads a convolution and the batch norm after it. At inference the norm is a scale and a shift
  /// of each channel, so it is folded into the weights and a bias:
  ///
  ///     s = weight / sqrt(running_var + epsilon)
  ///     norm(x * W) = x * (s W) + (bias - s running_mean)
  ///
  /// (Ioffe, Szegedy 2015, arXiv 1502.03167.) Padding keeps the picture's size at stride 1.
  fileprivate func convolution(
    _ name: String, _ norm: String, stride: Int = 1, isRectified: Bool = false, on grid: Grid,
    precision: Precision? = nil
  ) throws -> Convolution {
    let shape = model.weight(name + ".weight").shape
    let window = Window(
      inputs: shape[1], outputs: shape[0], side: shape[2], stride: stride, padding: shape[2] / 2)
    /// PyTorch's default, since no file tells it.
    let epsilon = 1e-5
    let variance = try floats(norm + ".running_var")
    let scale = zip(try floats(norm + ".weight"), variance).map { weight, variance in
      Double(weight) / (Double(variance) + epsilon).squareRoot()
    }
    let mean = try floats(norm + ".running_mean")
    let bias = try floats(norm + ".bias").enumerated().map { channel, bias in
      Float(Double(bias) - scale[channel] * Double(mean[channel]))
    }
    var weights = try floats(name + ".weight")
    let count = weights.count / window.outputs
    for output in 0..<window.outputs {
      for index in output * count..<(output + 1) * count {
        weights[index] = Float(scale[output] * Double(weights[index]))
      }
    }
    return Convolution(
      weights, window, bias: bias, isRectified: isRectified, on: grid,
      precision: precision ?? self.precision)
  }

  /// Reads two linear layers with the same input as one: the outputs of the first, then those of
  /// the second.
  fileprivate func linear(_ first: String, above second: String) throws -> Linear {
    let inputs = model.weight(first + ".weight").shape[1]
    return Linear(
      try floats(first + ".weight") + floats(second + ".weight"), inputs: inputs,
      bias: try floats(first + ".bias") + floats(second + ".bias"), precision: precision)
  }
}
