/// The names of OpenAI's CLIP and open_clip, which are Fieldmark's own as well.
/// (openai/CLIP `clip/model.py`, open_clip 3.3 `transformer.py`, `modified_resnet.py`.)
extension Layout {
  /// OpenAI's and open_clip's, the latter also with the words' tower under `text.`.
  static func clip(_ name: String, text prefix: String = "") -> Layout {
    Layout(name: name, family: .clip, renaming: Renaming(imageTable, resNetTable, text(prefix)))
  }

  package static let openCLIP = clip("open_clip")
  static let openCLIPCustomText = clip("open_clip custom text", text: "text.")

  private static func same(_ names: String) -> String {
    names.split(separator: "\n").map { "\($0) \($0)" }.joined(separator: "\n")
  }

  /// What a block of a transformer is made of.
  private static let block = [
    "ln_1.*", "attn.in_proj_*", "attn.out_proj.*", "ls_1.gamma", "ln_2.*", "mlp.c_fc.*",
    "mlp.c_proj.*", "ls_2.gamma",
  ]

  private static let imageTable = same(
    """
    visual.conv1.weight
    visual.class_embedding
    visual.positional_embedding
    visual.ln_pre.*
    visual.ln_post.*
    visual.proj
    """
      + block.map { "\nvisual.transformer.resblocks.#.\($0)" }.joined())

  /// The tower for words, the scale, and what TorchScript archives and old versions have beside.
  private static func text(_ prefix: String) -> String {
    let names = [
      "token_embedding.weight", "positional_embedding", "ln_final.*", "text_projection",
    ]
    let lines =
      names + block.map { "transformer.resblocks.#.\($0)" }
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

  /// The ResNet of CLIP: three convolutions to begin with, pooling by attention at the end.
  private static let resNetTable: String = {
    let norm = { (name: String) in
      ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" }
    }
    let stem = (1...3).flatMap { ["visual.conv\($0).weight"] + norm("visual.bn\($0)") }
    let stages = (1...4).flatMap { stage in
      let block = "visual.layer\(stage).#."
      return (1...3).flatMap { ["\(block)conv\($0).weight"] + norm("\(block)bn\($0)") }
        + ["\(block)downsample.#.weight"] + norm("\(block)downsample.#").dropFirst()
    }
    let pool =
      ["q", "k", "v", "c"].map { "visual.attnpool.\($0)_proj.*" }
      + ["visual.attnpool.positional_embedding"]
    let counters =
      (1...3).map { "visual.bn\($0).num_batches_tracked -" }
      + (1...4).flatMap { stage in
        (1...3).map { "visual.layer\(stage).#.bn\($0).num_batches_tracked -" }
          + ["visual.layer\(stage).#.downsample.#.num_batches_tracked -"]
      }
    return same((stem + stages + pool).joined(separator: "\n")) + "\n"
      + counters.joined(separator: "\n")
  }()
}
