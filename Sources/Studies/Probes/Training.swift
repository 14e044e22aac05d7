import Explaining
import Ground
import Models

/// A way to train a linear head: a name, one line of help, and one function.
///
/// ```swift
/// var settings = Training.Settings()
/// settings.seed = 7
/// let head = try Training.adam(rows, settings)
/// Training.all.map(\.name)      // what `fieldmark train --with` takes
/// ```
public struct Training: Named {
  public static let kind = "a way of training"

  public let name: String
  public let summary: String
  private let run: @Sendable (LabeledRows, Settings, Step) throws -> Trained

  /// Told after every round of how many there are, with the loss so far; says whether to go on.
  public typealias Step = @Sendable (_ round: Int, _ of: Int, _ loss: Double) -> Bool

  public struct Settings: Equatable, Sendable {
    /// Of the order in which rows are met, and of Adam's start where it is drawn.
    public var seed: UInt64 = 0
    /// What Adam starts from.
    public var start = HeadStart.zero
    /// Rounds through all rows (Adam), or steps downhill (L-BFGS); nil for the way's own.
    public var epochs: Int?
    /// How many rows a step of Adam looks at.
    public var batch = 128
    /// Of Adam's steps: the paper's.
    public var rate: Float = 3e-4
    /// How strongly weights are drawn to 0: Adam adds so many times a weight to its gradient, as
    /// PyTorch's Adam does; L-BFGS and least squares add half of it times the sum of squares to the
    /// mean loss of a row. Nil for the way's own.
    public var decay: Float?

    public init() {}
  }

  public init(
    _ name: String, _ summary: String,
    run: @escaping @Sendable (LabeledRows, Settings, Step) throws -> Trained
  ) {
    (self.name, self.summary, self.run) = (name, summary, run)
  }

  public func callAsFunction(
    _ rows: LabeledRows, _ settings: Settings = Settings(),
    after step: @escaping Step = { _, _, _ in true }
  ) throws -> LinearHead {
    try trained(rows, settings, after: step).head
  }

  /// The same, with how it ended.
  public func trained(
    _ rows: LabeledRows, _ settings: Settings = Settings(),
    after step: @escaping Step = { _, _, _ in true }
  ) throws -> Trained {
    let trained = try run(rows, settings, step)
    let head = trained.head
    guard (head.weights.elements + head.biases).allSatisfy(\.isFinite) else {
      throw InputError(
        "training by \(name)", expected: "finite numbers in the head", found: "others",
        hint: "a decay above 0, or standardized columns, keep them finite",
        settings: ["decay", "standardize"])
    }
    return trained
  }

  /// How a way that looks for the lowest place of its loss came to its end.
  public struct Ending: Equatable, Sendable {
    public let isConverged: Bool
    /// How many steps it took.
    public let rounds: Int
    /// The largest number of the loss's slope there.
    public let slope: Double
    /// By what share of itself the loss may still be above its lowest value; nil where nobody knows.
    public let excess: Double?
  }

  /// The default is first: it is the papers' way, so that its heads can be compared with theirs.
  public static let all: [Training] = [.adam, .logistic, .leastSquares]
}

/// A head, and how its training ended; nil of ways that take as many rounds as they are told to, or
/// none.
public struct Trained: Sendable {
  public let head: LinearHead
  public let ending: Training.Ending?

  public init(head: LinearHead, ending: Training.Ending? = nil) {
    (self.head, self.ending) = (head, ending)
  }
}

extension Training.Ending {
  /// What whoever uses the head should know; nil where there is nothing to say.
  public var caution: String? {
    guard !isConverged else { return nil }
    let start = "The training has not converged after \(counted(rounds, "step", "steps"))"
    guard let excess else {
      return
        "\(start): the loss still has a slope of \(Float(slope)), and without weight decay it may have no "
        + "minimum at all; set a decay, or use the classifier as it is."
    }
    return
      "\(start): the loss may still be \(percent(excess)) above its minimum; more epochs, a larger decay or "
      + "standardized columns bring it there."
  }

  private func percent(_ share: Double) -> String {
    let percent = share * 100
    return percent < 10
      ? "\((percent * 1000).rounded(.up) / 1000) %" : "\(Int(min(percent, 1e9))) %"
  }
}
