extension WeightShape {
  /// The shapes of a stack of transformer blocks.
  package static func blocks(
    _ prefix: String, _ blocks: Architecture.Blocks, hasLayerScale: Bool,
    hasAttentionBias: Bool = true, hasSwiGLU: Bool = false
  ) -> [WeightShape] {
    let width = blocks.width
    return (0..<blocks.layers).flatMap { layer -> [WeightShape] in
      let block = "\(prefix).\(layer)."
      let inner = hasSwiGLU ? 2 * blocks.mlp : blocks.mlp
      let scales = ["ls_1.gamma", "ls_2.gamma"].map { WeightShape(block + $0, [width]) }
      let bias = WeightShape(block + "attn.in_proj_bias", [3 * width])
      return norm(block + "ln_1", width) + norm(block + "ln_2", width)
        + [WeightShape(block + "attn.in_proj_weight", [3 * width, width])]
        + (hasAttentionBias ? [bias] : [])
        + linear(block + "attn.out_proj", width, width)
        + linear(block + "mlp.c_fc", inner, width)
        + linear(block + "mlp.c_proj", width, blocks.mlp)
        + (hasLayerScale ? scales : [])
    }
  }
}
