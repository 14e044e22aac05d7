import Models

/// CLIP as transformers saves it (`CLIPModel`). Its files keep queries, keys and values as separate
/// weights, and both projections transposed. (`pre_layrnorm` is spelled that way there.)
extension Layout {
  static let huggingFaceCLIP = Layout(
    "huggingface", marks: [["vision_model.embeddings.class_embedding"]],
    settings: ["config.json", "preprocessor_config.json"], isOfTransformers: true,
    normalizer: .huggingface, transparency: .firstOn(.white),
    activation: UsualActivation(.quickGELU, "default of transformers", isDoubtful: true),
    renaming: { huggingFaceNames })

  private static let huggingFaceNames = Renaming(
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
    blocks("text_model.encoder.layers.#.", "transformer.resblocks.#."))

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

extension ConfigTable {
  /// transformers' `CLIPConfig`, whose files hold only the values that differ from its defaults.
  static let huggingFaceCLIP = ConfigTable(
    names: [
      ("embedding", "projection_dim"), ("image.size", "vision_config.image_size"),
      ("image.patch", "vision_config.patch_size"), ("image.width", "vision_config.hidden_size"),
      ("image.layers", "vision_config.num_hidden_layers"),
      ("image.heads", "vision_config.num_attention_heads"),
      ("image.mlp", "vision_config.intermediate_size"),
      ("image.activation", "vision_config.hidden_act"),
      ("image.epsilon", "vision_config.layer_norm_eps"),
      ("text.width", "text_config.hidden_size"),
      ("text.layers", "text_config.num_hidden_layers"),
      ("text.heads", "text_config.num_attention_heads"),
      ("text.mlp", "text_config.intermediate_size"),
      ("text.activation", "text_config.hidden_act"),
      ("text.epsilon", "text_config.layer_norm_eps"),
      ("text.context", "text_config.max_position_embeddings"),
      ("text.vocabulary", "text_config.vocab_size"), ("text.end", "text_config.eos_token_id"),
    ],
    defaults: [
      .init("image.activation", "quick_gelu", "vision_config.hidden_act"),
      .init("text.activation", "quick_gelu", "text_config.hidden_act"),
      .init("image.heads", 12, "vision_config.num_attention_heads"),
      .init("text.heads", 8, "text_config.num_attention_heads"),
      .init("text.end", 49407, "text_config.eos_token_id"),
    ])
}
