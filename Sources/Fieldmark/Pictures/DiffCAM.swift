import Encoders

/// What makes a picture differ from a group of others, without words or classes.
///
///     let others = DiffCAM(try concurrentViews(of: folder).map(\.features))
///     others.map(of: view)                       // raw: where it is unlike them
///     others.nearest(10, to: view.features)      // against the ten most similar alone
///
/// With z the mean of the activation over the picture's places, m and S the references' mean and
/// scatter, the channels' weights w are the direction along which z is farthest from them, measured
/// by how much they differ themselves (eq. 4 to 6):
///
///     J(w) = (w'z - w'm)^2 / sum_i (w'z_i - w'm)^2,   w = (S + lambda 1)^-1 (z - m)
///     map  = sum_k w_k A_k
///
/// (Li et al. 2025, DiffCAM, CVPR. The scale of w does not matter to its maps; Tikhonov's lambda is
/// given as a share of the mean of S's diagonal, since the paper gives no number.)
public struct DiffCAM: Sendable {
  /// A row for each reference: the mean of its activation over its places.
  public let references: Matrix
  public let share: Float
  private let mean: [Double]
  private let factor: Cholesky

  public init(_ references: Matrix, lambda share: Float = 1e-2) throws {
    guard references.rows > 0 else {
      throw InputError("references", expected: "at least one picture", found: "none")
    }
    self.references = references
    self.share = share
    let (count, width) = (references.rows, references.columns)
    let mean = (0..<width).map { column in
      (0..<count).reduce(0.0) { $0 + Double(references[$1, column]) } / Double(count)
    }
    var scatter = [Double](repeating: 0, count: width * width)
    for row in 0..<count {
      let left = zip(references[row: row], mean).map { Double($0) - $1 }
      for i in 0..<width where left[i] != 0 {
        for j in 0...i { scatter[i * width + j] += left[i] * left[j] }
      }
    }
    let diagonal = (0..<width).reduce(0.0) { $0 + scatter[$1 * width + $1] } / Double(width)
    // One reference, or equal ones, have no scatter: every direction counts the same.
    let lambda = diagonal > 0 ? Double(share) * diagonal : 1
    for i in 0..<width { scatter[i * width + i] += lambda }
    self.mean = mean
    factor = Cholesky(scatter, size: width)
  }

  /// The references that are nearest, by the cosine of their features: for large groups of many
  /// kinds the paper takes the similar ones alone.
  public func nearest(_ count: Int, to features: [Float]) throws -> DiffCAM {
    let cosines = Matrix([features]).scaledToUnitRows()
      .timesTurned(references.scaledToUnitRows()).elements
    let order = cosines.indices.sorted { (-cosines[$0], $0) < (-cosines[$1], $1) }
    return try DiffCAM(references.picking(order.prefix(max(1, count))), lambda: share)
  }

  /// The weight of each channel for a picture of these features.
  public func weights(of features: [Float]) -> [Float] {
    precondition(features.count == mean.count, "References have as many channels as a picture.")
    return factor.solve(zip(features, mean).map { Double($0) - $1 }).map { Float($0) }
  }

  public func map(of view: View) -> Heatmap {
    view.heatmap(view.activation.rowSums(weightedBy: weights(of: view.features)))
  }
}

extension View {
  /// The mean of each channel over the picture's places.
  public var features: [Float] { activation.meanRow().elements }
}

/// A symmetric, positive matrix as the product of a triangle with itself turned.
struct Cholesky: Sendable {
  private let size: Int
  private let triangle: [Double]

  /// Row by row; only what is on and below the diagonal is read.
  init(_ matrix: [Double], size: Int) {
    var l = matrix
    l.withUnsafeMutableBufferPointer { l in
      for i in 0..<size {
        for j in 0...i {
          var sum = l[i * size + j]
          for k in 0..<j { sum -= l[i * size + k] * l[j * size + k] }
          l[i * size + j] =
            i == j ? max(sum, .leastNormalMagnitude).squareRoot() : sum / l[j * size + j]
        }
      }
    }
    triangle = l
    self.size = size
  }

  /// x with matrix x = right.
  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in 0..<size {
      for k in 0..<i { x[i] -= triangle[i * size + k] * x[k] }
      x[i] /= triangle[i * size + i]
    }
    for i in stride(from: size - 1, through: 0, by: -1) {
      for k in i + 1..<size { x[i] -= triangle[k * size + i] * x[k] }
      x[i] /= triangle[i * size + i]
    }
    return x
  }
}
