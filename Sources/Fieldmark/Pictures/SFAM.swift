import Encoders

/// What makes two pictures alike: a map of each.
///
///     let (query, support) = SFAM(.cosine)(view, other)
///
/// With v_n the mean of channel n over a picture's places and d_n the square of its difference
/// between the two pictures, a channel counts the more the less they differ in it (eq. 2 to 4):
///
///     w_n = (sum d - d_n) / ((N - 1) sum d),   scaled from 0 to 1 over the channels
///     map = sum_n w_n A_n
///
/// (Liao et al., Visual Explanation via Similar Feature Activation for Metric Learning.) Of two equal pictures the formula is 0 / 0: all channels then count
/// the same.
public struct SFAM: Sendable {
  public enum Metric: String, CaseIterable, Sendable {
    case euclidean
    /// Features of unit length first: eq. 5.
    case cosine
  }

  public let metric: Metric

  public init(_ metric: Metric = .cosine) { self.metric = metric }

  /// The weight of each channel.
  public func weights(_ a: [Float], _ b: [Float]) -> [Float] {
    precondition(a.count == b.count && a.count > 1, "Both pictures have the same channels.")
    let pair = Matrix([a, b])
    let features = metric == .cosine ? pair.scaledToUnitRows() : pair
    let differences = zip(features[row: 0], features[row: 1]).map { a, b in
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

  public func callAsFunction(_ query: View, _ support: View) -> (query: Heatmap, support: Heatmap) {
    let weights = weights(query.features, support.features)
    let maps = [query, support].map { view in
      view.heatmap(view.activation.rowSums(weightedBy: weights))
    }
    return (maps[0], maps[1])
  }

  /// Several pictures of one kind stand together: the mean of their features (eq. 1).
  public func map(of query: View, like supports: [View]) -> Heatmap {
    precondition(!supports.isEmpty, "A picture is like at least one other.")
    let mean = Matrix(supports.map(\.features)).meanRow().elements
    return query.heatmap(
      query.activation.rowSums(weightedBy: weights(query.features, mean)))
  }
}
