import Models

/// DINOv2, in the layouts of its authors, timm and transformers. Its blocks are CLIP's with a layer
/// scale on each branch (`ls_1`, `ls_2`), so their weights take CLIP's names. It has no text
/// encoder. (facebookresearch/dinov2 `vision_transformer.py`, timm 1.0 `_convert_dinov2`,
/// transformers `modeling_dinov2.py`.)
extension ModelFamily {
  static let dinoV2 = ModelFamily(
    ModelForm(
      kind: "dinov2", name: "DINOv2",
      layouts: [.dinoV2HuggingFace, .dinoV2Timm, .dinoV2],
      openCLIP: .openCLIP,
      transformers: ["dinov2": DINOv2.config, "dinov2_with_registers": DINOv2.config],
      read: DINOv2.read, shapes: DINOv2.shapes,
      preprocessing: { reading, _ in reading.familyPreprocessing(.dinoV2()) }, takesAnySize: true,
      facts: { image in
        image.blocks.members + [
          .init("registers", .integer(image.registers)),
          .init("layerScale", .bool(image.hasLayerScale)),
          .init("swiglu", .bool(image.hasSwiGLU)),
        ] + (image.hasAttentionBias ? [] : [.init("attentionBias", false)])
      },
      ending: ["visual.ln_post."], block: { name, _ in CLIPTransformer.block(name) }),
    trunk: DINOv2.trunk)
}

extension Layout {
  fileprivate static let dinoV2 = dinoV2(
    "dinov2",
    marks: [["cls_token", "blocks.#.ls1.gamma"], ["cls_token", "blocks.#.#.ls1.gamma"]]
  ) {
    Renaming(
      "pos_embed visual.positional_embedding 1x\nregister_tokens visual.register_embedding 1x",
      ends, blocks("blocks.#."), blocks("blocks.#.#."))
  }

  /// If there are registers, timm adds the class token's position to the token itself and leaves
  /// that row out of the positions. Here a row of zeros stands in its place.
  fileprivate static let dinoV2Timm = dinoV2(
    "dinov2 timm", marks: [["reg_token", "blocks.#.ls1.gamma"]]
  ) {
    Renaming(
      "pos_embed visual.positional_embedding 1x-row\nreg_token visual.register_embedding 1x",
      ends, blocks("blocks.#."))
  }

  fileprivate static let dinoV2HuggingFace = dinoV2(
    "dinov2 huggingface",
    marks: [["embeddings.cls_token", "encoder.layer.#.layer_scale1.lambda1"]],
    isOfTransformers: true
  ) {
    Renaming(
      """
      embeddings.cls_token visual.class_embedding 1x1x
      embeddings.position_embeddings visual.positional_embedding 1x
      embeddings.register_tokens visual.register_embedding 1x
      embeddings.mask_token -
      embeddings.patch_embeddings.projection.* visual.conv1.*
      encoder.layer.#.norm1.* \(block)ln_1.*
      encoder.layer.#.attention.attention.query.* \(block)attn.in_proj_* 1/3
      encoder.layer.#.attention.attention.key.* \(block)attn.in_proj_* 2/3
      encoder.layer.#.attention.attention.value.* \(block)attn.in_proj_* 3/3
      encoder.layer.#.attention.output.dense.* \(block)attn.out_proj.*
      encoder.layer.#.layer_scale1.lambda1 \(block)ls_1.gamma
      encoder.layer.#.norm2.* \(block)ln_2.*
      encoder.layer.#.mlp.fc1.* \(block)mlp.c_fc.*
      encoder.layer.#.mlp.fc2.* \(block)mlp.c_proj.*
      encoder.layer.#.mlp.weights_in.* \(block)mlp.c_fc.*
      encoder.layer.#.mlp.weights_out.* \(block)mlp.c_proj.*
      encoder.layer.#.layer_scale2.lambda1 \(block)ls_2.gamma
      layernorm.* visual.ln_post.*
      """)
  }

  private static func dinoV2(
    _ name: String, marks: [[String]], isOfTransformers: Bool = false,
    renaming: @escaping @Sendable () -> Renaming
  ) -> Layout {
    Layout(
      name, marks: marks, settings: ["config.json", "preprocessor_config.json"],
      isOfTransformers: isOfTransformers,
      transparency: isOfTransformers ? .firstOn(.white) : .first,
      activation: UsualActivation(.gelu, "default of the family DINOv2", isDoubtful: false),
      renaming: renaming)
  }

  private static let block = "visual.transformer.resblocks.#."

  private static let ends = """
    cls_token visual.class_embedding 1x1x
    mask_token -
    patch_embed.proj.* visual.conv1.*
    norm.* visual.ln_post.*
    """

