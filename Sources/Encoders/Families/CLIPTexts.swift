import Models

/// CLIP's text transformer, which is the same for every image encoder. (openai/CLIP
/// `clip/model.py`, open_clip 3.3 `transformer.py`.)
enum CLIPTexts {
  /// The epsilon that every norm of CLIP adds to the variance.
  static let epsilon: Float = 1e-5

  /// The names of the weights of a transformer block.
  static let block = [
    "ln_1.*", "attn.in_proj_*", "attn.out_proj.*", "ls_1.gamma", "ln_2.*", "mlp.c_fc.*",
    "mlp.c_proj.*", "ls_2.gamma",
  ]

  /// Returns a table that maps each name to itself, for weights that files name as Fieldmark does.
  static func same(_ names: [String]) -> String {
    names.map { "\($0) \($0)" }.joined(separator: "\n")
  }

  /// Returns the table for the names of OpenAI and open_clip, which Fieldmark uses as its own;
  /// open_clip also writes them with the prefix `text.`. It ends with the logit scale and bias, and
  /// with the extra entries of TorchScript archives and old versions, which are ignored (`-`).
  static func names(below prefix: String = "") -> String {
    let names = [
      "token_embedding.weight", "positional_embedding", "ln_final.*", "text_projection",
    ]
    let lines = names + block.map { "transformer.resblocks.#.\($0)" }
    return lines.map { "\(prefix)\($0) \($0)" }.joined(separator: "\n")
      + """

      \(prefix)text_projection.weight text_projection transposed
      \(prefix)text_projection.bias text_projection.bias
      logit_scale logit_scale 1x
      logit_bias logit_bias 1x
      input_resolution -
      context_length -
      vocab_size -
      attn_mask -
      text.attn_mask -
      """
  }

  /// `noting` is what a note calls the model if nothing tells its activation.
  static func read(
    _ reading: inout ArchitectureReading, noting place: String? = nil
  ) throws -> Architecture.Text {
    let blocks = "transformer.resblocks."
    let width = try reading.shaped("text.width", "ln_final.weight", axis: 0, of: 1)
    let layers = try reading.counted("text.layers", blocks)
    let mlp = try reading.shaped("text.mlp", "\(blocks)0.mlp.c_proj.weight", axis: 1, of: 2)
    let (context, positions) = try reading.context("positional_embedding")
    let vocabulary = try reading.vocabulary("token_embedding.weight")
    reading.findings.note(source: "vocabulary without bytes and marks", of: "text.merges")
    var text = Architecture.Text(
      blocks: .init(
        width: width, layers: layers,
        heads: try reading.heads("text", width, layers, []), mlp: mlp,
        activation: try reading.activation("text", noting: place),
        epsilon: try reading.epsilon("text", epsilon)),
      context: context, positions: positions, vocabulary: vocabulary,
      pooling: try reading.pooling(vocabulary: vocabulary))
    text.hasLayerScale = reading.hasMore("text.layerScale", "\(blocks)0.ls_1.gamma")
    text.hasProjectionBias = reading.hasMore("text.projectionBias", "text_projection.bias")
    text.hasLogitBias = reading.hasMore("text.logitBias", "logit_bias")
    return text
  }

  static func shapes(_ architecture: Architecture) -> [WeightShape] {
    guard let text = architecture.text else { return [] }
    let (width, embedding) = (text.blocks.width, architecture.embedding)
    return [
      WeightShape("token_embedding.weight", [text.vocabulary, width]),
      WeightShape("positional_embedding", [text.positions, width]),
      WeightShape("text_projection", [width, embedding]), WeightShape("logit_scale", []),
    ] + (text.hasProjectionBias ? [WeightShape("text_projection.bias", [embedding])] : [])
      + (text.hasLogitBias ? [WeightShape("logit_bias", [])] : [])
      + WeightShape.norm("ln_final", width)
      + WeightShape.blocks(
        "transformer.resblocks", text.blocks, hasLayerScale: text.hasLayerScale)
  }
}
