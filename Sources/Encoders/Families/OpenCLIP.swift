import Models

/// The files of OpenAI and of open_clip: what their configs say, and the defaults where they say
/// nothing.
extension Layout {
  /// OpenAI's and open_clip's layout.
  static func openCLIP(
    marks: [[String]], renaming: @escaping @Sendable () -> Renaming
  ) -> Layout {
    openCLIP("open_clip", marks, renaming)
  }

  /// The same layout, with the weights of the text encoder under `text.`.
  static func openCLIPCustomText(
    marks: [[String]], renaming: @escaping @Sendable () -> Renaming
  ) -> Layout {
    openCLIP("open_clip custom text", marks, renaming)
  }

  private static func openCLIP(
    _ name: String, _ marks: [[String]], _ renaming: @escaping @Sendable () -> Renaming
  ) -> Layout {
    Layout(
      name, marks: marks, settings: ["open_clip_config.json"], transparency: .last,
      activation: UsualActivation(.gelu, "default of open_clip", isDoubtful: true),
      renaming: renaming)
  }
}

extension ConfigTable {
  /// The config of CLIPs of OpenAI's form.
  static let openCLIP = ConfigTable(
    names: [
      ("embedding", "embed_dim"), ("isQuickGELU", "quick_gelu"),
      ("image.size", "vision_cfg.image_size"), ("image.patch", "vision_cfg.patch_size"),
      ("image.width", "vision_cfg.width"), ("image.layers", "vision_cfg.layers"),
      ("image.headWidth", "vision_cfg.head_width"),
      ("image.epsilon", "vision_cfg.norm_kwargs.eps"),
      ("text.epsilon", "text_cfg.norm_kwargs.eps"), ("text.context", "text_cfg.context_length"),
      ("text.vocabulary", "text_cfg.vocab_size"), ("text.width", "text_cfg.width"),
      ("text.heads", "text_cfg.heads"), ("text.layers", "text_cfg.layers"),
    ],
    defaults: [
      .init("image.headWidth", 64, "model_cfg.vision_cfg.head_width"),
      .init("isQuickGELU.default", false, "model_cfg.quick_gelu"),
      .init("tokenizer", "clip", "model_cfg.text_cfg.hf_tokenizer_name"),
    ],
    unread: [
      ("vision_cfg.pool_type", ["tok"]), ("vision_cfg.final_ln_after_pool", [false]),
      ("vision_cfg.attentional_pool", [false]), ("vision_cfg.no_ln_pre", [false]),
      ("vision_cfg.act_kwargs", []), ("vision_cfg.timm_model_name", []),
      ("vision_cfg.input_patchnorm", [false]), ("text_cfg.pool_type", ["argmax"]),
      ("text_cfg.no_causal_mask", [false]), ("text_cfg.act_kwargs", []),
      ("text_cfg.hf_model_name", []), ("text_cfg.hf_tokenizer_name", []),
      ("text_cfg.tokenizer_kwargs", []), ("text_cfg.embed_cls", [false]),
      ("multimodal_cfg", []),
    ])
}
