/// A way of naming and storing a model's weights, known by names that no other layout has.
///
///     try Layout(of: checkpoint).name      // "huggingface"
public struct Layout: Sendable {
  public enum Family: Sendable { case clip, dinoV2 }

  public let name: String
  let family: Family
  let renaming: Renaming

  init(name: String, family: Family, renaming: Renaming) {
    self.name = name
    self.family = family
    self.renaming = renaming
  }

  /// Whether files of transformers are named so, whose code does some things in its own way.
  var isOfTransformers: Bool {
    name == Layout.huggingFace.name || name == Layout.dinoV2HuggingFace.name
  }

  /// Names that a layout must have, or that name a model which is not read yet. The first that
  /// fits counts: SigLIP and EVA have all names of simpler ones besides their own.
  private static let marks: [(names: [String], meaning: Meaning)] = [
    (["text.transformer.encoder.block.#.layer.#.SelfAttention.q.weight"], .text("mT5")),
    (["text.transformer.block.#.layer.#.SelfAttention.q.weight"], .text("mT5")),
    (["text.transformer.encoder.layers.#.self_attn.q_proj.weight"], .text("NLLB")),
    (["text.transformer.layers.#.self_attn.q_proj.weight"], .text("NLLB")),
    (["text.transformer.embeddings.*"], .text("the BERT family")),
    (
      ["visual.trunk.attn_pool.latent", "visual.trunk.norm_pre.weight"], .unread(perceptionEncoder)
    ),
    (["visual.attn_pool.probe"], .unread(perceptionEncoder)),
    (["visual.trunk.attn_pool.latent"], .unread("SigLIP")),
    (["vision_model.head.probe"], .unread("SigLIP")),
    (["text_decoder.*"], .unread("CoCa")),
    (
      ["visual.trunk.stages.#.blocks.#.conv_dw.weight"],
      .unread("CLIP with a ConvNeXt for pictures")
    ),
    (["visual.trunk.final_conv.*"], .unread("MobileCLIP, a CLIP with a FastViT for pictures")),
    (
      ["visual.trunk.patch_embed.backbone.#.conv.weight"],
      .unread("MobileCLIP, a CLIP with convolutions before its transformer for pictures")
    ),
    (["visual.trunk.patch_embed.backbone.stem.conv1.weight"], .unread("ViTamin")),
    (["visual.trunk.blocks.#.attn.q_bias"], .unread("EVA-CLIP")),
    (["visual.trunk.blocks.#.attn.q_proj.weight"], .unread("EVA-CLIP")),
    (["visual.trunk.blocks.#.mlp.fc1_g.weight"], .unread("EVA-CLIP")),
    (["visual.blocks.#.attn.q_bias"], .unread("EVA-CLIP")),
    (["visual.trunk.*"], .unread("CLIP with an image tower of timm")),
    (["image_encoder.*"], .unread("MobileCLIP")),
    (["rope_embed.*"], .unread("DINOv3")),
    (["text.token_embedding.weight"], .layout({ openCLIPCustomText })),
    (["visual.conv1.weight"], .layout({ openCLIP })),
    (["vision_model.embeddings.class_embedding"], .layout({ huggingFace })),
    (
      ["embeddings.cls_token", "encoder.layer.#.layer_scale1.lambda1"],
      .layout({ dinoV2HuggingFace })
    ),
    (["reg_token", "blocks.#.ls1.gamma"], .layout({ dinoV2Timm })),
    (["cls_token", "blocks.#.ls1.gamma"], .layout({ dinoV2 })),
    (["cls_token", "blocks.#.#.ls1.gamma"], .layout({ dinoV2 })),
    (["cls_token", "blocks.#.norm1.weight"], .unread("a plain ViT")),
  ]

  private enum Meaning {
    /// Made when it is needed: a table of names takes a while to read.
    case layout(@Sendable () -> Layout)
    case unread(String)
    /// A CLIP whose texts are read by another model.
    case text(String)
  }

  private static let perceptionEncoder = "PE-Core, Meta's Perception Encoder"
  /// What helps whose model is not read.
  static let another =
    "a CLIP with a ViT or a ResNet runs, such as hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K"

  /// The layout of tensors with these names, prefixes of training already taken off.
  init(of tensors: [String: Tensor], place: String) throws {
    let patterns = Set(tensors.keys.flatMap(Self.patterns))
    guard let mark = Layout.marks.first(where: { $0.names.allSatisfy(patterns.contains) }) else {
      throw Layout.unknown(tensors, place: place)
    }
    switch mark.meaning {
    case .layout(let make): self = make()
    case .unread(let name):
      throw InputError(
        place, expected: "CLIP or DINOv2", found: "\(name), which Fieldmark does not read yet",
        hint: Layout.another)
    case .text(let name):
      // Its pictures are read by CLIP's own transformer, or by something that is not read either.
      throw InputError(
        place, expected: "CLIP or DINOv2",
        found: "a CLIP whose texts are read by \(name), which Fieldmark does not read yet",
        hint: patterns.contains("visual.conv1.weight")
          ? "the tensors named visual.* alone, in a file of their own, are a model for pictures"
          : Layout.another)
    }
  }

  /// The name with `#` for numbers, and each beginning of it with `*` for what follows.
  private static func patterns(of name: String) -> [String] {
    let parts = name.split(separator: ".").map { part in
      part.allSatisfy(\.isNumber) ? "#" : String(part)
    }
    let beginnings = (1..<max(2, min(parts.count, 4))).map { count in
      parts.prefix(count).joined(separator: ".") + ".*"
    }
    return beginnings + [parts.joined(separator: ".")]
  }

  /// What to say of weights that are no model: a classifier is one for another option.
  private static func unknown(_ tensors: [String: Tensor], place: String) -> InputError {
    let matrices = tensors.values.filter { $0.shape.count == 2 }
    if let weight = matrices.first, matrices.count == 1, tensors.count <= 2,
      tensors.values.allSatisfy({ $0.shape == weight.shape || $0.shape == [weight.shape[0]] })
    {
      return InputError(
        place, expected: "a model",
        found: "a linear classifier of \(weight.shape[0]) classes over \(weight.shape[1]) numbers",
        hint: "it is used beside a model, as its classifier", settings: ["classifier"])
    }
    let some = tensors.keys.sorted().prefix(3).map { "'\(printable($0.utf8.prefix(80)))'" }
    return InputError(
      place, expected: "weights of CLIP or DINOv2",
      found: some.isEmpty
        ? "no tensors" : "\(tensors.count) tensors such as \(some.joined(separator: ", "))")
  }
}
