import Fieldmark
import Testing

/// What the settings of a tiny CLIP in transformers' layout make of its preprocessing.
private func preprocessing(_ processor: String) throws -> Preprocessing {
  var fixture = try ModelFixture("huggingface/model.safetensors")
  fixture.config = processor
  fixture.configName = "preprocessor_config.json"
  return try inFolder(fixture)
}

/// Heads are not 64 wide, so a second file of settings must say how many there are.
private func inFolder(_ fixture: ModelFixture) throws -> Preprocessing {
  var found: Preprocessing?
  try inTemporaryFolder { folder in
    let heads = #"{"num_attention_heads":2}"#
    let end = #"{"eos_token_id":2,"num_attention_heads":2}"#
    let config = #"{"model_type":"clip","vision_config":\#(heads),"text_config":\#(end)}"#
    try writeSafetensors(fixture.tensors, to: folder / "model.safetensors")
    try write(Array(config.utf8), to: folder / "config.json")
    try write(Array(fixture.config.utf8), to: folder / Path(fixture.configName))
    found = try Model(folder, in: Caches(Environment([:]))).preprocessing
  }
  return try #require(found)
}

private func expected(
  _ fit: Preprocessing.Fit, _ filter: Filter = .bicubic,
  _ statistics: ChannelStatistics = .openAI
) throws -> Preprocessing {
  try Preprocessing(
    width: 8, height: 8, fit: fit, filter: filter, rounding: .down,
    transparency: .firstOn(.white), mean: statistics.mean, deviation: statistics.deviation)
}

@Test func processorsOfTransformersCropOrSqueeze() throws {
  #expect(
    try preprocessing(#"{"do_resize":true,"size":8,"crop_size":8}"#)
      == expected(.crop(shortest: 8)))
  #expect(
    try preprocessing(
      #"{"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5],"resample":2,"#
        + #""size":{"shortest_edge":10},"crop_size":{"height":8,"width":8}}"#)
      == expected(.crop(shortest: 10), .bilinear, .half))
  #expect(
    try preprocessing(
      #"{"do_resize":true,"do_center_crop":false,"size":{"height":8,"width":8}}"#)
      == expected(.squash))
}

@Test(arguments: [
  (
    #"{"do_resize":false}"#,
    "preprocessor_config.json: expected pictures that are resized, found do_resize false."
  ),
  (
    #"{"do_resize":true,"size":8,"crop_size":16}"#,
    "preprocessor_config.json 'crop_size': expected 8 x 8, as the positions are for, found 16 x 16."
  ),
  (
    #"{"do_resize":true,"do_center_crop":false,"size":8}"#,
    "preprocessor_config.json: expected pictures that are cropped or squeezed to one size, found "
      + "other settings of 'size' and 'crop_size'."
  ),
  (
    #"{"do_resize":true,"size":{"longest_edge":8}}"#,
    "preprocessor_config.json 'size': expected a size in pixels, found {\"longest_edge\":8}."
  ),
  (
    #"{"do_resize":true,"size":-1}"#,
    "preprocessor_config.json 'size': expected a size in pixels, found -1."
  ),
  (
    #"{"do_resize":true,"size":{"height":9223372036854775807,"width":8}}"#,
    "preprocessor_config.json: expected pictures that are cropped or squeezed to one size, found "
      + "other settings of 'size' and 'crop_size'."
  ),
  (
    #"{"do_resize":true,"resample":0}"#,
    "preprocessor_config.json 'resample': expected one of \"bicubic\", \"bilinear\", "
      + "\"lanczos\", 3, 2, 1, found 0."
  ),
])
func processorsThatCannotBeAreOneSentence(processor: String, message: String) {
  #expect(sentence { _ = try preprocessing(processor) } == message)
}

/// The settings that timm's repositories of DINOv2 have.
@Test func timmsSettingsSayHowPicturesAreMade() throws {
  var fixture = try ModelFixture("dinov2/timm.safetensors")
  fixture.configName = "config.json"
  let start = #"{"architecture":"vit","pretrained_cfg":{"mean":[0.5,0.5,0.5],"#
  fixture.config =
    start + #""std":[0.5,0.5,0.5],"interpolation":"bicubic","input_size":[3,518,518],"#
    + #""crop_pct":0.875,"crop_mode":"center"}}"#
  fixture.widen(from: 8, to: 64)
  let found = try fixture.model().preprocessing
  #expect(
    try found
      == Preprocessing(
        width: 518, height: 518, fit: .crop(shortest: 592), transparency: .first,
        mean: ChannelStatistics.half.mean, deviation: ChannelStatistics.half.deviation))
  fixture.config = start + #""input_size":[3,518,224]}}"#
  #expect(
    sentence { _ = try fixture.model() }
      == "config.json 'pretrained_cfg.input_size': expected 3, and a square in pixels, found "
      + "[3,518,224].")
  fixture.config = start + #""input_size":[3,518,518],"crop_pct":0}}"#
  #expect(
    sentence { _ = try fixture.model() }
      == "config.json 'pretrained_cfg.crop_pct': expected a share of 0.1 to 1, found 0.0.")
}
