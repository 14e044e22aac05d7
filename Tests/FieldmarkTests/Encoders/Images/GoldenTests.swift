import Fieldmark
import Foundation
import Testing

/// Whole models against open_clip, PyTorch and transformers, on the large references.
private struct Golden: Decodable {
  struct Case: Decodable {
    let picture: String
    let embedding: [Float]
    let logits: [Float]
  }
  enum CodingKeys: String, CodingKey {
    case prompts, tokens, cases
    case texts = "text_embeddings_unit"
    case scale = "logit_scale"
  }
  let prompts: [String]
  let tokens: [[Int32]]
  let texts: [[Float]]
  let scale: Float
  let cases: [Case]
}

/// tiny2 has no TorchScript.
private let layouts =
  ["open_clip", "huggingface", "pytorch/checkpoint.pt"].flatMap { layout in
    ["tiny1", "tiny2"].map { "goldens/\($0)/\(layout)" }
  } + ["goldens/tiny1/pytorch/torchscript.pt"]

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"), arguments: layouts)
func everyLayoutOfTheGoldensGivesTheirNumbers(_ layout: String) throws {
  let folder = layout.split(separator: "/").prefix(2).joined(separator: "/")
  let golden = try ReferenceData.json(Golden.self, "\(folder)/expected.json")
  // What the numbers come from is open_clip: its texts, its crop. transformers cleans texts in
  // another way, and where the middle falls between two pixels takes the other one.
  var overrides = Model.Overrides(normalizer: .openai)
  if layout.contains("pytorch") {
    overrides.config = ReferenceData.path("\(folder)/open_clip/open_clip_config.json")
  }
  let model = try Model(
    ReferenceData.path(layout), in: Caches(Environment([:])), overrides)
  let words = try TextEncoder(model)
  for (prompt, ids) in zip(golden.prompts, golden.tokens) {
    #expect(try words.tokenizer.prompt(prompt).padded == ids, "\(prompt)")
  }
  let texts = try words(golden.prompts).scaledToUnitRows()
  expectClose(
    texts, Matrix(golden.texts), within: 1e-5, "\(layout): texts")
  #expect(abs(words.scale - golden.scale) < 1e-4)
  let encoder = try ImageEncoder(model).with(.openAI(model.architecture.image.size.width))
  for test in golden.cases {
    let picture = try Picture(ReferenceData.path("\(folder)/\(test.picture)"))
    let embedding = encoder(picture)
    let place = "\(layout), \(test.picture)"
    expectClose(embedding.elements, test.embedding, within: 1e-5, "\(place): embedding")
    let logits = words.scale * embedding.scaledToUnitRows().timesTurned(texts)
    expectClose(logits.elements, test.logits, within: 1e-5, "\(place): logits")
    let planes = encoder.planes(of: picture)
    expectClose(
      encoder.layers.traced(planes).value, embedding, within: 1e-5, "\(place): plain")
    for block in 0..<model.architecture.image.blocks.layers {
      let tap = encoder.tap(planes, block: block)
      expectClose(tap.rest(tap.activation), embedding, within: 1e-5, "\(place): tap \(block)")
    }
  }
}
