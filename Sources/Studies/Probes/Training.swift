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

  /// Called after every round with the loss so far. Returns whether to go on.
  public typealias Step = @Sendable (_ round: Int, _ of: Int, _ loss: Double) -> Bool

  public struct Settings: Equatable, Sendable {
    /// The seed of the order of rows, and of Adam's start if it is random.
    public var seed: UInt64 = 0
    /// The head from which Adam starts.
    public var start = HeadStart.zero
    /// The epochs of Adam, or the most steps of L-BFGS; nil for the method's default.
    public var epochs: Int?
    /// The number of rows in a step of Adam.
    public var batch = 128
    /// The learning rate of Adam; the default is the paper's.
    public var rate: Float = 3e-4
    /// The weight decay. Adam adds decay times each weight to its gradient, as PyTorch's Adam does.
    /// L-BFGS adds decay / 2 times the sum of squared weights to the mean loss; least squares does
    /// so in units of the columns' mean variance. Nil for the method's default.
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

  /// Like `callAsFunction`, but also says how the training ended.
  public func trained(
    _ rows: LabeledRows, _ settings: Settings = Settings(),
    after step: @escaping Step = { _, _, _ in true }
  ) throws -> Trained {
    let trained = try run(rows, settings, step)
    let head = trained.head
    guard (head.weights.elements + head.biases).allSatisfy(\.isFinite) else {
      throw InputError(
        "training by \(name)", expected: "finite numbers in the head", found: "infinity or NaN",
        hint: "a decay above 0 or standardized columns may keep them finite",
        settings: ["decay", "standardize"])
    }
    return trained
  }

  /// How a method that minimizes its loss ended.
  public struct Ending: Equatable, Sendable {
    public let isConverged: Bool
    /// The number of steps.
    public let rounds: Int
    /// The largest component of the loss's gradient at the end.
    public let slope: Double
    /// The most by which the loss may still be above its minimum, as a share of itself; nil if it
    /// is not known.
    public let excess: Double?
  }

  /// The default comes first. It is that of the papers, so that heads can be compared with theirs.
  public static let all: [Training] = [.adam, .logistic, .leastSquares]
}

/// A head, and how its training ended; nil for methods with a fixed number of epochs or none.
public struct Trained: Sendable {
  public let head: LinearHead
  public let ending: Training.Ending?

  public init(head: LinearHead, ending: Training.Ending? = nil) {
    (self.head, self.ending) = (head, ending)
  }
}

extension Training.Ending {
  /// A warning for users of the head; nil if there is none.
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
