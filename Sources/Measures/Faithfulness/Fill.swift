import Encoders
import Glibc
import Ground
import Pictures

/// The pixels that replace those that a measure removes, or from which it starts before it inserts
/// any.
///
/// ```swift
/// Fill.zero(planes, pixels)      // planes of the same size
/// ```
///
/// Planes are already normalized, so 0 is the mean color of the pictures that the model was trained
/// on. A measure's number depends on the fill more than on most other settings, so the fill belongs
/// on its card.
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

  /// The mean color of the training pictures, as in RISE's deletion.
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

  /// The blurred picture, as in RISE's insertion. Beyond the edges it is padded with 0.
  public static let blur = Fill("blur") { planes, pixels in
    let across = Matrix.band(pixels.width, Fill.kernel)
    let down = Matrix.band(pixels.height, Fill.kernel)
    return planes.eachPlane(pixels) { (down * $0).timesTurned(across) }
  }

  /// The separator between the name and the seed of a random fill.
  static let seeded = ", seed "

  /// Normal random numbers with standard deviation 1, like the normalized pictures of the training.
  public static func noise(seed: UInt64) -> Fill {
    Fill("noise\(Fill.seeded)\(seed)") { planes, _ in
      var random = SplitMix(seed: seed)
      return planes.mapped { _ in random.normal() }
    }
  }

  /// Black pixels: (0 - mean) / deviation in each channel.
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

  /// The factor of RISE's separable blur kernel: 11 numbers, whose outer product is the notebook's
  /// 11 x 11 kernel.
  ///
  /// That kernel is not a sampled Gaussian with deviation 5. It is what SciPy's `gaussian_filter`,
  /// cut off at 4 deviations and reflected at the edges, makes of one bright pixel in the middle of
  /// an 11 x 11 picture. The reflection makes it nearly flat: its middle is only 1.14 times as
  /// large as its corners. (eclique/RISE `Evaluation.ipynb`, `gkern(11, 5)`.)
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
  /// A band matrix that convolves along one side with an odd number of weights, padding with 0.
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
