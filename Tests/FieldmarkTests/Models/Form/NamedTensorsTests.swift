import Fieldmark
import Testing

@Test(arguments: [
  (
    "visual.proj", [12, 16], "tensor 'visual.proj': expected 16 x 12, found 12 x 16."
  ),
  (
    "visual.transformer.resblocks.1.attn.in_proj_weight", [16, 48],
    "tensor 'visual.transformer.resblocks.1.attn.in_proj_weight': expected 48 x 16, found 16 x 48."
  ),
  ("logit_scale", [2], "tensor 'logit_scale': expected 1, found 2."),
  (
    "visual.positional_embedding", [6, 16],
    "tensor 'visual.positional_embedding': expected positions for a square of patches and one for "
      + "the class, found 6; an open_clip config tells height and width by its image_size."
  ),
  (
    "visual.conv1.weight", [16, 3, 4],
    "tensor 'visual.conv1.weight': expected 4 axes of 1 to 16777216, found 16 x 3 x 4."
  ),
  (
    "visual.conv1.weight", [1 << 40, 3, 0, 4],
    "tensor 'visual.conv1.weight': expected 4 axes of 1 to 16777216, found "
      + "1099511627776 x 3 x 0 x 4."
  ),
  (
    "token_embedding.weight", [100, 8],
    "tensor 'token_embedding.weight': expected at least 514 rows, for the bytes and marks of CLIP's "
      + "tokenizer, found 100."
  ),
  (
    "visual.transformer.resblocks.999999.ln_1.weight", [16],
    "tensor 'visual.transformer.resblocks.3.ln_1.weight': expected 16, found no such tensor in "
      + "'model.safetensors'."
  ),
  (
    "visual.transformer.resblocks.0.ls_1.gamma", [16],
    "tensor 'visual.transformer.resblocks.0.ls_2.gamma': expected 16, found no such tensor in "
      + "'model.safetensors'."
  ),
  (
    "visual.transformer.resblocks.1.ls_1.gamma", [16],
    "tensor 'visual.transformer.resblocks.1.ls_1.gamma': expected none of that name in a model of "
      + "this architecture, found 16."
  ),
  (
    "text_projection.weight", [12, 8],
    "tensor 'text_projection.weight': expected each weight once, found the same weight as tensor "
      + "'text_projection'."
  ),
  (
    "text_projection.bias", [8],
    "tensor 'text_projection.bias': expected 12, found 8."
  ),
  ("logit_bias", [2], "tensor 'logit_bias': expected 1, found 2."),
  (
    "positional_embedding", [2, 8],
    "tensor 'positional_embedding': expected 3 to 16384 tokens for a text, found 2."
  ),
  (
    "visual.bn1.weight", [16],
    "tensor 'visual.bn1.weight': expected a name that the layout 'open_clip' has, found one more, 16."
  ),
])
func aTensorOfAnotherShapeIsOneSentence(name: String, shape: [Int], expected: String) throws {
  var fixture = try ModelFixture()
  fixture.set(name, shape)
  #expect(sentence { _ = try fixture.model() } == expected)
}

@Test(arguments: [
  (
    "ln_final.bias",
    "tensor 'ln_final.bias': expected 8, found no such tensor in 'model.safetensors'."
  ),
  (
    "ln_final.weight",
    "tensor 'ln_final.weight': expected such a tensor in 'model.safetensors', found none."
  ),
  (
    "visual.transformer.resblocks.1.mlp.c_fc.weight",
    "tensor 'visual.transformer.resblocks.1.mlp.c_fc.weight': expected 32 x 16, found no such "
      + "tensor in 'model.safetensors'."
  ),
])
func aMissingTensorIsOneSentence(name: String, expected: String) throws {
  var fixture = try ModelFixture()
  fixture.remove(name)
  #expect(sentence { _ = try fixture.model() } == expected)
}

/// Messages speak of the file as it is, not of the form that it is brought to.
@Test(
  arguments: [
    (
      "visual_projection.weight", [16, 12],
      "tensor 'visual_projection.weight': expected 12 x 16, found 16 x 12."
    ),
    (
      "vision_model.encoder.layers.0.self_attn.k_proj.weight", [16, 8],
      "tensor 'vision_model.encoder.layers.0.self_attn.k_proj.weight': expected 16 x 16, found "
        + "16 x 8."
    ),
    (
      "vision_model.encoder.layers.2.self_attn.v_proj.bias", nil,
      "tensor 'vision_model.encoder.layers.2.self_attn.v_proj.bias': expected 16, found no such "
        + "tensor in 'model.safetensors'."
    ),
  ] as [(String, [Int]?, String)])
func sentencesNameTheTensorsOfTheFile(name: String, shape: [Int]?, expected: String) throws {
  var fixture = try ModelFixture("huggingface/model.safetensors")
  fixture.config =
    #"{"model_type":"clip","text_config":{"eos_token_id":2,"num_attention_heads":2},"vision_config":{"num_attention_heads":2}}"#
  fixture.configName = "config.json"
  if let shape { fixture.set(name, shape) } else { fixture.remove(name) }
  #expect(sentence { _ = try fixture.model() } == expected)
}

@Test func prefixesOfTrainingAreTakenOff() throws {
  let plain = try ModelFixture()
  let expected = try plain.model().weights.map(\.name)
  for prefix in ["module.", "_orig_mod.module.", "model.clip."] {
    var fixture = plain
    fixture.rename { prefix + $0 }
    #expect(try fixture.model().weights.map(\.name) == expected)
  }
}

@Test func aTowerForPicturesAloneIsAModel() throws {
  var fixture = try ModelFixture()
  fixture.tensors.removeAll { !$0.name.hasPrefix("visual.") }
  let model = try fixture.model()
  #expect(model.architecture.text == nil)
  #expect(model.normalizer == nil)
}

@Test func nothingIsReadBeforeItIsUsed() throws {
  var fixture = try ModelFixture()
  fixture.remove("ln_final.bias")
  fixture.tensors.append(
    Tensor("ln_final.bias", shape: [8], [0, 1, .nan, 3, 4, 5, 6, 7]))
  let model = try fixture.model()
  #expect(
    sentence { _ = try model.weight("ln_final.bias").floats() }
      == "tensor 'ln_final.bias': expected finite numbers, found nan at [2].")
}
