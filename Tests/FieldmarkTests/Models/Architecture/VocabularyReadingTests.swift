import Fieldmark
import Testing

/// A tiny CLIP with so many rows in its table of tokens.
private func fixture(rows: Int, _ config: String? = nil, _ name: String = "open_clip_config.json")
  throws -> ModelFixture
{
  let isTransformers = name == "config.json"
  var fixture = try ModelFixture(
    isTransformers ? "huggingface/model.safetensors" : "vit/open_clip_model.safetensors")
  fixture.set(
    isTransformers ? "text_model.embeddings.token_embedding.weight" : "token_embedding.weight",
    [rows, 8])
  if let config { fixture.config = config }
  fixture.configName = name
  return fixture
}

private func ofTransformers(end: Int) -> String {
  #"{"model_type":"clip","vision_config":{"num_attention_heads":2},"text_config":"#
    + #"{"num_attention_heads":2,"eos_token_id":\#(end)}}"#
}

@Test func theVocabularyOfCLIPNeedsNoNote() throws {
  let model = try fixture(rows: 49_408).model()
  #expect(model.notes == [] && model.architecture.text?.tokens == 49_408)
}

@Test func moreTokensThanCLIPsAreNoted() throws {
  let rest =
    "'model.safetensors' knows 49410 tokens, 2 more than CLIP's tokenizer has; no text contains those."
  let model = try fixture(rows: 49_410).model()
  #expect(model.notes == [rest])
  #expect(model.architecture.text?.tokens == 49_408)
  #expect(try Tokenizer(of: model).prompt("bird").ids == [49_406, 3329, 49_407])
  // Without a config of open_clip nothing says which tokenizer it was.
  let other = try fixture(rows: 49_410, ofTransformers(end: 49_407), "config.json").model()
  #expect(
    other.notes == [
      rest + " Texts of a model that was trained with another tokenizer are read wrongly."
    ])
}

@Test(arguments: [
  (
    250_002, 2,
    "tensor 'text_model.embeddings.token_embedding.weight': expected rows for the tokens of CLIP's "
      + "tokenizer, found 250002, as the tokenizer of XLM-RoBERTa has them; Fieldmark has only CLIP's "
      + "own tokenizer."
  ),
  (
    901_629, 2,
    "tensor 'text_model.embeddings.token_embedding.weight': expected rows for the tokens of CLIP's "
      + "tokenizer, found 901629, as the tokenizer of XLM-V has them; Fieldmark has only CLIP's own "
      + "tokenizer."
  ),
  (
    60_000, 7,
    "config.json 'text_config.eos_token_id': expected 49407, the end of a text by CLIP's tokenizer, "
      + "found 7; Fieldmark has only CLIP's own tokenizer."
  ),
])
func tokensOfAnotherTokenizerAreRefused(rows: Int, end: Int, expected: String) throws {
  let fixture = try fixture(rows: rows, ofTransformers(end: end), "config.json")
  #expect(sentence { _ = try fixture.model() } == expected)
}

/// open_clip's configs name every tokenizer that is not CLIP's, and are refused then.
@Test func aConfigOfOpenCLIPSaysWhichTokenizerItIs() throws {
  #expect(try fixture(rows: 50_257).model().notes.count == 1)
  let named =
    #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":2,"#
    + #""hf_tokenizer_name":"facebook/xlm-v-base"}}}"#
  #expect(
    sentence { _ = try fixture(rows: 50_257, named).model() }
      == "open_clip_config.json 'text_cfg.hf_tokenizer_name': expected nothing, found "
      + "\"facebook/xlm-v-base\"; Fieldmark does not read such models yet.")
}
