import Encoders
import Ground

/// A way of asking in what pictures are alike: a name, one line of help, the paper, and one function.
///
/// ```swift
/// let (query, supports) = Likeness.sfam(view, like: [other])     // a map of each, raw
/// Likeness.all.map(\.name)                                       // what `fieldmark methods` lists
/// ```
///
/// All of them weigh the channels of an activation, map = sum_k w_k A_k, and differ in the weights.
/// A transformer's activation is that of the patches at the view's block, and a picture's features
/// are their mean: the pooling that the papers' networks end in. Several pictures of one kind stand
/// together as the mean of their features, or of their embeddings (eq. 1 of SFAM).
public struct Likeness: Named {
  public static let kind = "a likeness"

  public let name: String
  public let summary: String
  public let paper: String
  let account: @Sendable (View, _ own: [View], _ others: [View]) -> Account

  /// What one picture has in common with others.
  struct Account: Sendable {
    let weights: [Float]
    /// What the weights are an account of.
    let score: Float
  }

  /// The function gets the picture whose channels are weighed, those that stand on its side, itself
  /// among them, and those on the other.
  init(
    _ name: String, _ summary: String, paper: String,
    account: @escaping @Sendable (View, _ own: [View], _ others: [View]) -> Account
  ) {
    self.name = name
    self.summary = summary
    self.paper = paper
    self.account = account
  }

  /// A map, and what it is an account of.
  public struct Map: Sendable {
    public let heatmap: Heatmap
    public let score: Float
  }

  /// A map of the picture and one of each that it is like.
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

  /// Every one there is, in the order in which they are listed.
  public static let all: [Likeness] = [
    sfam, sfamEuclidean, ram, cgRAM, gradFAM, decomposition,
  ]
}

extension View {
  /// The mean of each channel over the picture's places.
  public var features: [Float] { activation.meanRow().elements }
}

extension [View] {
  /// What stands for several pictures of one kind.
  var meanFeatures: [Float] { Matrix(map(\.features)).meanRow().elements }
  var meanEmbedding: [Float] { Matrix.stacked(map(\.embedding)).meanRow().elements }
}

extension [Float] {
  /// a . b
  func dot(_ other: [Float]) -> Float {
    Float(zip(self, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
  }

  package var length: Float { dot(self).squareRoot() }

  /// a . b / (|a| |b|), and 0 where one has no length.
  package func cosine(_ other: [Float]) -> Float {
    let lengths = length * other.length
    return lengths > 0 ? dot(other) / lengths : 0
  }
}
