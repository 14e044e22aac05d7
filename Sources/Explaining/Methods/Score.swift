import Encoders
import Ground
import Pictures

/// A score of a picture's planes, however they were changed: an expensive pass through the model,
/// and a number that is read from its output.
///
/// ```swift
/// let score = Score { planes in epaulets.scored(encoder.layers(planes)).score }
/// score(planes.hidden)      // of a picture of which nothing is seen
/// ```
///
/// Passes do not depend on the target. The outputs for a view are kept by name for as long as it
/// lives, so that the next target is read from what was computed for the first.
package struct Score: Sendable {
  let look: @Sendable (_ planes: Matrix) -> Matrix
  private let read: @Sendable (_ looked: Matrix) -> Float
  private let view: View?
  /// Whether the number has a natural zero, as a probability has and a logit has not.
  package let isProbability: Bool

  /// Where the passes are reported.
  var passes: Passes { view?.passes ?? .silent }

  init(
    of view: View?, _ look: @escaping @Sendable (Matrix) -> Matrix,
    _ read: @escaping @Sendable (Matrix) -> Float, isProbability: Bool = false
  ) {
    self.view = view
    self.isProbability = isProbability
    self.look = look
    self.read = read
  }

  /// Makes a score without a model, as tests have it.
  package init(
    isProbability: Bool = false, _ score: @escaping @Sendable (_ planes: Matrix) -> Float
  ) {
    self.init(
      of: nil, { Matrix([[score($0)]]) }, { $0[0, 0] }, isProbability: isProbability)
  }

  package func callAsFunction(_ planes: Matrix) -> Float { read(look(planes)) }

  /// Returns the scores of many changed pictures. Each pass runs on one core, so the result is the
  /// same on any number of cores. Only outputs with a name are kept; the name must tell everything
  /// that the changes depend on besides the picture.
  func scores(
    _ count: Int, named name: String?, _ changed: @escaping @Sendable (Int) -> Matrix
  ) throws -> [Float] {
    let keptOutput = try view.keptOutput(name) {
      .stacked(try passes.concurrently(count) { look(changed($0)) })
    }
    return (0..<count).map { read(keptOutput.rows($0..<$0 + 1)) }
  }
}

extension View? {
  fileprivate func keptOutput(_ name: String?, _ compute: () throws -> Matrix) throws -> Matrix {
    guard let self, let name else { return try compute() }
    return try self.keptOutput(name, compute)
  }
}

extension View {
  /// Returns the score of a target on changed planes of the picture. It costs a pass through the
  /// whole encoder.
  func score(_ target: Target, _ settings: Method.Settings) -> Score {
    let layers = encoder.layers
    return score(target, settings) { layers($0) }
  }

  /// Returns the score of a target on changed channels at the tap.
  func scoreAhead(_ target: Target, _ settings: Method.Settings) -> Score {
    let rest = tap.rest
    return score(target, settings) { rest($0) }
  }

  private func score(
    _ target: Target, _ settings: Method.Settings, _ look: @escaping @Sendable (Matrix) -> Matrix
  ) -> Score {
    let read = target.read(as: settings.score)
    return Score(
      of: self, look, { read($0) },
      isProbability: settings.score == .probability && target.probability != nil)
  }

  /// The pixels that the model sees.
  public var pixels: Grid {
    Grid(width: encoder.preprocessing.width, height: encoder.preprocessing.height)
  }
}
