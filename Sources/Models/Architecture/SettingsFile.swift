import Ground

/// The files of settings that lie beside weights, known by what is in them:
///
///     open_clip_config.json        "model_cfg", "preprocess_cfg"
///     config.json                  transformers' "model_type", or timm's "pretrained_cfg"
///     preprocessor_config.json     transformers' "image_mean"
extension Settings {
  /// Adds what a file says.
  mutating func add(_ path: Path) throws { try add(JSON(file: path), from: path) }

  mutating func add(_ json: JSON, from path: Path) throws {
    let source = path.lastComponent.description
    if json["model_cfg"] != nil || json["vision_cfg"] != nil {
      let model = json["model_cfg"] ?? json
      try add(
        Self.openCLIP, from: model, source, prefix: json["model_cfg"] == nil ? "" : "model_cfg.")
      try Self.refuse(Self.unreadOpenCLIP, in: model, source)
      if let preprocessing = json["preprocess_cfg"] {
        try add(Self.openCLIPPictures, from: preprocessing, source, prefix: "preprocess_cfg.")
      }
      // What open_clip takes where its file is silent.
      add("image.headWidth", 64, source: source, key: "model_cfg.vision_cfg.head_width")
      add("isQuickGELU.default", false, source: source, key: "model_cfg.quick_gelu")
      add("tokenizer", "clip", source: source, key: "model_cfg.text_cfg.hf_tokenizer_name")
    } else if let type = json["model_type"]?.string {
      try addTransformers(json, type: type, source)
    } else if let pretrained = json["pretrained_cfg"] {
      try add(Self.timmPictures, from: pretrained, source, prefix: "pretrained_cfg.")
    } else if json["image_mean"] != nil || json["do_resize"] != nil {
      try add(Self.processor, from: json, source, prefix: "")
      add("processor", true, source: source, key: "image_mean")
    } else {
      throw InputError(
        source, expected: "settings of open_clip, transformers or timm",
        found: "none that are known")
    }
  }

  private mutating func addTransformers(_ json: JSON, type: String, _ source: String) throws {
    switch type {
    case "clip":
      try add(Self.transformersCLIP, from: json, source, prefix: "")
      // Files hold what differs from the defaults of transformers' CLIPConfig, which are these.
      add("image.activation", "quick_gelu", source: source, key: "vision_config.hidden_act")
      add("text.activation", "quick_gelu", source: source, key: "text_config.hidden_act")
      add("image.heads", 12, source: source, key: "vision_config.num_attention_heads")
      add("text.heads", 8, source: source, key: "text_config.num_attention_heads")
      add("text.end", 49407, source: source, key: "text_config.eos_token_id")
    case "dinov2", "dinov2_with_registers":
      try add(Self.transformersDINOv2, from: json, source, prefix: "")
      add("image.heads", 12, source: source, key: "num_attention_heads")
    default:
      let name = ["siglip": "SigLIP", "siglip2": "SigLIP 2"][type] ?? "a model of type '\(type)'"
      throw InputError(
        source, expected: "CLIP or DINOv2",
        found: "\(printable(name.utf8)), which Fieldmark does not read yet")
    }
  }

  /// Fieldmark's name and the file's, for each setting.
  private typealias Table = [(name: String, key: String)]

  private mutating func add(
    _ table: Table, from json: JSON, _ source: String, prefix: String
  ) throws {
    guard json.members != nil else {
      throw InputError(source, expected: "an object", found: json.summary)
    }
    for (name, key) in table {
      if let value = Self.value(key, in: json), value != .null {
        add(name, value, source: source, key: prefix + key)
      }
    }
  }

  /// What stands at `text_cfg.width`.
  private static func value(_ key: String, in json: JSON) -> JSON? {
    key.split(separator: ".").reduce(Optional(json)) { $0?[String($1)] }
  }

