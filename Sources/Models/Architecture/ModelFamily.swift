/// Families of models whose heads are not 64 wide: shapes alone would make them run wrong without
/// a word. (open_clip 3.3, `model_configs`.)
package struct ModelFamily: Sendable {
  package let name: String
  let width: Int
  let layers: Int
  package let headWidth: Int

  /// The family whose image towers are so wide and deep.
  package init?(width: Int, layers: Int) {
    guard let found = Self.all.first(where: { $0.width == width && $0.layers == layers }) else {
      return nil
    }
    self = found
  }

  private init(name: String, width: Int, layers: Int, headWidth: Int) {
    self.name = name
    self.width = width
    self.layers = layers
    self.headWidth = headWidth
  }

  private static let all = [
    ModelFamily(name: "ViT-H-14", width: 1280, layers: 32, headWidth: 80),
    ModelFamily(name: "ViT-g-14", width: 1408, layers: 40, headWidth: 88),
    ModelFamily(name: "ViT-bigG-14", width: 1664, layers: 48, headWidth: 104),
  ]
}
