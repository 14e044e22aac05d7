import Ground
import Pictures

/// What a family of models is to a file: how its weights are named, what their shapes and its
/// configs say, and how it wants its pictures.
///
/// A family of models (`ModelFamily`) is this together with the network that is built from the
/// weights.
package struct ModelForm: Sendable {
  /// The family, as `models show --json` prints it: `vit`.
  package let kind: String
  /// The usual name of the family: `CLIP`.
  package let name: String
  /// The ways in which files name its weights.
  package let layouts: [Layout]
  /// How open_clip's configs describe such a model.
  let openCLIP: ConfigTable
  /// How transformers' configs describe such a model, by their `model_type`.
  let transformers: [String: ConfigTable]
  /// Reads the architecture: what shapes tell from the shapes, the rest from settings.
  let read: @Sendable (inout ArchitectureReading) throws -> Architecture
  /// Every weight, in the order in which a picture and a text meet them.
  let shapes: @Sendable (Architecture) -> [WeightShape]
  /// Reads how the family wants pictures of this size if no config says so.
  let preprocessing: @Sendable (inout ArchitectureReading, Grid) throws -> Preprocessing
  /// Whether positions are stretched to any size at which pictures are prepared.
  let takesAnySize: Bool
  /// What `models show --json` prints of the picture encoder, besides size, patch and pooling.
  let facts: @Sendable (Architecture.Image) -> [JSON.Member]
  /// The beginnings of the names of weights that turn the output of the last block into the
  /// embedding.
  let ending: [String]
  /// The block that a weight of the picture encoder belongs to; nil if it belongs to none.
  let block: @Sendable (_ weight: String, Architecture.Image) -> Int?
  /// What a message says was found if a model without texts is asked about words.
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
