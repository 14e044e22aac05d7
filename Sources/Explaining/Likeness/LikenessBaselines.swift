/// The baselines of SFAM: four ways to weight the channels of a picture by what it has in common
/// with another. v is a picture's features, e its embedding, N the number of its places. They
/// follow section 2.2 of SFAM; where it leaves something open, the comment tells what was decided.
extension Likeness {
  /// w_k = v_k: a class activation map with the picture's own features in place of the classifier's
  /// weights. The score is |v|^2, which is the mean of the map.
  ///
  /// As SFAM describes it, it uses the features of the picture alone and ignores the other picture.
  /// With the other picture's features instead, the map would be a multiple of `decomposition`'s.
  public static let ram = Likeness(
    "ram", "Channels weighted by the picture's own features, whatever it is compared with.",
    paper: "Yang et al. 2019, CVPR"
  ) { view, _, _ in
    let features = view.features
    return Account(weights: features, score: features.dot(features))
  }

  /// w_k = mean over places of d cos(e, e') / dA_k: Grad-CAM of the similarity of two pictures.
  ///
  /// In networks whose embedding is the mean of the explained activation, nothing lies between the
  /// two. Here layers do; it was decided that the gradient goes through all of them, from the
  /// embeddings, which are what the model compares. If the features are the embedding, this is
  ///
  ///     w_k = (v'_k / |v'| - cos v_k / |v|) / (N |v|)
  ///
  /// The score is the cosine.
  public static let cgRAM = Likeness(
    "cg-ram", "Channels weighted by the mean gradient of the embeddings' cosine.",
    paper: "Shen et al. 2021, IEEE TIP 30"
  ) { view, _, others in
    let target = Target("likeness", others.meanEmbedding, .cosine(scale: 1))
    return Account(
      weights: view.gradient(target).meanRow().elements, score: target(view.embedding))
  }

  /// w_k = mean over places of d|e| / dA_k: Grad-CAM of what the model makes of the picture alone.
  ///
  /// A gradient needs one number; the vector's length was chosen, d|e| = <e / |e|, de>, so that
  /// each of its numbers counts by how large it is. The score is |e|. If the features are the
  /// embedding, this is a multiple of `ram`'s weights: w_k = v_k / (N |v|).
  public static let gradFAM = Likeness(
    "grad-fam", "Channels weighted by the mean gradient of the embedding's length.",
    paper: "Wu et al. 2022, CVPR"
  ) { view, _, _ in
    let unit = view.embedding.scaledToUnitRows()
    let target = Target("length", unit.elements, .linear)
    return Account(
      weights: view.gradient(target).meanRow().elements, score: target(view.embedding))
  }

  /// w_k = v'_k / (N |v| |v'|): the cosine of two means is the sum over all pairs of places,
  ///
  ///     cos(v, v') = sum_ij <A_i, A'_j> / (N N' |v| |v'|),
  ///
  /// and the share of a place is the sum of its pairs. The map's sum is the score, which is the
  /// cosine of the features. The paper also accounts for linear layers after the mean; features
  /// have none.
  public static let decomposition = Likeness(
    "decomposition", "Each place's share of the features' cosine: the overall activation map.",
    paper: "Zhu et al. 2021, arXiv 1909.12977"
  ) { view, _, others in
    let (own, other) = (view.features, others.meanFeatures)
    return Account(
      weights: shares(own, other, places: view.activation.rows), score: own.cosine(other))
  }

  package static func shares(_ own: [Float], _ other: [Float], places: Int) -> [Float] {
    let lengths = own.length * other.length * Float(places)
    return other.map { lengths > 0 ? $0 / lengths : 0 }
  }
}
