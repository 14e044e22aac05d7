import Fieldmark
import Testing

/// A tiny CLIP of 8 x 8 pixels in patches of 4, whose texts have 77 tokens, and what a config asks for.
private func fixture(image: String = "", text: String = "") throws -> ModelFixture {
  var fixture = try ModelFixture()
  fixture.config =
    #"{"model_cfg":{"vision_cfg":{"head_width":8\#(image)},"text_cfg":{"heads":2\#(text)}}}"#
  return fixture
}

@Test(arguments: [
  // Height and width, as open_clip has them; 1 x 4 patches are as many as 2 x 2.
  ("[8,12]", 7, Grid(width: 12, height: 8)), ("[4,16]", 5, Grid(width: 16, height: 4)),
  ("[8,8]", 5, Grid(width: 8, height: 8)), ("8", 5, Grid(width: 8, height: 8)),
])
func aConfigTellsTheRectangleOfThePositions(_ told: String, rows: Int, size: Grid) throws {
  var fixture = try fixture(image: #","image_size":\#(told)"#)
  fixture.set("visual.positional_embedding", [rows, 16])
  let model = try fixture.model()
  #expect(model.architecture.image.size == size)
  #expect(model.architecture.image.grid == size.divided(by: 4))
  #expect(model.notes == [])
  let preprocessing = model.preprocessing
  #expect(Grid(width: preprocessing.width, height: preprocessing.height) == size)
  #expect(preprocessing.fit == (size.width == size.height ? .crop(shortest: 8) : .cover))
  #expect(try ImageEncoder(model).layers(Matrix(rows: 3, columns: size.pixels)).columns == 12)
}

@Test func picturesAreLargerWhereAConfigAsksForThat() throws {
  let model = try fixture(image: #","image_size":[16,12]"#).model()
  #expect(model.architecture.image.size == Grid(width: 8, height: 8))
  #expect((model.preprocessing.width, model.preprocessing.height) == (12, 16))
  #expect(model.source(of: "preprocessing.size") == "open_clip_config.json")
  #expect(
    model.notes == [
      "open_clip_config.json asks for pictures of 12 x 16 pixels, and the positions of "
        + "'model.safetensors' are for 8 x 8; they are stretched as open_clip stretches them."
    ])
}

@Test(arguments: [20, 100])
func textsAreShorterOrLongerWhereAConfigAsksForThat(_ context: Int) throws {
  let model = try fixture(text: #","context_length":\#(context)"#).model()
  #expect(model.architecture.text?.context == context && model.architecture.text?.positions == 77)
  #expect(model.source(of: "text.context") == "open_clip_config.json")
  #expect(
    model.notes == [
      "open_clip_config.json asks for texts of \(context) tokens, and 'model.safetensors' has positions "
        + "for 77; they are stretched as open_clip stretches them."
    ])
  let words = try TextEncoder(model)
  let longest = try words.tokenizer.prompt(
    [String](repeating: "a", count: 200).joined(separator: " "), truncating: true)
  #expect(longest.ids.count == context)
  #expect(try words([longest.ids]).columns == 12)
}

@Test(arguments: [
  (
    #","image_size":[8]"#, "",
    "open_clip_config.json 'model_cfg.vision_cfg.image_size': expected a size of 1 to 8192 pixels, or a "
      + "height and a width, found [8]."
  ),
  (
    #","image_size":99999999999"#, "",
    "open_clip_config.json 'model_cfg.vision_cfg.image_size': expected a size of 1 to 8192 pixels, or a "
      + "height and a width, found 99999999999."
  ),
  (
    #","image_size":10"#, "",
    "open_clip_config.json 'model_cfg.vision_cfg.image_size': expected sides that patches of 4 pixels "
      + "cover, found 10."
  ),
  (
    "", #","context_length":2"#,
    "open_clip_config.json 'model_cfg.text_cfg.context_length': expected 3 to 16384 tokens for a text, "
      + "found 2."
  ),
  (
    "", #","context_length":1000000"#,
    "open_clip_config.json 'model_cfg.text_cfg.context_length': expected 3 to 16384 tokens for a text, "
      + "found 1000000."
  ),
])
func positionsThatCannotBeAreOneSentence(image: String, text: String, expected: String) throws {
  #expect(sentence { _ = try fixture(image: image, text: text).model() } == expected)
}

@Test func aTableOfNoGridSaysWhatItsConfigAskedFor() throws {
  var fixture = try fixture(image: #","image_size":[8,12]"#)
  fixture.set("visual.positional_embedding", [6, 16])
  #expect(
    sentence { _ = try fixture.model() }
      == "tensor 'visual.positional_embedding': expected positions for 12 x 8 pixels, as "
      + "open_clip_config.json has it, found 6.")
}

/// open_clip stretches the positions of transformers alone; transformers stretches none when it opens
/// a model.
@Test func otherModelsThanAConfigTellsOfAreRefused() throws {
  var resNet = try ModelFixture("resnet/open_clip_model.safetensors")
  resNet.config =
    #"{"model_cfg":{"vision_cfg":{"head_width":16,"image_size":96},"text_cfg":{"heads":2}}}"#
  #expect(
    sentence { _ = try resNet.model() }
      == "open_clip_config.json 'model_cfg.vision_cfg.image_size': expected 64, as the weights have, "
      + "found 96.")
  var transformers = try ModelFixture("huggingface/model.safetensors")
  transformers.configName = "config.json"
  for (image, text, expected) in [
    (
      #","image_size":16"#, "",
      "config.json 'vision_config.image_size': expected 8, as the weights have, found 16."
    ),
    (
      "", #","max_position_embeddings":20"#,
      "config.json 'text_config.max_position_embeddings': expected 77, as the weights have, found 20."
    ),
  ] {
    transformers.config =
      #"{"model_type":"clip","vision_config":{"num_attention_heads":2\#(image)},"#
      + #""text_config":{"eos_token_id":2,"num_attention_heads":2\#(text)}}"#
    #expect(sentence { _ = try transformers.model() } == expected)
  }
}
