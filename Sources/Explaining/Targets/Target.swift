import Encoders

/// What is being explained: a number that follows from a picture's embedding.
///
/// ```swift
/// let epaulets = Target("red epaulets", direction, .cosine(scale: 100))
/// let bird = Target("bird", another, .cosine(scale: 100))
/// let target = epaulets - 0.6 * .mean([bird])      // Finer-CAM: eq. 5 and 8
/// ```
///
/// The paper's point is that the trouble is not how something is explained but what. So the
/// contrast is a target and never a method, and it works with every method. (Zhang et al. 2025,
/// arXiv 2501.11309.)
public struct Target: Sendable {
  /// How a logit follows from an embedding and a direction.
  public enum Space: Equatable, Sendable {
    /// Scale times the cosine: a prompt of a vision-language model.
    case cosine(scale: Float)
    /// The inner product, plus a bias: a row of a linear classifier.
    case linear
  }

  public let name: String
  public let space: Space
  /// A row for each logit that the score is made of.
  public let directions: Matrix
  /// The bias that is added to each logit.
  public let biases: [Float]
  /// Returns the score and its slope in each logit.
  package let combine: @Sendable (_ logits: [Float]) -> (score: Float, slopes: [Float])
  /// The factor of each logit, if the score is a sum of logits; nil otherwise.
  package let weights: [Float]?
  /// The score from probabilities instead of logits; nil if the target has no probability.
  var shares: Shares?
  /// The concept without what it is compared with, if that is another target.
  var own: (@Sendable () -> Target)?

  /// Makes the target of a single logit.
  public init(_ name: String, _ direction: [Float], _ space: Space, bias: Float = 0) {
    var unit = Matrix([direction])
    if case .cosine = space { unit = unit.scaledToUnitRows() }
    self.init(name, space, unit, [bias], weights: [1])
  }

  package init(
    _ name: String, _ space: Space, _ directions: Matrix, _ biases: [Float], weights: [Float]
  ) {
    self.init(name, space, directions, biases, weights: weights) { logits in
      (zip(logits, weights).reduce(0) { $0 + $1.0 * $1.1 }, weights)
    }
  }

  package init(
    _ name: String, _ space: Space, _ directions: Matrix, _ biases: [Float], weights: [Float]?,
    combine: @escaping @Sendable ([Float]) -> (score: Float, slopes: [Float])
  ) {
    precondition(directions.rows == biases.count, "Each direction has its bias.")
    self.name = name
    self.space = space
    self.directions = directions
    self.biases = biases
    self.weights = weights
    self.combine = combine
  }
}

extension Target {
  public func renamed(_ name: String) -> Target {
    Target(name, space, directions, biases, weights: weights, combine: combine)
      .with(shares, own)
  }

  func with(_ shares: Shares?, _ own: (@Sendable () -> Target)? = nil) -> Target {
    var target = self
    (target.shares, target.own) = (shares, own)
    return target
  }

  public static func * (factor: Float, target: Target) -> Target {
    guard let weights = target.weights else {
      return Target(
        "\(factor) (\(target.name))", target.space, target.directions, target.biases, weights: nil
      ) { logits in
        let (score, slopes) = target.combine(logits)
        return (factor * score, slopes.map { factor * $0 })
      }.with(target.shares.map { factor * $0 })
    }
    return Target(
      "\(factor) (\(target.name))", target.space, target.directions, target.biases,
      weights: weights.map { factor * $0 }
    ).with(target.shares.map { factor * $0 })
  }

  public static func + (a: Target, b: Target) -> Target { joined(a, b, "\(a.name) + \(b.name)") }
  public static func - (a: Target, b: Target) -> Target {
    joined(a, -1 * b, "\(a.name) - \(b.name)")
  }

  /// Returns the mean of several targets.
  public static func mean(_ targets: [Target]) -> Target {
    precondition(!targets.isEmpty, "A mean is of at least one target.")
    let sum = targets.dropFirst().reduce(targets[0], +)
    return ((1 / Float(targets.count)) * sum).renamed(
      targets.map(\.name).joined(separator: ", "))
  }

