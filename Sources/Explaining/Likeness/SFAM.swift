import Encoders

/// SFAM: the channels in which two pictures differ least.
///
/// Let v_n be the mean of channel n over a picture's places, d_n the square of its difference
/// between the two pictures, and N the number of channels. The less the pictures differ in a
/// channel, the more it counts (eq. 2 to 4):
///
///     w_n = (sum d - d_n) / ((N - 1) sum d),   scaled from 0 to 1 over the channels
///
/// The maps of both pictures have these weights. (Liao et al. 2025, Visual Explanation via Similar
/// Feature Activation for Metric Learning, arXiv 2506.01636.) For two equal pictures the formula is
/// 0 / 0; then all channels count the same.
extension Likeness {
  /// Features are scaled to unit length first (eq. 5 and 6). The score is their cosine.
  public static let sfam = Likeness(
    "sfam", "Channels weighted by how little the pictures differ in them, at unit length.",
    paper: "Liao et al. 2025, arXiv 2506.01636"
  ) { _, own, others in
    let (own, others) = (own.meanFeatures, others.meanFeatures)
    let unit = Matrix([own, others]).scaledToUnitRows()
    return Account(
      weights: similarity(Array(unit[row: 0]), Array(unit[row: 1])), score: own.cosine(others))
  }

  /// Features are taken as they are (eq. 2 and 3). The score is their distance, so 0 is most alike.
  public static let sfamEuclidean = Likeness(
    "sfam-euclidean", "Channels weighted by how little the pictures differ in them.",
    paper: "Liao et al. 2025, arXiv 2506.01636"
  ) { _, own, others in
    let (own, others) = (own.meanFeatures, others.meanFeatures)
    return Account(
      weights: similarity(own, others), score: zip(own, others).map { $0 - $1 }.length)
  }

  /// The weight of each channel.
  package static func similarity(_ a: [Float], _ b: [Float]) -> [Float] {
    precondition(a.count == b.count && a.count > 1, "Both pictures have the same channels.")
    let differences = zip(a, b).map { a, b in
      let difference = Double(a) - Double(b)
      return difference * difference
    }
    let sum = differences.reduce(0, +)
    let scores = differences.map { (sum - $0) / (Double(a.count - 1) * sum) }
    guard sum > 0, let least = scores.min(), let most = scores.max(), most > least else {
      return [Float](repeating: 1, count: a.count)
    }
    return scores.map { Float(($0 - least) / (most - least)) }
  }
}
