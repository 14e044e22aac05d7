import Fieldmark
import Testing

private func fixture(_ config: String, _ name: String = "open_clip_config.json") throws
  -> ModelFixture
{
  var fixture = try ModelFixture()
  fixture.config = config
  fixture.configName = name
  return fixture
}

@Test(arguments: [
  ("", Activation.gelu, "open_clip_config.json, which does not ask for QuickGELU"),
  (#""quick_gelu":true,"#, .quickGELU, "open_clip_config.json"),
  (#""quick_gelu":false,"#, .gelu, "open_clip_config.json"),
])
func theActivationComesFromTheSettings(
  setting: String, expected: Activation, source: String
) throws {
  let model = try fixture(
    #"{"model_cfg":{\#(setting)"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}}}"#
  ).model()
  #expect(model.activation == expected)
  #expect(model.source(of: "activation") == source)
  #expect(model.architecture.text?.blocks.activation == expected)
  #expect(model.notes == [])
}

@Test func whatTheUserSaysCountsMost() throws {
  let model = try fixture(
    #"{"model_cfg":{"quick_gelu":true,"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}}}"#
  ).model(.init(activation: .geluTanh, normalizer: .huggingface))
  #expect(model.activation == .geluTanh)
  #expect(model.source(of: "activation") == "as asked")
  #expect(model.normalizer?.name == "huggingface")
  #expect(model.source(of: "normalizer") == "as asked")
}

/// What a tag or a name tells, for weights that lie in OpenAI's or open_clip's own cache.
@Test(arguments: [
  ("ViT-B-32:openai", "ViT-B-32.pt", Activation.quickGELU, "tag openai", false),
  (
    "ViT-B-32:laion2b_e16", "vit_b_32-laion2b_e16-af8dbd0c.pth", .gelu, "tag laion2b_e16", false
  ),
  (
    "ViT-B-32-quickgelu:laion2b_e16", "vit_b_32-laion2b_e16-af8dbd0c.pth", .quickGELU,
    "name 'ViT-B-32-quickgelu'", false
  ),
  ("HOME/.cache/clip/mine.pt", "mine.pt", .gelu, "default of open_clip", true),
])
func aTagOrANameTellsTheActivation(
  name: String, file: String, expected: Activation, source: String, isNoted: Bool
) throws {
  var tensors = try ModelFixture().tensors
  // Heads of 64, which need no settings.
  tensors = wide(tensors)
  try inHome { home in
    let path = home.home / ".cache/clip" / Path(file)
    try path.folder.createFolder()
    try writeSafetensors(tensors, to: path)
    let model = try Model(
      Path(name.replacing("HOME", with: home.home.description)), in: home.caches)
    #expect(model.activation == expected)
    #expect(model.source(of: "activation") == source)
    #expect(
      model.notes
        == (isNoted
          ? [
            "Nothing says which activation '\(file)' was trained with; gelu is taken. OpenAI's own "
              + "weights and some others need quickgelu, which may be set."
          ] : []))
    #expect(model.architecture.image.blocks.heads == 1)
    #expect(model.source(of: "image.heads") == "width / 64, as heads usually are")
  }
}

/// OpenAI's weights saved again as a plain state dictionary, as fine-tuning scripts do it.
@Test func scalarsOfOpenAIsFilesTellTheActivation() throws {
  var fixture = try ModelFixture()
  fixture.tensors = wide(fixture.tensors)
  let scalars = ["input_resolution", "context_length", "vocab_size"]
  let source =
    "the scalars input_resolution, context_length and vocab_size, as OpenAI's own files "
    + "have them"
  try inTemporaryFolder { folder in
    let file = folder / "mine.safetensors"
    func model(_ overrides: Model.Overrides = .init()) throws -> Model {
      try writeSafetensors(fixture.tensors, to: file)
      return try Model(file, in: Caches(Environment([:])), overrides)
    }
    for scalar in scalars {
      // Two of the three are not enough: any script may write a number of one of these names.
      #expect(try model().activation == .gelu)
      fixture.set(scalar, [1])
    }
    let found = try model()
    #expect(found.activation == .quickGELU && found.source(of: "activation") == source)
    #expect(found.architecture.text?.blocks.activation == .quickGELU)
    #expect(found.source(of: "text.activation") == source)
    #expect(found.notes == [])
    #expect(try model(.init(activation: .gelu)).activation == .gelu)
    // DataParallel's prefix is no part of a name.
    fixture.rename { "module." + $0 }
    #expect(try model().activation == .quickGELU)
  }
  fixture.rename { String($0.dropFirst("module.".count)) }
  fixture.config = #"{"model_cfg":{"quick_gelu":false,"vision_cfg":{},"text_cfg":{}}}"#
  #expect(try fixture.model().activation == .gelu)
}

/// The tiny CLIP with towers 64 wide.
private func wide(_ tensors: [Tensor]) -> [Tensor] {
  tensors.map { tensor in
    let isImage = tensor.name.hasPrefix("visual.")
    let shape = tensor.shape.map { size in
      switch (isImage, size) {
      case (true, 16), (false, 8): 64
      case (true, 48), (false, 24): 192
      default: size
      }
    }
    return Tensor(tensor.name, shape: shape, [Float](repeating: 0, count: shape.reduce(1, *)))
  }
}

@Test(arguments: [
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":5},"text_cfg":{"heads":2}}}"#,
    "open_clip_config.json 'model_cfg.vision_cfg.head_width': expected a divisor of the width of "
      + "16, found 5."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":3}}}"#,
    "open_clip_config.json 'model_cfg.text_cfg.heads': expected a divisor of the width of 8, "
      + "found 3."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8,"width":768},"text_cfg":{"heads":2}}}"#,
    "open_clip_config.json 'model_cfg.vision_cfg.width': expected 16, as the weights have, "
      + "found 768."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":-8},"text_cfg":{"heads":2}}}"#,
    "open_clip_config.json 'model_cfg.vision_cfg.head_width': expected a whole number above zero, "
      + "found -8."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"pool_type":"avg"},"text_cfg":{"heads":2}}}"#,
    "open_clip_config.json 'vision_cfg.pool_type': expected \"tok\", found \"avg\"; Fieldmark does "
      + "not read such models yet."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{},"text_cfg":{"hf_tokenizer_name":"bert-base-uncased"}}}"#,
    "open_clip_config.json 'text_cfg.hf_tokenizer_name': expected nothing, found "
      + "\"bert-base-uncased\"; Fieldmark does not read such models yet."
  ),
  (
    #"{"model_cfg":{"quick_gelu":"yes","vision_cfg":{"head_width":8},"text_cfg":{"heads":2}}}"#,
    "open_clip_config.json 'model_cfg.quick_gelu': expected one of true, false, found \"yes\"."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8,"norm_kwargs":{"eps":0}},"text_cfg":{"heads":2}}}"#,
    "open_clip_config.json 'model_cfg.vision_cfg.norm_kwargs.eps': expected a number between 0 "
      + "and 1, found 0."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}},"#
      + #""preprocess_cfg":{"mean":[0,1]}}"#,
    "open_clip_config.json 'preprocess_cfg.mean': expected three numbers, found an array."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}},"#
      + #""preprocess_cfg":{"std":[0,1,1]}}"#,
    "preprocessing: expected a mean and a deviation to divide by, found 0.48145467 and 0.0."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}},"#
      + #""preprocess_cfg":{"resize_mode":"stretch"}}"#,
    "open_clip_config.json 'preprocess_cfg.resize_mode': expected one of \"shortest\", "
      + "\"squash\", \"longest\", found \"stretch\"."
  ),
  (
    #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}},"#
      + #""preprocess_cfg":{"size":[16,16]}}"#,
    "open_clip_config.json 'preprocess_cfg.size': expected 8, as the positions are for, "
      + "found [16,16]."
  ),
  (
    "[]",
    "open_clip_config.json: expected settings of open_clip, transformers or timm, found none "
      + "that are known."
  ),
  (
    "{",
    "open_clip_config.json line 1, column 2: expected a key in quotes, found the end of "
      + "the text."
  ),
])
func settingsThatCannotBeAreOneSentence(config: String, expected: String) throws {
  #expect(sentence { _ = try fixture(config).model() } == expected)
}

