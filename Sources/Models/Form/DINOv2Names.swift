/// The three layouts of DINOv2: its own, timm's and transformers'. Its blocks are CLIP's with a
/// scale on every branch (`ls_1`, `ls_2`), so they take CLIP's names.
/// (facebookresearch/dinov2 `vision_transformer.py`, timm 1.0 `_convert_dinov2`, transformers
/// `modeling_dinov2.py`.)
extension Layout {
  package static let dinoV2 = Layout(
    name: "dinov2", family: .dinoV2,
    renaming: Renaming(
      "pos_embed visual.positional_embedding 1x\nregister_tokens visual.register_embedding 1x",
      ends, blocks("blocks.#."), blocks("blocks.#.#.")))

  /// timm adds the class token's position to the token where there are registers, and leaves the
  /// position out; here it stands as zeros.
  static let dinoV2Timm = Layout(
    name: "dinov2 timm", family: .dinoV2,
    renaming: Renaming(
      "pos_embed visual.positional_embedding 1x-row\nreg_token visual.register_embedding 1x",
      ends, blocks("blocks.#.")))

  static let dinoV2HuggingFace = Layout(
    name: "dinov2 huggingface", family: .dinoV2,
    renaming: Renaming(
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
      """))

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
