import Encoders
import Testing

/// Names that those models' own libraries give their weights (open_clip 3.3, transformers 5.23).
@Test(arguments: [
  (["visual.trunk.attn_pool.latent", "text.token_embedding.weight"], "SigLIP"),
  (["vision_model.head.probe", "vision_model.embeddings.class_embedding"], "SigLIP"),
  (["logit_bias", "visual.conv1.weight"], "SigLIP"),
  (["text_decoder.text_projection", "visual.conv1.weight"], "CoCa"),
  (["visual.trunk.stages.0.blocks.0.gamma", "token_embedding.weight"], "CLIP with a ConvNeXt"),
  (["visual.trunk.blocks.0.attn.q_bias", "text.token_embedding.weight"], "EVA-CLIP"),
  (["visual.trunk.blocks.11.attn.q_proj.weight", "text.ln_final.bias"], "EVA-CLIP"),
  (["visual.trunk.blocks.0.attn.qkv.weight"], "CLIP with an image tower of timm"),
  (
    ["text.transformer.embeddings.word_embeddings.weight", "visual.conv1.weight"],
    "CLIP with a text tower of transformers"
  ),
  (["image_encoder.model.patch_embed.0.weight"], "MobileCLIP"),
  (["cls_token", "blocks.0.norm1.weight", "pos_embed"], "a plain ViT"),
])
func modelsThatAreNotReadYetAreRefusedByName(names: [String], found: String) {
  let fixture = ModelFixture(
    shapes: Dictionary(uniqueKeysWithValues: names.map { ($0, [1]) }))
  #expect(
    sentence { _ = try fixture.model() }
      == "'model.safetensors': expected CLIP or DINOv2, found \(found), which Fieldmark does not "
      + "read yet.")
}

@Test(arguments: [
  (
    ["weight": [525, 768], "bias": [525]],
    "'model.safetensors': expected a model, found a linear classifier of 525 classes over 768 "
      + "numbers; it goes with a model, as --classifier."
  ),
  (
    ["fc.weight": [10, 4]],
    "'model.safetensors': expected a model, found a linear classifier of 10 classes over 4 "
      + "numbers; it goes with a model, as --classifier."
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