  private static let openCLIP: Table = [
    ("embedding", "embed_dim"), ("isQuickGELU", "quick_gelu"),
    ("image.size", "vision_cfg.image_size"), ("image.patch", "vision_cfg.patch_size"),
    ("image.width", "vision_cfg.width"), ("image.layers", "vision_cfg.layers"),
    ("image.headWidth", "vision_cfg.head_width"),
    ("image.epsilon", "vision_cfg.norm_kwargs.eps"),
    ("text.epsilon", "text_cfg.norm_kwargs.eps"), ("text.context", "text_cfg.context_length"),
    ("text.vocabulary", "text_cfg.vocab_size"), ("text.width", "text_cfg.width"),
    ("text.heads", "text_cfg.heads"), ("text.layers", "text_cfg.layers"),
  ]

  private static let openCLIPPictures: Table = [
    ("pictures.mean", "mean"), ("pictures.deviation", "std"),
    ("pictures.filter", "interpolation"), ("pictures.fit", "resize_mode"),
    ("pictures.size", "size"), ("pictures.fill", "fill_color"),
  ]

  /// Settings that change what is computed but no shape, and the values that are CLIP's own.
  private static let unreadOpenCLIP: [(key: String, allowed: [JSON])] = [
    ("vision_cfg.pool_type", ["tok"]), ("vision_cfg.final_ln_after_pool", [false]),
    ("vision_cfg.attentional_pool", [false]), ("vision_cfg.no_ln_pre", [false]),
    ("vision_cfg.act_kwargs", []), ("vision_cfg.timm_model_name", []),
    ("vision_cfg.input_patchnorm", [false]), ("text_cfg.pool_type", ["argmax"]),
    ("text_cfg.no_causal_mask", [false]), ("text_cfg.act_kwargs", []),
    ("text_cfg.hf_model_name", []), ("text_cfg.hf_tokenizer_name", []),
    ("text_cfg.tokenizer_kwargs", []), ("text_cfg.embed_cls", [false]),
    ("multimodal_cfg", []),
  ]

  private static func refuse(
    _ table: [(key: String, allowed: [JSON])], in json: JSON, _ source: String
  ) throws {
    for (key, allowed) in table {
      guard let value = value(key, in: json), value != .null, !allowed.contains(value),
        value.members?.isEmpty != true
      else { continue }
      let expected = allowed.map { $0.written() }.joined(separator: " or ")
      throw InputError(
        "\(source) '\(key)'", expected: expected.isEmpty ? "nothing" : expected,
        found: value.summary, hint: "Fieldmark does not read such models yet")
    }
  }

  private static let transformersCLIP: Table = [
    ("embedding", "projection_dim"), ("image.size", "vision_config.image_size"),
    ("image.patch", "vision_config.patch_size"), ("image.width", "vision_config.hidden_size"),
    ("image.layers", "vision_config.num_hidden_layers"),
    ("image.heads", "vision_config.num_attention_heads"),
    ("image.mlp", "vision_config.intermediate_size"),
    ("image.activation", "vision_config.hidden_act"),
    ("image.epsilon", "vision_config.layer_norm_eps"),
    ("text.width", "text_config.hidden_size"), ("text.layers", "text_config.num_hidden_layers"),
    ("text.heads", "text_config.num_attention_heads"),
    ("text.mlp", "text_config.intermediate_size"), ("text.activation", "text_config.hidden_act"),
    ("text.epsilon", "text_config.layer_norm_eps"),
    ("text.context", "text_config.max_position_embeddings"),
    ("text.vocabulary", "text_config.vocab_size"), ("text.end", "text_config.eos_token_id"),
  ]

  private static let transformersDINOv2: Table = [
    ("image.patch", "patch_size"), ("image.width", "hidden_size"),
    ("image.layers", "num_hidden_layers"), ("image.heads", "num_attention_heads"),
    ("image.activation", "hidden_act"), ("image.epsilon", "layer_norm_eps"),
  ]

  private static let timmPictures: Table = [
    ("pictures.mean", "mean"), ("pictures.deviation", "std"),
    ("pictures.filter", "interpolation"), ("timm.size", "input_size"), ("timm.share", "crop_pct"),
    ("timm.fit", "crop_mode"),
  ]

  private static let processor: Table = [
    ("pictures.mean", "image_mean"), ("pictures.deviation", "image_std"),
    ("pictures.filter", "resample"), ("processor.resizes", "do_resize"),
    ("processor.crops", "do_center_crop"), ("processor.size", "size"),
    ("processor.crop", "crop_size"),
  ]
}
