import Ground
import Pictures

/// What a family of models is to a file: how its weights are named, what their shapes and its configs
/// say, how it wants its pictures.
///
/// A family of models (`ModelFamily`) is this and the network that is built of the weights.
package struct ModelForm: Sendable {
  /// As `models show --json` has it: `vit`.
  package let kind: String
  /// What people call it: `CLIP`.
  package let name: String
  /// The ways in which files name its weights.
  package let layouts: [Layout]
  /// What open_clip's configs say of such a model.
  let openCLIP: ConfigTable
  /// What transformers' configs say, by their `model_type`.
  let transformers: [String: ConfigTable]
  /// The architecture: what shapes tell from the shapes, the rest from settings.
  let read: @Sendable (inout ArchitectureReading) throws -> Architecture
  /// Every weight, in the order in which a picture and a text meet them.
  let shapes: @Sendable (Architecture) -> [WeightShape]
  /// How it wants its pictures, of this size, where no config says so.
  let preprocessing: @Sendable (inout ArchitectureReading, Grid) throws -> Preprocessing
  /// Whether positions are stretched to whatever size pictures are prepared at.
  let takesAnySize: Bool
  /// What `models show --json` prints of its network for pictures, besides size, patch and pooling.
  let facts: @Sendable (Architecture.Image) -> [JSON.Member]
  /// Beginnings of the names of weights that make the embedding of what the last block gives.
  let ending: [String]
  /// The block that a weight of the network for pictures belongs to; nil of what belongs to none.
  let block: @Sendable (_ weight: String, Architecture.Image) -> Int?
  /// What is found where words are asked for and none are read.
  package let withoutTexts: String

  package init(
    kind: String, name: String, layouts: [Layout], openCLIP: ConfigTable,
    transformers: [String: ConfigTable] = [:],
    read: @escaping @Sendable (inout ArchitectureReading) throws -> Architecture,
    shapes: @escaping @Sendable (Architecture) -> [WeightShape],
    preprocessing: @escaping @Sendable (inout ArchitectureReading, Grid) throws -> Preprocessing,
    takesAnySize: Bool = false,
    facts: @escaping @Sendable (Architecture.Image) -> [JSON.Member],
    ending: [String],
    block: @escaping @Sendable (_ weight: String, Architecture.Image) -> Int?,
    withoutTexts: String = "one of pictures alone"
  ) {
    self.kind = kind
    self.name = name
    self.layouts = layouts
    self.openCLIP = openCLIP
    self.transformers = transformers
    self.read = read
    self.shapes = shapes
    self.preprocessing = preprocessing
    self.takesAnySize = takesAnySize
    self.facts = facts
    self.ending = ending
    self.block = block
    self.withoutTexts = withoutTexts
  }
}
