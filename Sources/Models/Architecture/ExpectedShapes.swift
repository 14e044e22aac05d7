/// Every weight that a model of an architecture has, with its shape: what a checkpoint is held
/// against.
extension Architecture {
  var expectedShapes: [(name: String, shape: [Int])] {
    var shapes = kind == .resnet ? resNetShapes : imageShapes
    if let text { shapes += textShapes(text) }
    return shapes
  }

  private var imageShapes: [(String, [Int])] {
    let width = image.blocks.width
    var shapes: [(String, [Int])] = [
      ("visual.conv1.weight", [width, 3, image.patch, image.patch]),
      ("visual.class_embedding", [width]),
      ("visual.positional_embedding", [image.grid.pixels + 1, width]),
    ]
    if kind == .dinov2 {
      shapes.append(("visual.conv1.bias", [width]))
      if image.registers > 0 {
        shapes.append(("visual.register_embedding", [image.registers, width]))
      }
    } else {
      shapes += pair("visual.ln_pre", [width]) + [("visual.proj", [width, embedding])]
    }
    return shapes + blockShapes("visual.transformer.resblocks", image.blocks)
      + pair("visual.ln_post", [width])
  }

  private func blockShapes(_ prefix: String, _ blocks: Blocks) -> [(String, [Int])] {
    let width = blocks.width
    let isImage = prefix.hasPrefix("visual")
    let hasScale = isImage ? image.hasLayerScale : text?.hasLayerScale ?? false
    let hasBias = !isImage || image.hasAttentionBias
    return (0..<blocks.layers).flatMap { layer -> [(String, [Int])] in
      let block = "\(prefix).\(layer)."
      let inner = isImage && image.hasSwiGLU ? 2 * blocks.mlp : blocks.mlp
      let scales: [(String, [Int])] =
        hasScale
        ? [(block + "ls_1.gamma", [width]), (block + "ls_2.gamma", [width])] : []
      return pair(block + "ln_1", [width]) + pair(block + "ln_2", [width])
        + [(block + "attn.in_proj_weight", [3 * width, width])]
        + (hasBias ? [(block + "attn.in_proj_bias", [3 * width])] : [])
        + linear(block + "attn.out_proj", width, width)
        + linear(block + "mlp.c_fc", inner, width)
        + linear(block + "mlp.c_proj", width, blocks.mlp) + scales
    }
  }

  private func textShapes(_ text: Text) -> [(String, [Int])] {
    let width = text.blocks.width
    return [
      ("token_embedding.weight", [text.vocabulary, width]),
      ("positional_embedding", [text.positions, width]),
      ("text_projection", [width, embedding]), ("logit_scale", []),
    ] + (text.hasProjectionBias ? [("text_projection.bias", [embedding])] : [])
      + (text.hasLogitBias ? [("logit_bias", [])] : []) + pair("ln_final", [width])
      + blockShapes("transformer.resblocks", text.blocks)
  }

  /// Stem, stages of bottlenecks that end four times as wide as they begin, pooling.
  private var resNetShapes: [(String, [Int])] {
    let stem = image.stemWidth
    var shapes: [(String, [Int])] = []
    var inputs = 3
    for (index, outputs) in [stem / 2, stem / 2, stem].enumerated() {
      shapes.append(("visual.conv\(index + 1).weight", [outputs, inputs, 3, 3]))
      shapes += norm("visual.bn\(index + 1)", outputs)
      inputs = outputs
    }
    for (stage, count) in image.stages.enumerated() {
      let width = stem << stage
      for index in 0..<count {
        let block = "visual.layer\(stage + 1).\(index)."
        shapes += [
          (block + "conv1.weight", [width, inputs, 1, 1]),
          (block + "conv2.weight", [width, width, 3, 3]),
          (block + "conv3.weight", [4 * width, width, 1, 1]),
        ]
        shapes += norm(block + "bn1", width) + norm(block + "bn2", width)
        shapes += norm(block + "bn3", 4 * width)
        if index == 0 {
          shapes.append((block + "downsample.0.weight", [4 * width, inputs, 1, 1]))
          shapes += norm(block + "downsample.1", 4 * width)
        }
        inputs = 4 * width
      }
    }
    let width = image.blocks.width
    for name in ["q_proj", "k_proj", "v_proj"] {
      shapes += linear("visual.attnpool.\(name)", width, width)
    }
    return shapes + linear("visual.attnpool.c_proj", embedding, width)
      + [("visual.attnpool.positional_embedding", [image.grid.pixels + 1, width])]
  }

  private func linear(_ name: String, _ outputs: Int, _ inputs: Int) -> [(String, [Int])] {
    [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])]
  }

  private func pair(_ name: String, _ shape: [Int]) -> [(String, [Int])] {
    [(name + ".weight", shape), (name + ".bias", shape)]
  }

  private func norm(_ name: String, _ width: Int) -> [(String, [Int])] {
    ["weight", "bias", "running_mean", "running_var"].map { ("\(name).\($0)", [width]) }
  }
}
