import Fieldmark
import Testing

@Test func everyFamilyHasAKindOfItsOwn() {
  let kinds = ModelFamily.all.map(\.form.kind)
  #expect(Set(kinds).count == kinds.count)
}

@Test func aModelIsOfTheFamilyThatItsFileNames() throws {
  for (name, kind) in [("vit", "vit"), ("resnet", "resnet"), ("dinov2-registers", "dinov2")] {
    let folder = Fieldmark.Path(ReferenceData.shipped("models/" + name).path)
    let file = name.hasPrefix("dino") ? "dinov2.safetensors" : "open_clip_model.safetensors"
    let model = try Model(
      folder / Path(file), in: Caches(Environment([:])),
      .init(
        config: name.hasPrefix("dino")
          ? folder.folder / "dinov2/huggingface/config.json" : nil))
    #expect(ModelFamily(of: model).form.kind == kind)
  }
}

/// `open_clip/model_configs/ViT-H-14.json` and its like: width, layers, head_width.
@Test(arguments: [
  (1280, 32, "ViT-H-14", 80), (1408, 40, "ViT-g-14", 88), (1664, 48, "ViT-bigG-14", 104),
])
func towersWhoseHeadsAreNot64WideAreKnown(
  width: Int, layers: Int, name: String, headWidth: Int
) {
  let known = CLIPTransformer.headWidths.filter { $0.width == width && $0.layers == layers }
  #expect(known.map(\.model) == [name])
  #expect(known.map(\.headWidth) == [headWidth])
}
