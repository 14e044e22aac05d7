import Encoders
import Explaining
import Ground

/// The head that Adam's first step is taken from.
public enum HeadStart: String, CaseIterable, Named {
  public static let kind = "a start"

  /// Rows and biases of 0: the loss has one lowest place, and what random numbers add where no row
  /// leads away from them stays in the head for good, and in the cosines of its classes.
  case zero
  /// What `torch.manual_seed(seed)` and then `nn.Linear(width, classes)` give, to the last bit.
  case torch

  package func head(classes: Int, width: Int, seed: UInt64) -> LinearHead {
    switch self {
    case .zero:
      LinearHead(
        weights: Matrix(rows: classes, columns: width),
        biases: [Float](repeating: 0, count: classes))
    case .torch: HeadStart.linear(classes, width, seed)
    }
  }

  /// Weights are He's with a slope of the root of 5, which makes their bound 1 / sqrt(width); biases have
  /// that bound, too. Both are worked out in PyTorch's steps, whose last bits differ.
  private static func linear(_ classes: Int, _ width: Int, _ seed: UInt64) -> LinearHead {
    var draws = MersenneTwister(seed: seed)
    func numbers(_ count: Int, _ bound: Double) -> [Float] {
      (0..<count).map { _ in draws.uniform(Float(-bound), Float(bound)) }
    }
    let (root, slope) = (Double(width).squareRoot(), 5.0.squareRoot())
    let gain = (2 / (1 + slope * slope)).squareRoot()
    let weights = numbers(classes * width, 3.0.squareRoot() * (gain / root))
    return LinearHead(
      weights: Matrix(rows: classes, columns: width, weights), biases: numbers(classes, 1 / root))
  }
}