  private static func joined(_ a: Target, _ b: Target, _ name: String) -> Target {
    precondition(a.space == b.space, "Targets of one space are added.")
    let directions = Matrix.stacked([a.directions, b.directions])
    let biases = a.biases + b.biases
    let shares = a.shares.flatMap { first in b.shares.flatMap { first.adding($0) } }
    if let first = a.weights, let second = b.weights {
      return Target(name, a.space, directions, biases, weights: first + second).with(shares)
    }
    return Target(name, a.space, directions, biases, weights: nil) { logits in
      let (x, y) = (
        a.combine(Array(logits.prefix(a.biases.count))),
        b.combine(Array(logits.dropFirst(a.biases.count)))
      )
      return (x.score + y.score, x.slopes + y.slopes)
    }.with(shares)
  }
}

extension Target {
  /// A score, and its gradient at the embedding.
  public struct Scored: Sendable {
    public let score: Float
    public let gradient: Matrix
  }

  public func callAsFunction(_ embedding: Matrix) -> Float { scored(embedding).score }

  /// With f = e / |e| and y_k = scale <f, t_k>:  dy_k/de = scale (t_k - f <f, t_k>) / |e|.
  public func scored(_ embedding: Matrix) -> Scored {
    precondition(
      embedding.rows == 1 && embedding.columns == directions.columns,
      "A target of \(directions.columns) numbers got \(embedding).")
    switch space {
    case .linear:
      let products = embedding.timesTurned(directions).elements
      let (score, slopes) = combine(zip(products, biases).map { $0 + $1 })
      return Scored(score: score, gradient: Matrix([slopes]) * directions)
    case .cosine(let scale):
      let unit = Unit().traced(embedding)
      let cosines = unit.value.timesTurned(directions).elements
      let (score, slopes) = combine(zip(cosines, biases).map { scale * $0 + $1 })
      return Scored(
        score: score, gradient: unit.pullback(scale * (Matrix([slopes]) * directions)))
    }
  }
}

extension Target {
  /// The single direction of a sum of logits; nil if the slopes depend on the picture.
  var direction: Matrix? {
    guard let weights else { return nil }
    if weights.count == 1, weights[0] == 1 { return directions }
    // For so few numbers this loop takes less time than a matrix library needs to check their
    // shapes.
    var sum = [Float](repeating: 0, count: directions.columns)
    for (row, weight) in weights.enumerated() {
      for (column, value) in directions[row: row].enumerated() { sum[column] += weight * value }
    }
    return Matrix([sum])
  }

  /// The same score from a single direction, if it is a sum of logits. This saves memory when
  /// thousands of targets are kept.
  package var asOneDirection: Target {
    guard let direction, let weights else { return self }
    let bias = zip(weights, biases).reduce(0) { $0 + $1.0 * $1.1 }
    return Target(name, space, direction, [bias], weights: [1]).with(shares, own)
  }

  /// Returns the score of each of many embeddings, a row each. The result is the same as one by
  /// one, but a sum of logits takes only one product.
  func scores(_ embeddings: Matrix) -> [Float] {
    guard let direction, let weights else {
      return (0..<embeddings.rows).map { self(embeddings.rows($0..<$0 + 1)) }
    }
    let bias = zip(weights, biases).reduce(0) { $0 + $1.0 * $1.1 }
    switch space {
    case .linear: return embeddings.timesTurned(direction).elements.map { $0 + bias }
    case .cosine(let scale):
      let cosines = embeddings.scaledToUnitRows().timesTurned(direction).elements
      return cosines.map { scale * $0 + bias }
    }
  }

  /// Returns the gradient of each score at one embedding, a row each. The result is the same as one
  /// by one, but the embedding's length and direction are computed once.
  package static func gradients(of targets: [Target], at embedding: Matrix) -> Matrix {
    var slopes: [Float] = []
    slopes.reserveCapacity(targets.count * embedding.columns)
    // Gradients of cosines still have to go back through the scaling to unit length. Linear ones,
    // and those that `scored` returned, do not.
    var scales: [Float?] = []
    for target in targets {
      let direction = target.direction
      slopes += (direction ?? target.scored(embedding).gradient).elements
      if direction != nil, case .cosine(let scale) = target.space {
        scales.append(scale)
      } else {
        scales.append(nil)
      }
    }
    var gradients = Matrix(rows: targets.count, columns: embedding.columns, slopes)
    let pulled = Unit().traced(embedding).pullback(gradients)
    gradients.withElements { elements in
      for (row, scale) in scales.enumerated() {
        guard let scale else { continue }
        for place in row * embedding.columns..<(row + 1) * embedding.columns {
          elements[place] = scale * pulled.elements[place]
        }
      }
    }
    return gradients
  }
}
