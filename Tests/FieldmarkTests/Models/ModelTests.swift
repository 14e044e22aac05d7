import Fieldmark
import Foundation
import Testing

/// A model of Tests/References/models, with a config where shapes do not tell all.
private func model(_ name: String, config: String? = nil) throws -> Model {
  try Model(
    FoundModel(path("models/" + name), in: Caches(Environment([:]))),
    Model.Overrides(config: config.map { path("models/" + $0) }))
}

private func path(_ name: String) -> Fieldmark.Path {
  Fieldmark.Path(ReferenceData.shipped(name).path)
}

/// Whether two models have the same weights to the last bit, whatever files they came from.
private func differences(_ a: Model, _ b: Model) throws -> [String] {
  guard a.weights.map(\.name) == b.weights.map(\.name) else { return ["the names"] }
  return try zip(a.weights, b.weights).compactMap { one, other in
    let isSame =
      try one.shape == other.shape
      && one.floats().map(\.bitPattern) == other.floats().map(\.bitPattern)
    return isSame ? nil : one.name
  }
}

/// Each pair was run by its own libraries, with equal embeddings, before it was written
/// (`References/make_models.py`).
@Test(
  arguments: [
    ("vit", "custom-text", nil), ("vit", "huggingface", nil), ("vit", "sharded", nil),
    ("dinov2/huggingface", "dinov2/dinov2.safetensors", "dinov2/huggingface/config.json"),
    ("dinov2/huggingface", "dinov2/timm.safetensors", "dinov2/huggingface/config.json"),
    (
      "dinov2-swiglu/huggingface", "dinov2-swiglu/dinov2.safetensors",
      "dinov2/huggingface/config.json"
    ),
    (
      "dinov2-swiglu/huggingface", "dinov2-swiglu/timm.safetensors",
      "dinov2/huggingface/config.json"
    ),
    (
      "dinov2-registers/huggingface", "dinov2-registers/dinov2.safetensors",
      "dinov2/huggingface/config.json"
    ),
  ] as [(String, String, String?)])
func everyLayoutOfAModelIsTheSameModel(
  first: String, second: String, config: String?
) throws {
  let a = try model(first)
  let b = try model(second, config: config)
  #expect(try differences(a, b) == [])
  var architecture = b.architecture
  // transformers looks for the end of a text, open_clip for the highest number; it is the same.
  if let pooling = a.architecture.text?.pooling { architecture.text?.pooling = pooling }
  #expect(a.architecture == architecture)
}

/// timm adds the class token's position to the token, so that two of the weights differ, and
/// their sum does not.
@Test func timmsRegistersLeaveThePositionOfTheClassOut() throws {
  let a = try model("dinov2-registers/huggingface")
  let b = try model(
    "dinov2-registers/timm.safetensors", config: "dinov2-registers/huggingface/config.json")
  #expect(
    try differences(a, b) == ["visual.class_embedding", "visual.positional_embedding"])
  let sums = try [a, b].map { model in
    let width = model.architecture.image.blocks.width
    let positions = try model.weight("visual.positional_embedding").floats()
    return try zip(model.weight("visual.class_embedding").floats(), positions.prefix(width))
      .map { Float16($0 + $1) }
  }
  #expect(sums[0] == sums[1])
  #expect(try b.weight("visual.positional_embedding").floats().prefix(8).allSatisfy { $0 == 0 })
  #expect(a.architecture == b.architecture)
}

@Test(arguments: [
  (
    "vit",
    #"{"kind":"vit","embedding":12,"image":{"size":8,"patch":4,"width":16,"layers":3,"heads":2,"#
      + #""mlp":32,"epsilon":1e-05,"pooling":"class token"},"text":{"width":8,"layers":2,"#
      + #""heads":2,"mlp":32,"epsilon":1e-05,"activation":"quickgelu","context":77,"#
      + #""vocabulary":600,"merges":86,"pooling":"highest token number"}}"#
  ),
  (
    "resnet",
    #"{"kind":"resnet","embedding":12,"image":{"size":64,"patch":32,"width":2,"#
      + #""stages":[1,2,1,1],"heads":4,"pooling":"attention"},"text":{"width":8,"layers":2,"#
      + #""heads":2,"mlp":32,"epsilon":1e-05,"activation":"gelu","context":77,"#
      + #""vocabulary":600,"merges":86,"pooling":"highest token number"}}"#
  ),
  (
    "dinov2-registers/huggingface",
    #"{"kind":"dinov2","embedding":8,"image":{"size":8,"patch":4,"width":8,"layers":2,"heads":2,"#
      + #""mlp":32,"epsilon":1e-06,"registers":4,"layerScale":true,"swiglu":false,"#
      + #""pooling":"class token"}}"#
  ),
  (
    "dinov2-swiglu/huggingface",
    #"{"kind":"dinov2","embedding":8,"image":{"size":8,"patch":4,"width":8,"layers":2,"heads":2,"#
      + #""mlp":24,"epsilon":1e-06,"registers":0,"layerScale":true,"swiglu":true,"#
      + #""pooling":"class token"}}"#
  ),
])
func anArchitectureIsReadFromShapesAndSettings(name: String, expected: String) throws {
  #expect(try model(name).architectureJSON.written() == expected)
}

