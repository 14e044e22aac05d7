/// What SFAM is measured against: four ways to weigh the channels of a picture for what it has in
/// common with another. v is a picture's features, e its embedding, N the number of its places. They
/// are what SFAM's section 2.2 says of them; where that leaves something open, it says what was decided.
extension Likeness {
  /// w_k = v_k: the classifier's weights of a class activation map replaced by the picture's own
  /// features. The score is |v|^2, the mean of the map.
  ///
  /// As SFAM describes it: by the features of the picture alone, whatever it is like. With the
  /// other picture's features instead, the map is a multiple of `decomposition`'s.
  public static let ram = Likeness(
    "ram", "Channels weighted by the picture's own features, whatever it is like.",
    paper: "Yang et al. 2019, CVPR"
  ) { view, _, _ in
    let features = view.features
    return Account(weights: features, score: features.dot(features))
  }

  /// w_k = mean over places of d cos(e, e') / dA_k: Grad-CAM of the similarity of two pictures.
  ///
  /// Where the embedding is the mean of the very activation that is explained, nothing lies between
  /// the two. Here layers do; decided: the gradient goes through all of them, from the embeddings, which
  /// are what the model compares. Where features are the embedding, it is
  /// w_k = (v'_k / |v'| - cos v_k / |v|) / (N |v|). The score is the cosine.
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
  /// It looks at the given picture alone. A gradient is of one number; decided: of the vector's length, d|e| = <e / |e|, de>, so that each of its numbers counts by
  /// how large it is. Where features are the embedding, w_k = v_k / (N |v|): a multiple of `ram`'s.
  /// The score is |e|.
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
  /// and a place's share is the sum of its pairs. The map's sum is the score, the features' cosine.
  /// Linear layers behind the mean, which the paper takes into account, there are none of in
  /// features.
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
