import CFieldmark
import Glibc
import Ground

/// Minimizes by Adam (Kingma and Ba 2014, arXiv 1412.6980, algorithm 1), in PyTorch's order of
/// operations.
///
/// ```swift
/// var adam = Adam(weights.count, rate: 3e-4)
/// weights.withUnsafeMutableBufferPointer { adam.step($0, slopes) }
/// ```
package struct Adam {
  private let rate: Float
  /// The weight decay: this many times a weight is added to its slope.
  private let decay: Float
  private var means: [Float]
  private var squares: [Float]
  private var steps = 0

  private static let keepsMean: Float = 0.9
  private static let keepsSquare: Float = 0.999

  package init(_ count: Int, rate: Float, decay: Float = 0) {
    self.rate = rate
    self.decay = decay
    means = [Float](repeating: 0, count: count)
    squares = means
  }

  package mutating func step(_ weights: UnsafeMutableBufferPointer<Float>, _ slopes: [Float]) {
    precondition(
      weights.count == means.count && slopes.count == means.count, "Each weight has a slope.")
    guard let start = weights.baseAddress else { return }
    steps += 1
    let adam = fm_adam(
      decay: decay, keeps_mean: Adam.keepsMean, keeps_square: Adam.keepsSquare,
      size: rate / (1 - powf(Adam.keepsMean, Float(steps))),
      share: 1 / (1 - powf(Adam.keepsSquare, Float(steps))).squareRoot(), least: 1e-8)
    let threads = Int32(Cores.worth(64 * weights.count))
    means.withUnsafeMutableBufferPointer { means in
      squares.withUnsafeMutableBufferPointer { squares in
        slopes.withUnsafeBufferPointer { slopes in
          fm_descend(
            start, means.baseAddress!, squares.baseAddress!, slopes.baseAddress!,
            Int64(weights.count), adam, threads)
        }
      }
    }
  }
}