@Test(arguments: [
  (
    #"{"model_type":"siglip"}"#,
    "config.json: expected CLIP or DINOv2, found SigLIP, which Fieldmark does not read yet."
  ),
  (
    #"{"model_type":"llama"}"#,
    "config.json: expected CLIP or DINOv2, found a model of type 'llama', which Fieldmark does not "
      + "read yet."
  ),
  (
    #"{"model_type":"clip","text_config":{"num_attention_heads":2},"vision_config":{"num_attention_heads":2}}"#,
    "config.json 'text_config.eos_token_id': expected a token of the vocabulary of 600, found "
      + "49407."
  ),
  (
    #"{"model_type":"clip","vision_config":{"hidden_act":"relu","num_attention_heads":2}}"#,
    "config.json 'vision_config.hidden_act': expected one of \"quick_gelu\", \"gelu\", "
      + "\"gelu_new\", \"gelu_pytorch_tanh\", found \"relu\"."
  ),
])
func settingsOfTransformersThatCannotBeAreOneSentence(config: String, expected: String) throws {
  var fixture = try ModelFixture("huggingface/model.safetensors")
  fixture.config = config
  fixture.configName = "config.json"
  #expect(sentence { _ = try fixture.model() } == expected)
}

/// Old configs of transformers say 2 for the end of a text, whatever its number is.
@Test func anOldNumberForTheEndMeansTheHighest() throws {
  var fixture = try ModelFixture("huggingface/model.safetensors")
  fixture.configName = "config.json"
  fixture.config =
    #"{"model_type":"clip","text_config":{"eos_token_id":2,"num_attention_heads":2},"#
    + #""vision_config":{"num_attention_heads":2}}"#
  let model = try fixture.model()
  #expect(model.architecture.text?.pooling == .highestNumber)
  #expect(model.source(of: "text.pooling") == "config.json")
  // What the file leaves out is transformers' default.
  #expect(model.activation == .quickGELU)
}