@Test func aModelKnowsWhatShapesDoNotTell() throws {
  let vit = try model("vit")
  // `sum(v.numel() for v in load_file("open_clip_model.safetensors").values())`
  #expect(vit.parameters == 15065)
  #expect(vit.layout.name == "open_clip")
  #expect(vit.activation == .quickGELU)
  #expect(vit.normalizer?.name == "openai")
  #expect(vit.preprocessing == .openAI(8))
  #expect(vit.notes == [])
  let dinoV2 = try model("dinov2/huggingface")
  #expect(dinoV2.normalizer?.name == nil)
  #expect(dinoV2.activation == .gelu)
  // Without settings, but in the layout of transformers.
  #expect(dinoV2.preprocessing.transparency == .firstOn(.white))
  #expect(dinoV2.source(of: "preprocessing.transparency") == "layout dinov2 huggingface")
  for file in ["dinov2/dinov2.safetensors", "dinov2/timm.safetensors"] {
    let own = try model(file, config: "dinov2/huggingface/config.json")
    #expect(own.preprocessing == .dinoV2() && own.preprocessing.transparency == .first)
  }
  #expect(try model("dinov2-swiglu/huggingface").activation == .silu)
}

@Test func settingsOfTransformersSayHowPicturesAreMade() throws {
  let huggingface = try model("huggingface")
  #expect(
    huggingface.preprocessing
      == (try Preprocessing(
        width: 8, height: 8, fit: .crop(shortest: 8), rounding: .down,
        transparency: .firstOn(.white), mean: ChannelStatistics.openAI.mean,
        deviation: ChannelStatistics.openAI.deviation)))
  #expect(huggingface.source(of: "preprocessing.transparency") == "preprocessor_config.json")
  #expect(huggingface.normalizer?.name == "huggingface")
  #expect(huggingface.architecture.text?.pooling == .first(599))
  let custom = try model("custom-text")
  #expect(
    custom.preprocessing
      == (try Preprocessing(
        width: 8, height: 8, fit: .squash, filter: .bilinear, mean: ChannelStatistics.half.mean,
        deviation: ChannelStatistics.half.deviation)))
}

@Test func whatIsNotReadYetIsRefusedByName() {
  #expect(
    sentence { _ = try model("siglip") }
      == "'model.safetensors': expected CLIP or DINOv2, found SigLIP, which Fieldmark does not "
      + "read yet; a CLIP with a ViT or a ResNet runs, such as "
      + "hf-hub:laion/CLIP-ViT-B-16-laion2B-s34B-b88K.")
  #expect(
    sentence { _ = try model("head.pth") }
      == "'head.pth': expected a model, found a linear classifier of 5 classes over 8 numbers; "
      + "it is used beside a model, as its classifier.")
}

@Test func headsThatNothingTellsAreAskedFor() {
  #expect(
    sentence { _ = try model("vit/../dinov2/dinov2.safetensors") }
      == "'dinov2.safetensors': expected a setting for the number of heads of its picture encoder, "
      + "found a width of 8, which is no multiple of the usual 64; a config of open_clip or "
      + "transformers has it.")
}

@Test(
  .enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"), arguments: ["tiny1", "tiny2"])
func everyLayoutOfTheGoldenModelsIsTheSameModel(name: String) throws {
  let folder = ReferenceData.path("goldens/\(name)")
  let caches = Caches(Environment([:]))
  let openCLIP = try Model(folder / "open_clip", in: caches)
  let config = Model.Overrides(config: folder / "open_clip/open_clip_config.json")
  var others = [
    try Model(folder / "huggingface", in: caches),
    try Model(folder / "pytorch/checkpoint.pt", in: caches, config),
  ]
  // Saved from a model in 32 bits that had been loaded from these 16: the same numbers.
  if name == "tiny1" {
    others.append(try Model(folder / "pytorch/torchscript.pt", in: caches, config))
  }
  for other in others {
    #expect(try differences(openCLIP, other) == [])
    var architecture = other.architecture
    architecture.text?.pooling = .highestNumber
    #expect(architecture == openCLIP.architecture)
    #expect(other.preprocessing.mean == openCLIP.preprocessing.mean)
  }
}

/// What open_clip's `CLIP` keeps under one name its `CustomTextCLIP` keeps under another.
@Test func allThatAConfigCanAddIsReadInBothLayouts() throws {
  let folder = Fieldmark.Path(ReferenceData.shipped("encoders/extras").path)
  let plain = try Model(folder, in: Caches(Environment([:])))
  #expect(
    plain.architectureJSON.written()
      == #"{"kind":"vit","embedding":24,"image":{"size":32,"patch":16,"width":16,"layers":2,"#
      + #""heads":2,"mlp":32,"epsilon":1e-05,"layerScale":true,"pooling":"class token"},"#
      + #""text":{"width":8,"layers":2,"heads":2,"mlp":32,"epsilon":1e-05,"activation":"gelu","#
      + #""context":77,"vocabulary":600,"merges":86,"pooling":"highest token number","#
      + #""layerScale":true,"projectionBias":true,"logitBias":true}}"#)
  #expect(try plain.logitBias() != 0)
  let weights = try Checkpoint(folder / "open_clip_model.safetensors")
  try inTemporaryFolder { other in
    let tensors = weights.names.compactMap { weights[$0] }.map { tensor in
      let isShared = ["visual.", "logit_"].contains { tensor.name.hasPrefix($0) }
      return isShared ? tensor : tensor.renamed("text." + tensor.name)
    }
    try writeSafetensors(tensors, to: other / "model.safetensors")
    let custom = try Model(
      other, in: Caches(Environment([:])), .init(config: folder / "open_clip_config.json"))
    #expect(custom.layout.name == "open_clip custom text")
    #expect(try differences(plain, custom) == [])
    #expect(custom.architecture == plain.architecture)
  }
}

@Test func mostModelsAddNothingToLogits() throws {
  #expect(try model("vit").logitBias() == 0)
}