  private static func blocks(_ file: String) -> String {
    """
    \(file)norm1.* \(block)ln_1.*
    \(file)attn.qkv.* \(block)attn.in_proj_*
    \(file)attn.proj.* \(block)attn.out_proj.*
    \(file)ls1.gamma \(block)ls_1.gamma
    \(file)norm2.* \(block)ln_2.*
    \(file)mlp.fc1.* \(block)mlp.c_fc.*
    \(file)mlp.fc2.* \(block)mlp.c_proj.*
    \(file)mlp.w12.* \(block)mlp.c_fc.*
    \(file)mlp.w3.* \(block)mlp.c_proj.*
    \(file)ls2.gamma \(block)ls_2.gamma
    """
  }
}

private enum DINOv2 {
  static let config = ConfigTable(
    names: [
      ("image.patch", "patch_size"), ("image.width", "hidden_size"),
      ("image.layers", "num_hidden_layers"), ("image.heads", "num_attention_heads"),
      ("image.activation", "hidden_act"), ("image.epsilon", "layer_norm_eps"),
    ],
    defaults: [.init("image.heads", 12, "num_attention_heads")])

  /// The epsilon that timm and the authors add to the variance.
  private static let epsilon: Float = 1e-6
  private static let block = "visual.transformer.resblocks.0."

  static func read(_ reading: inout ArchitectureReading) throws -> Architecture {
    let tensors = reading.tensors
    var image = try reading.transformer(
      .init("visual.positional_embedding", others: 1, asking: .isIgnored), epsilon: epsilon)
    image.hasLayerScale = reading.findings.take("image.layerScale", true, "names of the tensors")
    let inner = block + "mlp.c_fc.weight"
    if tensors.shape(block + "attn.in_proj_bias") == nil {
      image.hasAttentionBias = reading.findings.take(
        "image.attentionBias", false, "names of the tensors")
    }
    image.hasSwiGLU = reading.findings.take(
      "image.swiglu", try tensors.size(inner, axis: 0, of: 2) == 2 * image.blocks.mlp,
      "shape of \(tensors.fileName(inner))")
    image.registers =
      tensors.shape("visual.register_embedding") == nil
      ? reading.findings.take("image.registers", 0, "names of the tensors")
      : try reading.shaped("image.registers", "visual.register_embedding", axis: 0, of: 2)
    image.pooling = reading.findings.take(
      "image.pooling", .classToken, "default of the family \(reading.family)")
    image.blocks.activation =
      image.hasSwiGLU
      ? reading.findings.take("activation", .silu, "shape of \(tensors.fileName(inner))")
      : try reading.activation("image")
    let embedding = reading.findings.take(
      "embedding", image.blocks.width, "the width of the picture encoder")
    return Architecture(kind: "dinov2", image: image, text: nil, embedding: embedding)
  }

  static func shapes(_ architecture: Architecture) -> [WeightShape] {
    let image = architecture.image
    let width = image.blocks.width
    let registers = WeightShape("visual.register_embedding", [image.registers, width])
    return [
      WeightShape("visual.conv1.weight", [width, 3, image.patch, image.patch]),
      WeightShape("visual.class_embedding", [width]),
      WeightShape("visual.positional_embedding", [image.grid.pixels + 1, width]),
      WeightShape("visual.conv1.bias", [width]),
    ] + (image.registers > 0 ? [registers] : [])
      + WeightShape.blocks(
        "visual.transformer.resblocks", image.blocks, hasLayerScale: image.hasLayerScale,
        hasAttentionBias: image.hasAttentionBias, hasSwiGLU: image.hasSwiGLU)
      + WeightShape.norm("visual.ln_post", width)
  }

  static func trunk(_ reading: LayerReading) throws -> Trunk {
    let image = reading.model.architecture.image
    let width = image.blocks.width
    let patches = try reading.linear(
      "visual.conv1.weight", bias: "visual.conv1.bias", precision: .fp32)
    let table = try reading.positions(image, others: 1)
    let token = try reading.rows("visual.class_embedding", 1, width)
    let registers =
      image.registers == 0
      ? Matrix(rows: 0, columns: width)
      : try reading.rows("visual.register_embedding", image.registers, width)
    return try VisionTransformer(
      image: image, patches: patches, first: .stacked([token + table.rows(0..<1), registers]),
      positions: table.rows(1..<table.rows),
      blocks: reading.blocks("visual.transformer.resblocks", image.blocks),
      after: reading.normalization("visual.ln_post", image.blocks.epsilon),
      usualPositions: positions(reading.model)
    ).trunk
  }

  /// Without registers, transformers resizes positions in another way than the authors; with
  /// registers, in the same way. (transformers `interpolate_pos_encoding` in `modeling_dinov2.py`
  /// and `modeling_dinov2_with_registers.py`.)
  private static func positions(_ model: Model) -> PositionResizing {
    if model.architecture.image.registers > 0 { return .openCLIP }
    return model.layout.isOfTransformers ? .huggingFace : .dinoV2
  }
}
