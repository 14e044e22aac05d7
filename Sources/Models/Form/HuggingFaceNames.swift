/// The names of transformers' `CLIPModel`, whose files keep queries, keys and values apart and
/// both projections the other way around. (`pre_layrnorm` is spelt so there.)
extension Layout {
  package static let huggingFace = Layout(
    name: "huggingface", family: .clip,
    renaming: Renaming(
      """
      vision_model.embeddings.patch_embedding.weight visual.conv1.weight
      vision_model.embeddings.class_embedding visual.class_embedding
      vision_model.embeddings.position_embedding.weight visual.positional_embedding
      vision_model.embeddings.position_ids -
      vision_model.pre_layrnorm.* visual.ln_pre.*
      vision_model.post_layernorm.* visual.ln_post.*
      visual_projection.weight visual.proj transposed
      text_model.embeddings.token_embedding.weight token_embedding.weight
      text_model.embeddings.position_embedding.weight positional_embedding
      text_model.embeddings.position_ids -
      text_model.final_layer_norm.* ln_final.*
      text_projection.weight text_projection transposed
      logit_scale logit_scale 1x
      """,
      blocks("vision_model.encoder.layers.#.", "visual.transformer.resblocks.#."),
      blocks("text_model.encoder.layers.#.", "transformer.resblocks.#.")))

  private static func blocks(_ file: String, _ weight: String) -> String {
    """
    \(file)layer_norm1.* \(weight)ln_1.*
    \(file)self_attn.q_proj.* \(weight)attn.in_proj_* 1/3
    \(file)self_attn.k_proj.* \(weight)attn.in_proj_* 2/3
    \(file)self_attn.v_proj.* \(weight)attn.in_proj_* 3/3
    \(file)self_attn.out_proj.* \(weight)attn.out_proj.*
    \(file)layer_norm2.* \(weight)ln_2.*
    \(file)mlp.fc1.* \(weight)mlp.c_fc.*
    \(file)mlp.fc2.* \(weight)mlp.c_proj.*
    """
  }
}
