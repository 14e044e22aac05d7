import Encoders
import Ground

/// Methods that score the embedding of each patch as if it were a picture, for transformers only.
/// They need no gradient, except `cam` if the score is not a sum of logits.
///
/// Every patch's embedding also contains the main object of the picture, so much of these maps is
/// the same for any target. CLIP Surgery calls this part redundant and subtracts it, as a contrast
/// does: see `clipSurgery`.
extension Method {
  static let patchMethods: [Method] = [maskCLIP, gem, clipSurgery, cam]

  private static func patches(
    _ name: String, _ summary: String, paper: String,
    _ embeddings: @escaping @Sendable (Activations) -> Matrix
  ) -> Method {
    attention(name, summary, paper: paper) { activations in
      let embeddings = embeddings(activations)
      return { target in target.scores(embeddings) }
    }
  }

  /// The patch's value in the last block, taken through the output projection, the last norm and
  /// the projection to embeddings, without attention to other patches, residual or MLP. This is the
  /// paper's formula. Its code does so only for ResNets; for a ViT it adds the residual to the
  /// value, and then the block's MLP. (chongzhou96/MaskCLIP at 245d31f, `vit.py`.)
  public static let maskCLIP = patches(
    "maskclip", "The score of each patch's own value in the last block.",
    paper: "Zhou et al. 2022, arXiv 2112.01071"
  ) { activations in
    let last = activations.blocks.count - 1
    return activations.after(activations.blocks[last].output(activations.projected(last).third(2)))
  }.linear()

  /// Patches attend to similar patches, by queries, keys and values in turn, on a second path
  /// beside the last six blocks: see `Activations.gem`. The authors put a concept's name into the
  /// sentence "a photo of a {}." and scale each map to 0...1.
  public static let gem = patches(
    "gem", "The score of each patch, after patches have attended to those like them.",
    paper: "Bousselham et al. 2024, arXiv 2312.00878"
  ) { $0.gem() }.linear()

  /// Patches attend to patches with similar values, on a second path beside the last six blocks:
  /// see `Activations.surgery`. This is the paper's architecture surgery.
  ///
  /// Its feature surgery is a contrast, and so a target. With one concept the empty text is
  /// subtracted: `concept - ""`, or `--against "" --strength 1`. With a set of labels their
  /// weighted mean is subtracted: `Target.surgery`, which `highlight` uses if several concepts are
  /// given. The authors take the mean of 85 sentences for each name, and scale each map to 0...1.
  /// Their `demo.py` divides each patch by its own length, as here; the model's `forward` divides
  /// by the length over all tokens, so what it calls cosines are not. (xmed-lab/CLIP_Surgery at
  /// d4696d4.)
  public static let clipSurgery = patches(
    "clip-surgery", "The score of each patch, after patches have attended to like values.",
    paper: "Li et al. 2023, arXiv 2304.05653"
  ) { $0.surgery() }.linear()

  /// <g, e_i>, where the picture's embedding is the mean of its patches' e_i and g is the gradient
  /// of the score there. For a linear classifier g is the class's direction, so the mean of the map
  /// plus the bias is the score. A cosine does not change with the embedding's length, so its map
  /// sums to 0: it tells where there is more of the concept than in the mean.
  public static let cam = Method(
    name: "cam",
    summary: "What each patch adds to the score of the patches' mean; needs the pool 'mean'.",
    paper: "Zhou et al. 2016, arXiv 1512.04150"
  ) { view, targets, _ in
    guard view.encoder.pool == .mean, let activations = view.activations else {
      let trunk = view.encoder.trunk
      throw InputError(
        "method cam", expected: "an embedding that is the mean of patches",
        found: trunk.embedding,
        hint: trunk.hasPatchEmbeddings ? "the pool 'mean' gives one" : nil, settings: ["pool"],
        kind: .words)
    }
    let rows = activations.after(activations.streams[activations.blocks.count])
    let embeddings = rows.rows(activations.skipped..<rows.rows)
    let maps = Target.gradients(of: targets, at: view.embedding).timesTurned(embeddings)
    let grid = view.encoder.patchGrid
    return targets.indices.map { index in
      view.heatmap(Matrix(rows: grid.height, columns: grid.width, Array(maps[row: index])))
    }
  }.linear()
}
