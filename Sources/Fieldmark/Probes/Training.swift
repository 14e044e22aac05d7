import Encoders
import Glibc

/// A way to train a linear head: a name, one line of help, and one function.
///
///     let head = try Training.adam(rows, .init(seed: 7))
///     Training.all.map(\.name)      // what `fieldmark train --with` takes
public struct Training: Sendable {
  public let name: String
  public let summary: String
  private let run: @Sendable (LabelledRows, Settings, Step) throws -> LinearHead

  /// Told after every round of how many there are, with the loss so far; says whether to go on.
  public typealias Step = @Sendable (_ round: Int, _ of: Int, _ loss: Double) -> Bool

  public struct Settings: Equatable, Sendable {
    /// Of the order in which rows are met.
    public var seed: UInt64 = 0
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
    run: @escaping @Sendable (LabelledRows, Settings, Step) throws -> LinearHead
  ) {
    (self.name, self.summary, self.run) = (name, summary, run)
  }

  public func callAsFunction(
    _ rows: LabelledRows, _ settings: Settings = Settings(),
    after step: @escaping Step = { _, _, _ in true }
  ) throws -> LinearHead {
    let head = try run(rows, settings, step)
    guard (head.weights.elements + head.biases).allSatisfy(\.isFinite) else {
      throw InputError(
        "training by \(name)", expected: "finite numbers in the head", found: "others",
        hint: "a decay above 0, or --standardise, keeps them finite")
    }
    return head
  }

  /// The default is first: it is the papers' way, so that its heads can be compared with theirs.
  public static let all: [Training] = [.adam, .logistic, .leastSquares]

  public init?(named name: String) {
    guard let training = Training.all.first(where: { $0.name == name }) else { return nil }
    self = training
  }
}

/// log(sum of exp(x)), without overflow.
func logOfSum(_ values: [Double]) -> Double {
  let most = values.max() ?? 0
  return most + log(values.reduce(0) { $0 + exp($1 - most) })
}
