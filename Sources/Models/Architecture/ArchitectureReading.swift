import Ground
import Pictures

/// The architecture of a checkpoint: what shapes tell from the shapes, the rest from settings,
/// then from what is known of the tag or the family. Settings that contradict shapes are refused.
struct ArchitectureReading {
  let tensors: NamedTensors
  let settings: Settings
  /// What is known without looking: who asks, what the file is, its tag.
  let circumstances: Circumstances
  var findings = Findings()
  /// The pictures that a config asks for, where the positions belong to others.
  var askedSize: Grid?

  init(_ tensors: NamedTensors, _ settings: Settings, _ circumstances: Circumstances) {
    self.tensors = tensors
    self.settings = settings
    self.circumstances = circumstances
  }

  /// Where CLIP's positions are: the ResNet's belong to its pooling.
  private static let pool = "visual.attnpool."

  /// Whether pictures are read by a ResNet.
  var isResNet: Bool { tensors.names.contains { $0.hasPrefix(Self.pool) } }

  mutating func read() throws -> Architecture {
    let isResNet = isResNet
    let isCLIP = tensors.layout.family == .clip
    let kind = findings.take(
      "kind", isResNet ? Architecture.Kind.resnet : isCLIP ? .vit : .dinov2, "names of the tensors")
    let image = isResNet ? try resNet() : try transformer(kind)
    let hasText = tensors.names.contains { !$0.hasPrefix("visual.") }
    let embedding =
      if !isCLIP {
        findings.take("embedding", image.blocks.width, "the width of the image tower")
      } else if hasText {
        try shaped("embedding", "text_projection", axis: 1, of: 2)
      } else if isResNet {
        try shaped("embedding", Self.pool + "c_proj.weight", axis: 0, of: 2)
      } else {
        try shaped("embedding", "visual.proj", axis: 1, of: 2)
      }
    let text = hasText && isCLIP ? try self.text() : nil
    if isResNet, let told = findings.sources.first(where: { $0.name == "text.activation" }) {
      findings.note(source: told.source, of: "activation")
    }
    return Architecture(kind: kind, image: image, text: text, embedding: embedding)
  }

  /// A number that a shape tells, which settings may only confirm.
  mutating func shaped(
    _ name: String, _ weight: String, axis: Int, of rank: Int
  ) throws -> Int {
    let value = try tensors.size(weight, axis: axis, of: rank)
    try settings.check(name, is: value)
    return findings.take(name, value, "shape of \(tensors.fileName(weight))")
  }

  private mutating func counted(_ name: String, _ prefix: String) throws -> Int {
    let value = tensors.blocks(prefix)
    try settings.check(name, is: value)
    return findings.take(name, value, "names of the tensors")
  }

  private mutating func transformer(_ kind: Architecture.Kind) throws -> Architecture.Image {
    if kind == .vit, !tensors.names.contains(where: { $0.hasPrefix("visual.ln_pre.") }) {
      throw InputError(
        tensors.place, expected: "CLIP or DINOv2",
        found:
          "a CLIP without a norm before its blocks, such as CLIPA, which Fieldmark does not read yet",
        hint: Layout.another)
    }
    let width = try shaped("image.width", "visual.conv1.weight", axis: 0, of: 4)
    let patch = try shaped("image.patch", "visual.conv1.weight", axis: 3, of: 4)
    let size = try size("visual.positional_embedding", patch: patch, isStretched: kind == .vit)
    let prefix = "visual.transformer.resblocks."
    let layers = try counted("image.layers", prefix)
    let mlp = try shaped("image.mlp", "\(prefix)0.mlp.c_proj.weight", axis: 1, of: 2)
    var image = Architecture.Image(
      size: size, patch: patch,
      blocks: .init(
        width: width, layers: layers, heads: try heads("image", width, layers), mlp: mlp,
        activation: .gelu, epsilon: try epsilon("image")))
    image.hasLayerScale =
      kind == .dinov2
      ? findings.take("image.layerScale", true, "names of the tensors")
      : hasMore("image.layerScale", "\(prefix)0.ls_1.gamma")
    if kind == .dinov2 {
      let inner = "\(prefix)0.mlp.c_fc.weight"
      if tensors.shape("\(prefix)0.attn.in_proj_bias") == nil {
        image.hasAttentionBias = findings.take(
          "image.attentionBias", false, "names of the tensors")
      }
      image.hasSwiGLU = findings.take(
        "image.swiglu", try tensors.size(inner, axis: 0, of: 2) == 2 * mlp,
        "shape of \(tensors.fileName(inner))")
      image.registers =
        tensors.shape("visual.register_embedding") == nil
        ? findings.take("image.registers", 0, "names of the tensors")
        : try shaped("image.registers", "visual.register_embedding", axis: 0, of: 2)
    }
    let family = kind == .dinov2 ? "DINOv2" : "CLIP"
    image.pooling = findings.take("image.pooling", .classToken, "default of the family \(family)")
    if image.hasSwiGLU {
      let inner = tensors.fileName("\(prefix)0.mlp.c_fc.weight")
      image.blocks.activation = findings.take("activation", .silu, "shape of \(inner)")
    } else {
      image.blocks.activation = try activation("image")
    }
    return image
  }

  private mutating func resNet() throws -> Architecture.Image {
    let width = try tensors.size(Self.pool + "positional_embedding", axis: 1, of: 2)
    let stem = try shaped("image.width", "visual.layer1.0.conv1.weight", axis: 0, of: 4)
    let stages = (1...4).map { tensors.blocks("visual.layer\($0).") }
    if let told = settings["image.layers"], told.value != .array(stages.map(JSON.integer)) {
      throw InputError(
        told.place, expected: "\(stages), as the weights have", found: told.value.written())
    }
    let size = try size(Self.pool + "positional_embedding", patch: 32, isStretched: false)
    return Architecture.Image(
      size: size, patch: findings.take("image.patch", 32, "the halvings of a ResNet"),
      blocks: .init(
        width: width, layers: 1, heads: try heads("image", width, 0), mlp: width,
        activation: .gelu, epsilon: Self.clipEpsilon),
      stages: findings.take("image.stages", stages, "names of the tensors"), stemWidth: stem,
      pooling: findings.take("image.pooling", .attention, "names of the tensors"))
  }

  /// Whether there is a weight that most models have not.
  private mutating func hasMore(_ name: String, _ weight: String) -> Bool {
    tensors.shape(weight) != nil && findings.take(name, true, "names of the tensors")
  }

  private mutating func text() throws -> Architecture.Text {
    let blocks = "transformer.resblocks."
    let width = try shaped("text.width", "ln_final.weight", axis: 0, of: 1)
    let layers = try counted("text.layers", blocks)
    let mlp = try shaped("text.mlp", "\(blocks)0.mlp.c_proj.weight", axis: 1, of: 2)
    let (context, positions) = try context("positional_embedding")
    let vocabulary = try vocabulary("token_embedding.weight")
    findings.note(source: "vocabulary without bytes and marks", of: "text.merges")
    return Architecture.Text(
      blocks: .init(
        width: width, layers: layers, heads: try heads("text", width, layers), mlp: mlp,
        activation: try activation("text"), epsilon: try epsilon("text")),
      context: context, positions: positions, vocabulary: vocabulary,
      pooling: try pooling(vocabulary: vocabulary),
      hasLayerScale: hasMore("text.layerScale", "\(blocks)0.ls_1.gamma"),
      hasProjectionBias: hasMore("text.projectionBias", "text_projection.bias"),
      hasLogitBias: hasMore("text.logitBias", "logit_bias"))
  }
}
