import Encoders
import Glibc

/// The ways of Finer-CAM and CLIP Surgery to compare a concept with others.
extension Target {
  /// Returns the concept minus strength times the mean of the references: Finer-CAM's eq. 5, and
  /// eq. 8 for several references, which are averaged before anything is clipped.
  ///
  /// On the scale of probabilities, classes of a head are compared in the same way. A concept
  /// without a head has its probability among itself and the references, which is a comparison
  /// already.
  public func compared(with references: [Target], strength: Float) -> Target {
    guard !references.isEmpty, strength != 0 else { return self }
    let contrast = self - strength * .mean(references)
    return contrast.renamed(
      "\(name) against \(references.map(\.name).joined(separator: ", "))"
    ).with(contrast.shares ?? among(references).shares) { self.among(references) }
  }

  /// Returns the contrast of the official code: references are weighted by their softmax, which is
  /// differentiated too.
  ///
  ///     sum of p_i (y - strength y_i) / sum of p_i,   p = softmax of the logits y_1, y_2, ...
  ///
  /// In the official code the softmax runs over all classes and 1e-9 is added to the denominator,
  /// which flips the sign of the gradient where references are unlikely. Here it runs over the
  /// references alone, which is the same without that flaw. (Imageomics/Finer-CAM at 564ad2c,
  /// `model_targets.py`.)
  ///
  /// Probabilities are not weighted: on their scale this is the plain contrast.
  public func comparedBySoftmax(with references: [Target], strength: Float) -> Target {
    guard !references.isEmpty else { return self }
    let parts = [self] + references
    precondition(
      parts.allSatisfy { $0.space == space && $0.directions.rows == 1 },
      "A softmax is over single logits of one space.")
    let plain = compared(with: references, strength: strength)
    let name = "\(name) against \(references.map(\.name).joined(separator: ", ")), by softmax"
    return Target(
      name, space, .stacked(parts.map(\.directions)), parts.flatMap(\.biases), weights: nil
    ) { logits in
      let others = logits.dropFirst()
      let most = others.max() ?? 0
      let powers = others.map { expf($0 - most) }
      let shares = powers.map { $0 / powers.reduce(0, +) }
      let mean = zip(shares, others).reduce(0) { $0 + $1.0 * $1.1 }
      // d/dy_i of sum p_i y_i is p_i (1 + y_i - mean).
      let slopes = zip(shares, others).map { -strength * $0 * (1 + $1 - mean) }
      return (logits[0] - strength * mean, [1] + slopes)
    }.with(plain.shares, plain.own)
  }

  /// Returns CLIP Surgery's contrast of one label with the mean of all labels. Each is weighted by
  /// how likely it is for the whole picture, so that labels do not shine through the maps of
  /// others:
  ///
  ///     w_c y_c - mean over d of w_d y_d,   w = n softmax of 2 cos(e, t_1), 2 cos(e, t_2), ...
  ///
  /// The weights belong to the picture and are not differentiated. If all of them are 1, this is
  /// the contrast with the others at strength 1, times (n - 1) / n. (Li et al. 2023,
  /// arXiv 2304.05653; xmed-lab/CLIP_Surgery at d4696d4, `clip_feature_surgery` in `clip.py`. As
  /// `demo.py` calls it, e and each patch are divided by their own length, as here. The model's
  /// `forward` divides by the length over all tokens instead, which is not followed.)
  public static func surgery(
    on label: Int, among labels: [Target], embedding: Matrix
  ) -> Target {
    surgery(
      on: label, among: labels, weights: surgeryWeights(cosines(of: labels, with: embedding)))
  }

  /// Returns the cosine of each label with an embedding, as one row.
  package static func cosines(of labels: [Target], with embedding: Matrix) -> Matrix {
    let directions = labels.map { target -> Matrix in
      precondition(target.directions.rows == 1, "Labels are single logits.")
      return target.directions
    }
    return embedding.scaledToUnitRows()
      .timesTurned(Matrix.stacked(directions).scaledToUnitRows())
  }

  /// w, whose mean is 1.
  package static func surgeryWeights(_ cosines: Matrix) -> [Float] {
    (2 * cosines).softmax().elements.map { Float(cosines.columns) * $0 }
  }

  package static func surgery(
    on label: Int, among labels: [Target], weights: [Float]
  ) -> Target {
    let weighted = zip(weights, labels).map { $0 * $1 }
    return (weighted[label] - .mean(weighted)).renamed("\(labels[label].name) by surgery")
  }
}
