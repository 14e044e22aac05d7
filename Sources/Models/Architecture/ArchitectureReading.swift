import Ground
import Pictures

/// Reads the architecture of a checkpoint. What shapes tell is taken from the shapes; the rest
/// comes from settings, then from what is known of the tag or the family. Settings that contradict
/// shapes are refused.
package struct ArchitectureReading {
  package let tensors: NamedTensors
  /// How the file names the tensors.
  package let layout: Layout
  let settings: Settings
  /// What is known without reading the file, such as what was asked for, and the file's tag.
  let hints: ModelHints
  /// The usual name of the family: `CLIP`.
  package let family: String
  let refusal: Refusal
  package var findings = SourcedValues()
  /// The size of pictures that a config asks for, if the positions belong to another size.
  var askedSize: Grid?

  init(
    _ tensors: NamedTensors, _ layout: Layout, _ settings: Settings,
    _ hints: ModelHints, family: String, refusal: Refusal
  ) {
    self.tensors = tensors
    self.layout = layout
    self.settings = settings
    self.hints = hints
    self.family = family
    self.refusal = refusal
  }

  /// The error for a model that is nearly, but not quite, of the family.
  package func unread(_ model: String) -> InputError { refusal(tensors.place, model) }

  /// Whether the file holds weights for texts.
  package var hasTexts: Bool { tensors.names.contains { !$0.hasPrefix("visual.") } }

  /// Returns a number that a shape tells. Settings may only confirm it.
  package mutating func shaped(
    _ name: String, _ weight: String, axis: Int, of rank: Int
  ) throws -> Int {
    let value = try tensors.size(weight, axis: axis, of: rank)
    try settings.check(name, is: value)
    return findings.take(name, value, "shape of \(tensors.fileName(weight))")
  }

  /// Returns how many blocks there are below a name. Settings may only confirm it.
  package mutating func counted(_ name: String, _ prefix: String) throws -> Int {
    let value = tensors.blocks(prefix)
    try settings.check(name, is: value)
    return findings.take(name, value, "names of the tensors")
  }

  /// Whether there is a weight that most models lack.
  package mutating func hasMore(_ name: String, _ weight: String) -> Bool {
    tensors.shape(weight) != nil && findings.take(name, true, "names of the tensors")
  }

  /// Throws if settings have another list than the weights.
  package func check(_ name: String, is values: [Int]) throws {
    guard let told = settings[name], told.value != .array(values.map(JSON.integer)) else { return }
    throw InputError(
      told.place, expected: "\(values), as the weights have", found: told.value.written())
  }

  /// Reads a transformer over patches, as far as all families read it alike: from the convolution
  /// that turns patches into tokens, the positions and the blocks.
  package mutating func transformer(
    _ positions: Positions, headWidths: [HeadWidth] = [], epsilon: Float
  ) throws -> Architecture.Image {
    let width = try shaped("image.width", "visual.conv1.weight", axis: 0, of: 4)
    let patch = try shaped("image.patch", "visual.conv1.weight", axis: 3, of: 4)
    let size = try size(positions, patch: patch)
    let prefix = "visual.transformer.resblocks."
    let layers = try counted("image.layers", prefix)
    let mlp = try shaped("image.mlp", "\(prefix)0.mlp.c_proj.weight", axis: 1, of: 2)
    return Architecture.Image(
      size: size, patch: patch,
      blocks: .init(
        width: width, layers: layers, heads: try heads("image", width, layers, headWidths),
        mlp: mlp, activation: .gelu, epsilon: try self.epsilon("image", epsilon)))
  }
}

/// An encoder whose heads are not 64 wide. If only the shapes counted, it would run and silently
/// give wrong results.
package struct HeadWidth: Sendable {
  package let model: String
  package let width: Int
  package let layers: Int
  package let headWidth: Int

  package init(_ model: String, width: Int, layers: Int, headWidth: Int) {
    self.model = model
    self.width = width
    self.layers = layers
    self.headWidth = headWidth
  }
}

/// What is known of a model before a byte of it is read.
struct ModelHints {
  /// What `--activation` asks for.
  var activation: Activation?
  /// The name that was asked for, if it asks for QuickGELU.
  var nameWithQuickGELU: String?
  var isTorchScript = false
  var pretrained: Pretrained?
}
