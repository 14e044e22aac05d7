import Encoders
import Explaining
import Ground

/// The head from which Adam starts.
public enum HeadStart: String, CaseIterable, Named {
  public static let kind = "a start"

  /// Weights and biases of 0. The loss has a single minimum, but random numbers in directions in
  /// which no row has a gradient would stay in the head, and in the cosines of its classes.
  case zero
  /// The numbers of `nn.Linear(width, classes)` after `torch.manual_seed(seed)`, to the last bit.
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

  /// Weights by Kaiming He's uniform initialization with a = sqrt(5), whose bound is 1 /
  /// sqrt(width); biases have the same bound. Both bounds are computed in PyTorch's order of
  /// operations, since their last bits differ.
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
