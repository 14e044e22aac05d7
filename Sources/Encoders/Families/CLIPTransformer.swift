import Models

/// CLIP with a transformer as its image encoder: OpenAI's models, open_clip's (LAION, DataComp,
/// DFN, MetaCLIP, BioCLIP) and those saved by transformers. (openai/CLIP `clip/model.py`, open_clip
/// 3.3 `transformer.py`.)
extension ModelFamily {
  static let clipTransformer = ModelFamily(
    ModelForm(
      kind: "vit", name: "CLIP",
      layouts: [
        .openCLIPCustomText(marks: [["text.token_embedding.weight"]]) {
          CLIPTransformer.customText
        },
        .openCLIP(marks: [["visual.conv1.weight"]]) { CLIPTransformer.plain },
        .huggingFaceCLIP,
      ],
      openCLIP: .openCLIP, transformers: ["clip": .huggingFaceCLIP], read: CLIPTransformer.read,
      shapes: CLIPTransformer.shapes, preprocessing: { try $0.openCLIPPreprocessing($1) },
      facts: { image in
        image.blocks.members + (image.hasLayerScale ? [.init("layerScale", true)] : [])
      },
      ending: ["visual.proj", "visual.ln_post."], block: { name, _ in CLIPTransformer.block(name) }),
    trunk: CLIPTransformer.trunk)
}

package enum CLIPTransformer {
  /// Image encoders whose attention heads are not 64 wide. (open_clip 3.3, `model_configs`.)
  package static let headWidths = [
    HeadWidth("ViT-H-14", width: 1280, layers: 32, headWidth: 80),
    HeadWidth("ViT-g-14", width: 1408, layers: 40, headWidth: 88),
    HeadWidth("ViT-bigG-14", width: 1664, layers: 48, headWidth: 104),
  ]

  fileprivate static let plain = Renaming(pictures, CLIPTexts.names())
  fileprivate static let customText = Renaming(pictures, CLIPTexts.names(below: "text."))

  private static let pictures = CLIPTexts.same(
    [
      "visual.conv1.weight", "visual.class_embedding", "visual.positional_embedding",
      "visual.ln_pre.*", "visual.ln_post.*", "visual.proj",
    ] + CLIPTexts.block.map { "visual.transformer.resblocks.#.\($0)" })

  fileprivate static func read(_ reading: inout ArchitectureReading) throws -> Architecture {
    guard reading.tensors.names.contains(where: { $0.hasPrefix("visual.ln_pre.") }) else {
      throw reading.unread("a CLIP without a norm before its blocks, such as CLIPA")
    }
    var image = try reading.transformer(
      .init(
        "visual.positional_embedding", others: 1,
        asking: reading.layout.isOfTransformers ? .confirms : .stretches),
      headWidths: headWidths, epsilon: CLIPTexts.epsilon)
    image.hasLayerScale = reading.hasMore(
      "image.layerScale", "visual.transformer.resblocks.0.ls_1.gamma")
    image.pooling = reading.findings.take(
      "image.pooling", .classToken, "default of the family \(reading.family)")
    image.blocks.activation = try reading.activation("image", noting: reading.tensors.place)
    let hasTexts = reading.hasTexts
    let projection = hasTexts ? "text_projection" : "visual.proj"
    let embedding = try reading.shaped("embedding", projection, axis: 1, of: 2)
    return Architecture(
      kind: "vit", image: image, text: hasTexts ? try CLIPTexts.read(&reading) : nil,
      embedding: embedding)
  }

  fileprivate static func shapes(_ architecture: Architecture) -> [WeightShape] {
    let image = architecture.image
    let width = image.blocks.width
    return [
      WeightShape("visual.conv1.weight", [width, 3, image.patch, image.patch]),
      WeightShape("visual.class_embedding", [width]),
      WeightShape("visual.positional_embedding", [image.grid.pixels + 1, width]),
    ] + WeightShape.norm("visual.ln_pre", width)
      + [WeightShape("visual.proj", [width, architecture.embedding])]
      + WeightShape.blocks(
        "visual.transformer.resblocks", image.blocks, hasLayerScale: image.hasLayerScale)
      + WeightShape.norm("visual.ln_post", width) + CLIPTexts.shapes(architecture)
  }

  /// The block in `visual.transformer.resblocks.7.ln_1.weight`.
  static func block(_ weight: String) -> Int? {
    let parts = weight.split(separator: ".")
    return parts.count > 4 && parts[1] == "transformer" ? Int(parts[3]) : nil
  }

  fileprivate static func trunk(_ reading: LayerReading) throws -> Trunk {
    let image = reading.model.architecture.image
    let patches = try reading.linear("visual.conv1.weight", precision: .fp32)
    let table = try reading.positions(image, others: 1)
    let token = try reading.rows("visual.class_embedding", 1, image.blocks.width)
    return try VisionTransformer(
      image: image, patches: patches, first: token + table.rows(0..<1),
      positions: table.rows(1..<table.rows),
      before: reading.normalization("visual.ln_pre", image.blocks.epsilon),
      blocks: reading.blocks("visual.transformer.resblocks", image.blocks),
      after: reading.normalization("visual.ln_post", image.blocks.epsilon),
      projection: reading.projection("visual.proj"),
      usualPositions: reading.model.layout.isOfTransformers ? .huggingFace : .openCLIP
    ).trunk
  }
}
