import Fieldmark
import Testing

private func encoder(_ name: String) throws -> ImageEncoder {
  let models = Fieldmark.Path(ReferenceData.shipped("models").path)
  let isCLIP = !name.hasPrefix("dinov2")
  return try ImageEncoder(
    Model(
      models / Path(name) / (isCLIP ? "open_clip_model.safetensors" : "dinov2.safetensors"),
      in: Caches(Environment([:])),
      .init(config: isCLIP ? nil : models / "dinov2/huggingface/config.json")))
}

@Test(arguments: [("vit", 1), ("resnet", 0), ("dinov2", 1), ("dinov2-registers", 5)])
func anEncoderTellsHowManyOfItsRowsAreNoPatches(_ name: String, _ skipped: Int) throws {
  let encoder = try encoder(name)
  #expect(encoder.skippedTokens == skipped)
  let (width, height) = (encoder.preprocessing.width, encoder.preprocessing.height)
  let planes = Matrix(rows: 3, columns: width * height, repeating: 0.5)
  let tap = encoder.tap(planes, block: encoder.blocks - 1)
  #expect(tap.skipped == skipped)
  #expect(tap.activation.rows == skipped + tap.grid.pixels)
  #expect(encoder.activations(planes)?.classToken == (name == "resnet" ? nil : 0))
  #expect((encoder.lastBlock(planes) == nil) == (name == "resnet"))
}

@Test func anEncoderTellsWhatItsEmbeddingIs() throws {
  let (vit, resNet) = (try encoder("vit").trunk, try encoder("resnet").trunk)
  #expect(vit.embedding == "the class token's" && vit.hasPatchEmbeddings)
  #expect(resNet.name == "a ResNet")
  #expect(resNet.embedding == "a ResNet's attention over its pixels")
  #expect(!resNet.hasPatchEmbeddings)
}
