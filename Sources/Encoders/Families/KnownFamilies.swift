import Models

/// A kind of model that a file of weights may turn out to be.
enum KnownFamily: Sendable {
  /// A family whose models Fieldmark can run.
  case family(ModelFamily)
  /// A family that Fieldmark cannot run yet. A file belongs to it if it has all names of one of
  /// these lists.
  case unread(String, _ marks: [[String]])
  /// A CLIP with a text encoder that Fieldmark cannot run yet.
  case unreadTexts(String, _ marks: [[String]])

  /// All kinds, in the order in which a file's names are compared with their marks; the first that
  /// fits counts. A model that has all names of a simpler one besides its own comes before it.
  static let all: [KnownFamily] = [
    .unreadTexts(
      "mT5",
      [
        ["text.transformer.encoder.block.#.layer.#.SelfAttention.q.weight"],
        ["text.transformer.block.#.layer.#.SelfAttention.q.weight"],
      ]),
    .unreadTexts(
      "NLLB",
      [
        ["text.transformer.encoder.layers.#.self_attn.q_proj.weight"],
        ["text.transformer.layers.#.self_attn.q_proj.weight"],
      ]),
    .unreadTexts("the BERT family", [["text.transformer.embeddings.*"]]),
    .unread(
      "PE-Core, Meta's Perception Encoder",
      [
        ["visual.trunk.attn_pool.latent", "visual.trunk.norm_pre.weight"],
        ["visual.attn_pool.probe"],
      ]),
    .unread("SigLIP", [["visual.trunk.attn_pool.latent"], ["vision_model.head.probe"]]),
    .unread("CoCa", [["text_decoder.*"]]),
    .unread(
      "CLIP with a ConvNeXt for pictures", [["visual.trunk.stages.#.blocks.#.conv_dw.weight"]]),
    .unread(
      "MobileCLIP, a CLIP with a FastViT for pictures", [["visual.trunk.final_conv.*"]]),
    .unread(
      "MobileCLIP, a CLIP with convolutions before its transformer for pictures",
      [["visual.trunk.patch_embed.backbone.#.conv.weight"]]),
    .unread("ViTamin", [["visual.trunk.patch_embed.backbone.stem.conv1.weight"]]),
    .unread(
      "EVA-CLIP",
      [
        ["visual.trunk.blocks.#.attn.q_bias"], ["visual.trunk.blocks.#.attn.q_proj.weight"],
        ["visual.trunk.blocks.#.mlp.fc1_g.weight"], ["visual.blocks.#.attn.q_bias"],
      ]),
    .unread("CLIP with a picture encoder of timm", [["visual.trunk.*"]]),
    .unread("MobileCLIP", [["image_encoder.*"]]),
    .unread("DINOv3", [["rope_embed.*"]]),
    .family(.clipResNet), .family(.clipTransformer), .family(.dinoV2),
    .unread("a plain ViT", [["cls_token", "blocks.#.norm1.weight"]]),
  ]
}

extension ModelFamily {
  /// Every family whose models Fieldmark can run.
  package static let all: [ModelFamily] = KnownFamily.all.compactMap { known in
    if case .family(let family) = known { family } else { nil }
  }

  /// The family of a model.
  package init(of model: Model) {
    guard let found = Self.all.first(where: { $0.form.kind == model.architecture.kind }) else {
      preconditionFailure("A model is of a family that is known.")
    }
    self = found
  }
}

extension KnownModels {
  /// The forms of all families, and the names of models that Fieldmark cannot run yet.
  static let families = KnownModels(
    KnownFamily.all.map { known in
      switch known {
      case .family(let family): .form(family.form)
      case .unread(let name, let marks): .unread(name, marks)
      case .unreadTexts(let name, let marks): .unreadTexts(name, marks)
      }
    },
    unreadTypes: ["siglip": "SigLIP", "siglip2": "SigLIP 2"],
    another:
      "a CLIP with a ViT or a ResNet runs, such as hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K")
}