/// A ResNet's own pixels meet ReLU; what nobody says is what its texts meet.
@Test func aBareResNetSaysWhichActivationIsGuessed() throws {
  var fixture = try ModelFixture("resnet/open_clip_model.safetensors")
  for tensor in fixture.tensors where !tensor.name.hasPrefix("visual.") {
    // Heads of 64, which need no settings.
    fixture.set(tensor.name, tensor.shape.map { [8, 24, 32].contains($0) ? $0 * 8 : $0 })
  }
  try inTemporaryFolder { folder in
    let file = folder / "mine.safetensors"
    try writeSafetensors(fixture.tensors, to: file)
    let caches = Caches(Environment([:]))
    let model = try Model(file, in: caches)
    #expect(model.activation == .gelu && model.source(of: "activation") == "default of open_clip")
    #expect(
      model.notes == [
        "Nothing says which activation the text encoder of 'mine.safetensors' was trained with; gelu is "
          + "taken. OpenAI's own weights and some others need quickgelu, which may be set."
      ])
    #expect(try Model(file, in: caches, .init(activation: .quickGELU)).notes == [])
    // Without texts there is nothing to guess.
    let pictures = fixture.tensors.filter { $0.name.hasPrefix("visual.") }
    try writeSafetensors(pictures, to: folder / "pictures.safetensors")
    #expect(try Model(folder / "pictures.safetensors", in: caches).notes == [])
  }
}
