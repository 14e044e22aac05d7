import Ground
import Models

/// CLIP with a ResNet as its image encoder: a stem of three convolutions, four stages of
/// bottlenecks, and an attention pool. (openai/CLIP `clip/model.py`, open_clip 3.3
/// `modified_resnet.py`.)
extension ModelFamily {
  static let clipResNet = ModelFamily(
    ModelForm(
      kind: "resnet", name: "CLIP",
      layouts: [
        .openCLIPCustomText(
          marks: [["text.token_embedding.weight", "visual.attnpool.*"]]
        ) { CLIPResNet.customText },
        .openCLIP(marks: [["visual.conv1.weight", "visual.attnpool.*"]]) { CLIPResNet.plain },
      ],
      openCLIP: .openCLIP, read: CLIPResNet.read, shapes: CLIPResNet.shapes,
      preprocessing: { try $0.openCLIPPreprocessing($1) },
      facts: { image in
        [
          .init("width", .integer(image.stemWidth)),
          .init("stages", .array(image.stages.map(JSON.integer))),
          .init("heads", .integer(image.blocks.heads)),
        ]
      },
      ending: ["visual.attnpool."], block: CLIPResNet.block),
    trunk: { try ResNet($0).trunk })
}

private enum CLIPResNet {
  private static let pool = "visual.attnpool."

  static let plain = Renaming(pictures, CLIPTexts.names())
  static let customText = Renaming(pictures, CLIPTexts.names(below: "text."))

  private static let pictures: String = {
    let norm = { (name: String) in
      ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" }
    }
    let stem = (1...3).flatMap { ["visual.conv\($0).weight"] + norm("visual.bn\($0)") }
    let stages = (1...4).flatMap { stage in
      let block = "visual.layer\(stage).#."
      return (1...3).flatMap { ["\(block)conv\($0).weight"] + norm("\(block)bn\($0)") }
        + ["\(block)downsample.#.weight"] + norm("\(block)downsample.#").dropFirst()
    }
    let ending =
      ["q", "k", "v", "c"].map { "\(pool)\($0)_proj.*" } + ["\(pool)positional_embedding"]
    let counters =
      (1...3).map { "visual.bn\($0).num_batches_tracked -" }
      + (1...4).flatMap { stage in
        (1...3).map { "visual.layer\(stage).#.bn\($0).num_batches_tracked -" }
          + ["visual.layer\(stage).#.downsample.#.num_batches_tracked -"]
      }
    return CLIPTexts.same(stem + stages + ending) + "\n" + counters.joined(separator: "\n")
  }()

  static func read(_ reading: inout ArchitectureReading) throws -> Architecture {
    let image = try self.image(&reading)
    let hasTexts = reading.hasTexts
    let embedding =
      try hasTexts
      ? reading.shaped("embedding", "text_projection", axis: 1, of: 2)
      : reading.shaped("embedding", pool + "c_proj.weight", axis: 0, of: 2)
    // The image encoder always uses ReLU, so an activation in a file is the text encoder's.
    let text =
      hasTexts
      ? try CLIPTexts.read(&reading, noting: "the text encoder of \(reading.tensors.place)") : nil
    if let source = reading.findings.source(of: "text.activation") {
      reading.findings.note(source: source, of: "activation")
    }
    return Architecture(
      kind: "resnet", image: image, text: text, embedding: embedding,
      activation: text?.blocks.activation)
  }

  private static func image(_ reading: inout ArchitectureReading) throws -> Architecture.Image {
    let tensors = reading.tensors
    let width = try tensors.size(pool + "positional_embedding", axis: 1, of: 2)
    let stem = try reading.shaped("image.width", "visual.layer1.0.conv1.weight", axis: 0, of: 4)
    let stages = (1...4).map { tensors.blocks("visual.layer\($0).") }
    try reading.check("image.layers", is: stages)
    let size = try reading.size(
      .init(pool + "positional_embedding", others: 1, asking: .confirms), patch: 32)
    let patch = reading.findings.take("image.patch", 32, "the halvings of a ResNet")
    var image = Architecture.Image(
      size: size, patch: patch,
      blocks: .init(
        width: width, layers: 1, heads: try reading.heads("image", width, 0, []), mlp: width,
        activation: .gelu, epsilon: CLIPTexts.epsilon))
    image.stages = reading.findings.take("image.stages", stages, "names of the tensors")
    image.stemWidth = stem
    image.pooling = reading.findings.take("image.pooling", .attention, "names of the tensors")
    return image
  }

  /// Lists the weights of the stem, of the stages of bottlenecks (whose outputs are four times as
  /// wide as their stage), of the attention pool and of the text encoder.
  static func shapes(_ architecture: Architecture) -> [WeightShape] {
    let image = architecture.image
    let stem = image.stemWidth
    var shapes: [WeightShape] = []
    var inputs = 3
    for (index, outputs) in [stem / 2, stem / 2, stem].enumerated() {
      shapes.append(WeightShape("visual.conv\(index + 1).weight", [outputs, inputs, 3, 3]))
      shapes += WeightShape.batchNorm("visual.bn\(index + 1)", outputs)
      inputs = outputs
    }
    for (stage, count) in image.stages.enumerated() {
      let width = stem << stage
      for index in 0..<count {
        let block = "visual.layer\(stage + 1).\(index)."
        shapes += [
          WeightShape(block + "conv1.weight", [width, inputs, 1, 1]),
          WeightShape(block + "conv2.weight", [width, width, 3, 3]),
          WeightShape(block + "conv3.weight", [4 * width, width, 1, 1]),
        ]
        shapes += WeightShape.batchNorm(block + "bn1", width)
        shapes += WeightShape.batchNorm(block + "bn2", width)
        shapes += WeightShape.batchNorm(block + "bn3", 4 * width)
        if index == 0 {
          shapes.append(WeightShape(block + "downsample.0.weight", [4 * width, inputs, 1, 1]))
          shapes += WeightShape.batchNorm(block + "downsample.1", 4 * width)
        }
        inputs = 4 * width
      }
    }
    let width = image.blocks.width
    for name in ["q_proj", "k_proj", "v_proj"] {
      shapes += WeightShape.linear(pool + name, width, width)
    }
    return shapes + WeightShape.linear(pool + "c_proj", architecture.embedding, width)
      + [WeightShape(pool + "positional_embedding", [image.grid.pixels + 1, width])]
      + CLIPTexts.shapes(architecture)
  }

  /// The bottleneck that a weight belongs to, counted through all stages.
  @Sendable static func block(_ weight: String, _ image: Architecture.Image) -> Int? {
    let parts = weight.split(separator: ".")
    guard parts.count > 3, parts[1].hasPrefix("layer"), let stage = Int(parts[1].dropFirst(5)),
      let index = Int(parts[2])
    else { return nil }
    return image.stages.prefix(stage - 1).reduce(index, +)
  }
}
