import Encoders
import Ground
import Pictures

/// RISE's masks: small grids of cells that are randomly seen or hidden. They are enlarged beyond
/// the picture and shifted at random, so that edges do not always lie in the same places.
///
/// ```swift
/// RandomMasks(4000, over: Grid(width: 224, height: 224), seed: 0).masks
/// ```
///
/// A grid of 7 x 7 cells is enlarged to 8 C pixels on each side, and a window as large as the
/// picture is cut out of it. C is the picture's side over 7, rounded up as in the authors' code.
/// Rounded down as in the paper, it would leave too little room to shift if 7 does not divide the
/// side.
package struct RandomMasks: Sendable {
  let count: Int
  let pixels: Grid
  let seed: UInt64
  let cells = 7
  /// The share of cells that are seen.
  let share: Float = 0.5

  package init(_ count: Int, over pixels: Grid, seed: UInt64) {
    self.count = count
    self.pixels = pixels
    self.seed = seed
  }

  package var masks: Masks { Masks(count, named: "random \(count) \(seed)") { mask($0) } }

  private func mask(_ index: Int) -> Matrix {
    var random = SplitMix(seed: seed, index)
    let seen = (0..<cells * cells).map { _ -> Float in random.unit() < share ? 1 : 0 }
    let (across, down) = (cellSide(pixels.width), cellSide(pixels.height))
    let (x, y) = (random.below(across), random.below(down))
    return Matrix(rows: cells, columns: cells, seen).stretched(
      width: (cells + 1) * across, height: (cells + 1) * down, columns: x..<x + pixels.width,
      rows: y..<y + pixels.height)
  }

  private func cellSide(_ length: Int) -> Int { (length + cells - 1) / cells }

  /// Returns 1 / (p N) sum of (f_i - mean of f) M_i. For a probability, which is the paper's f, the
  /// mean is not subtracted.
  ///
  /// A logit has no natural zero, and its level times the unevenness of the masks would drown what
  /// it says. Since E[M] / p = 1, subtracting the mean only shifts the whole map by that mean: it
  /// is then positive where seeing more raises the score.
  package static func map(
    _ masks: Masks, _ scores: [Float], share: Float, isProbability: Bool = false,
    _ passes: Passes = .silent
  ) throws -> Matrix {
    let count = Float(max(1, scores.count))
    // The mean is computed in doubles, because the scores are many and nearly the same.
    let mean = isProbability ? 0 : Float(scores.reduce(0.0) { $0 + Double($1) } / Double(count))
    return (1 / (share * count)) * (try masks.sum(weightedBy: scores.map { $0 - mean }, passes))
  }

  package func map(_ planes: Matrix, _ score: Score) throws -> Matrix {
    try RandomMasks.map(
      masks, masks.scores(of: planes, score), share: share, isProbability: score.isProbability,
      score.passes)
  }
}
