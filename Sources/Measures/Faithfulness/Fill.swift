import Encoders
import Glibc
import Ground
import Pictures

/// What stands where a measure takes a picture's pixels away, or before it puts them in.
///
/// ```swift
/// Fill.zero(planes, pixels)      // planes of the same size
/// ```
///
/// Planes are normalized already, so 0 is the mean color of the pictures that the model was trained
/// on. A measure's number depends on this choice more than on most others: it belongs on its card.
public struct Fill: Sendable {
  public let name: String
  private let fill: @Sendable (_ planes: Matrix, _ pixels: Grid) -> Matrix

  public init(
    _ name: String, _ fill: @escaping @Sendable (_ planes: Matrix, _ pixels: Grid) -> Matrix
  ) {
    self.name = name
    self.fill = fill
  }

  public func callAsFunction(_ planes: Matrix, _ pixels: Grid) -> Matrix { fill(planes, pixels) }

  /// The mean color of all pictures: RISE's deletion.
  public static let zero = Fill("zero") { planes, _ in planes.hidden }

  /// The mean color of this picture.
  public static let mean = Fill("mean") { planes, pixels in
    planes.eachPlane(pixels) { plane in
      let sum = plane.elements.reduce(0.0) { $0 + Double($1) }
      return Matrix(
        rows: plane.rows, columns: plane.columns,
        repeating: Float(sum / Double(plane.elements.count)))
    }
  }

  /// The picture out of focus: RISE's insertion. Beyond the edge there is 0.
  public static let blur = Fill("blur") { planes, pixels in
    let across = Matrix.band(pixels.width, Fill.kernel)
    let down = Matrix.band(pixels.height, Fill.kernel)
    return planes.eachPlane(pixels) { (down * $0).timesTurned(across) }
  }

  /// What stands before the seed in the name of a fill that is drawn.
  static let seeded = ", seed "

  /// Normal numbers of deviation 1, as the normalized pictures of the training had.
  public static func noise(seed: UInt64) -> Fill {
    Fill("noise\(Fill.seeded)\(seed)") { planes, _ in
      var random = SplitMix(seed: seed)
      return planes.mapped { _ in random.normal() }
    }
  }

  /// Black pixels: (0 - mean) / deviation.
  public static func black(_ preprocessing: Preprocessing) -> Fill {
    Fill("black") { planes, _ in
      var black = planes
      for row in 0..<planes.rows {
        let channel = row % 3
        let number = -preprocessing.mean[channel] / preprocessing.deviation[channel]
        for pixel in 0..<planes.columns { black[row, pixel] = number }
      }
      return black
    }
  }

  /// A row of RISE's blur: 11 numbers, whose products with each other are the 11 x 11 of the notebook.
  ///
  /// That kernel is no sampled Gaussian of deviation 5: it is what SciPy's `gaussian_filter`, 4
  /// deviations wide and reflected at the edges, leaves of one bright pixel in the middle of an 11 x
  /// 11 picture. What left through the edges came back in, so it is nearly flat: 1.14 times as much in
  /// the middle as in the corners. (eclique/RISE `Evaluation.ipynb`, `gkern(11, 5)`.)
  package static let kernel: [Double] = {
    let (side, reach) = (11, 20)
    let weights = (-reach...reach).map { exp(-Double($0 * $0) / 50) }
    let sum = weights.reduce(0, +)
    var kernel = [Double](repeating: 0, count: side)
    for place in 0..<side {
      for (offset, weight) in zip(-reach...reach, weights) {
        // ... 1 0 | 0 1 ... 10 | 10 9 ...
        let turn = (place + offset + 4 * side) % (2 * side)
        if min(turn, 2 * side - 1 - turn) == side / 2 { kernel[place] += weight / sum }
      }
    }
    return kernel
  }()
}

extension Matrix {
  /// Steps along a side: each place gets those around it, weighted by an odd number of weights.
  fileprivate static func band(_ length: Int, _ weights: [Double]) -> Matrix {
    var band = Matrix(rows: length, columns: length)
    for place in 0..<length {
      for (index, weight) in weights.enumerated() {
        let other = place + index - weights.count / 2
        if (0..<length).contains(other) { band[place, other] = Float(weight) }
      }
    }
    return band
  }
}
