import Fieldmark
import Testing

/// `open_clip/model_configs/ViT-H-14.json` and its like: width, layers, head_width.
@Test(arguments: [
  (1280, 32, "ViT-H-14", 80), (1408, 40, "ViT-g-14", 88), (1664, 48, "ViT-bigG-14", 104),
])
func familiesWhoseHeadsAreNot64WideAreKnown(
  width: Int, layers: Int, name: String, headWidth: Int
) {
  let family = ModelFamily(width: width, layers: layers)
  #expect(family?.name == name)
  #expect(family?.headWidth == headWidth)
  #expect(ModelFamily(width: width, layers: layers + 1)?.name == nil)
}
