import Encoders
import Ground

/// A way of asking what makes pictures alike: a name, one line of help, the paper, and one
/// function.
///
/// ```swift
/// let (query, supports) = Likeness.sfam(view, like: [other])     // a map of each, raw
/// Likeness.all.map(\.name)                                       // what `fieldmark methods` lists
/// ```
///
/// All of them weight the channels of an activation, map = sum_k w_k A_k, and differ in the
/// weights. In a transformer the activation is that of the patches at the view's block, and a
/// picture's features are their mean, which is the pooling at the end of the papers' networks.
/// Several pictures of one kind are represented by the mean of their features, or of their
/// embeddings (eq. 1 of SFAM).
public struct Likeness: Named {
  public static let kind = "a likeness"

  public let name: String
  public let summary: String
  public let paper: String
  let account: @Sendable (View, _ own: [View], _ others: [View]) -> Account

  /// What one picture has in common with others: a weight for each channel, and the score.
  struct Account: Sendable {
    let weights: [Float]
    /// The number that a map with these weights explains.
    let score: Float
  }

  /// `account` gets the picture whose channels are weighted, the pictures on its side (itself
  /// included), and the pictures on the other side.
  init(
    _ name: String, _ summary: String, paper: String,
    account: @escaping @Sendable (View, _ own: [View], _ others: [View]) -> Account
  ) {
    self.name = name
    self.summary = summary
    self.paper = paper
    self.account = account
  }

  /// A map, and the score that it explains.
  public struct Map: Sendable {
    public let heatmap: Heatmap
    public let score: Float
  }

  /// Returns a map of the picture, and one of each picture that it is compared with.
  public func callAsFunction(
    _ query: View, like supports: [View]
  ) -> (query: Map, supports: [Map]) {
    precondition(!supports.isEmpty, "A picture is like at least one other.")
    return (
      map(query, [query], supports), supports.map { map($0, supports, [query]) }
    )
  }

  private func map(_ view: View, _ own: [View], _ others: [View]) -> Map {
    let account = account(view, own, others)
    return Map(
      heatmap: view.heatmap(view.activation.rowSums(weightedBy: account.weights)),
      score: account.score)
  }

  /// All likenesses, in the order in which they are listed.
  public static let all: [Likeness] = [
    sfam, sfamEuclidean, ram, cgRAM, gradFAM, decomposition,
  ]
}

extension View {
  /// The mean of each channel over the picture's places.
  public var features: [Float] { activation.meanRow().elements }
}

extension [View] {
  /// The means that represent several pictures of one kind.
  var meanFeatures: [Float] { Matrix(map(\.features)).meanRow().elements }
  var meanEmbedding: [Float] { Matrix.stacked(map(\.embedding)).meanRow().elements }
}

extension [Float] {
  /// a . b
  func dot(_ other: [Float]) -> Float {
    Float(zip(self, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
  }

  package var length: Float { dot(self).squareRoot() }

  /// Returns a . b / (|a| |b|), or 0 if one of them has length 0.
  package func cosine(_ other: [Float]) -> Float {
    let lengths = length * other.length
    return lengths > 0 ? dot(other) / lengths : 0
  }
}
