/// Families of models whose heads are not 64 wide: shapes alone would make them run wrong without
/// a word. (open_clip 3.3, `model_configs`.)
struct ModelFamily: Sendable {
  let name: String
  let width: Int
  let layers: Int
  let headWidth: Int

  static let all = [
    ModelFamily(name: "ViT-H-14", width: 1280, layers: 32, headWidth: 80),
    ModelFamily(name: "ViT-g-14", width: 1408, layers: 40, headWidth: 88),
    ModelFamily(name: "ViT-bigG-14", width: 1664, layers: 48, headWidth: 104),
  ]
}
