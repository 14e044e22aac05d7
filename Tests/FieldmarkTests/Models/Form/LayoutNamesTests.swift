import Fieldmark
import Testing

private let another =
  "a CLIP with a ViT or a ResNet runs, such as hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K"
private let pictures =
  "the tensors named visual.* alone, in a file of their own, are a model for pictures"

/// Names that those models' own libraries give their weights (open_clip 3.3, transformers 5.23).
@Test(arguments: [
  (["visual.trunk.attn_pool.latent", "text.token_embedding.weight"], "SigLIP", another),
  (["vision_model.head.probe", "vision_model.embeddings.class_embedding"], "SigLIP", another),
  (["visual.trunk.attn_pool.latent", "logit_bias"], "SigLIP", another),
  (
    ["visual.trunk.attn_pool.latent", "visual.trunk.norm_pre.weight", "visual.trunk.cls_token"],
    "PE-Core, Meta's Perception Encoder", another
  ),
  (
    ["visual.attn_pool.probe", "visual.conv1.weight"], "PE-Core, Meta's Perception Encoder",
    another
  ),
  (["text_decoder.text_projection", "visual.conv1.weight"], "CoCa", another),
  (
    ["visual.trunk.stages.0.blocks.0.conv_dw.weight", "token_embedding.weight"],
    "CLIP with a ConvNeXt for pictures", another
  ),
  (
    [
      "visual.trunk.stem.0.conv_kxk.0.conv.weight",
      "visual.trunk.stages.0.blocks.0.mlp.conv.conv.weight",
      "visual.trunk.final_conv.conv_scale.bn.weight",
    ], "MobileCLIP, a CLIP with a FastViT for pictures", another
  ),
  (
    ["visual.trunk.patch_embed.backbone.0.conv.weight", "visual.trunk.cls_token"],
    "MobileCLIP, a CLIP with convolutions before its transformer for pictures", another
  ),
  (["visual.trunk.patch_embed.backbone.stem.conv1.weight"], "ViTamin", another),
  (
    ["visual.trunk.blocks.0.attn.q_bias", "text.token_embedding.weight"], "EVA-CLIP", another
  ),
  (["visual.trunk.blocks.11.attn.q_proj.weight", "text.ln_final.bias"], "EVA-CLIP", another),
  (["visual.trunk.blocks.0.attn.qkv.weight"], "CLIP with a picture encoder of timm", another),
  (
    [
      "text.transformer.encoder.block.0.layer.0.SelfAttention.q.weight",
      "text.transformer.shared.weight", "visual.conv1.weight",
    ], "a CLIP whose texts are read by mT5", pictures
  ),
  (
    ["text.transformer.block.0.layer.0.SelfAttention.q.weight", "visual.conv1.weight"],
    "a CLIP whose texts are read by mT5", pictures
  ),
  (
    ["text.transformer.layers.0.self_attn.q_proj.weight", "visual.conv1.weight"],
    "a CLIP whose texts are read by NLLB", pictures
  ),
  (
    [
      "text.transformer.encoder.layers.0.self_attn.q_proj.weight",
      "visual.trunk.attn_pool.latent", "logit_bias",
    ], "a CLIP whose texts are read by NLLB", another
  ),
  (
    ["text.transformer.embeddings.word_embeddings.weight", "visual.conv1.weight"],
    "a CLIP whose texts are read by the BERT family", pictures
  ),
  (["image_encoder.model.patch_embed.0.weight"], "MobileCLIP", another),
  (["cls_token", "blocks.0.norm1.weight", "pos_embed"], "a plain ViT", another),
])
func modelsThatAreNotReadYetAreRefusedByName(names: [String], found: String, hint: String) {
  let fixture = ModelFixture(
    shapes: Dictionary(uniqueKeysWithValues: names.map { ($0, [1]) }))
  #expect(
    sentence { _ = try fixture.model() }
      == "'model.safetensors': expected CLIP or DINOv2, found \(found), which Fieldmark does not "
      + "read yet; \(hint).")
}

/// CLIPA's files have the names of open_clip's own transformer, but for one.
@Test func aCLIPWithoutItsFirstNormIsRefusedByName() throws {
  var fixture = try ModelFixture()
  fixture.remove("visual.ln_pre.weight")
  fixture.remove("visual.ln_pre.bias")
  #expect(
    sentence { _ = try fixture.model() }
      == "'model.safetensors': expected CLIP or DINOv2, found a CLIP without a norm before its blocks, "
      + "such as CLIPA, which Fieldmark does not read yet; \(another).")
}

@Test(arguments: [
  (
    ["weight": [525, 768], "bias": [525]],
    "'model.safetensors': expected a model, found a linear classifier of 525 classes over 768 "
      + "numbers; it is used beside a model, as its classifier."
  ),
  (
    ["fc.weight": [10, 4]],
    "'model.safetensors': expected a model, found a linear classifier of 10 classes over 4 "
      + "numbers; it is used beside a model, as its classifier."
  ),
  (
    ["b.x": [1], "a": [2, 2], "c": [3], "d": [4]],
    "'model.safetensors': expected weights of CLIP or DINOv2, found 4 tensors such as 'a', 'b.x', "
      + "'c'."
  ),
  ([:], "'model.safetensors': expected weights of CLIP or DINOv2, found no tensors."),
])
func weightsOfNoModelAreOneSentence(shapes: [String: [Int]], expected: String) {
  #expect(sentence { _ = try ModelFixture(shapes: shapes).model() } == expected)
}
