/// A place in a picture, in its pixels from the upper left corner.
public struct Point: Equatable, Sendable {
  public let x: Double
  public let y: Double

  public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}

/// The places of the parts of all pictures: 8 bytes for each part, visible or not.
struct PartPlaces: Sendable {
  /// The largest number of parts on all pictures together, which takes 800 MB.
  static let most = 100_000_000

  private let parts: Int
  private var points: [SIMD2<Float>]

  init(parts: Int = 0, examples: Int = 0) {
    self.parts = parts
    points = [SIMD2<Float>](repeating: SIMD2(repeating: .nan), count: parts * examples)
  }

  mutating func set(_ point: Point, part: Int, of example: Int) {
    points[example * parts + part] = SIMD2(Float(point.x), Float(point.y))
  }

  func points(of example: Int) -> [Point?] {
    points[example * parts..<(example + 1) * parts].map {
      $0.x.isNaN ? nil : Point(x: Double($0.x), y: Double($0.y))
    }
  }

  /// The number of visible parts.
  var visible: Int { points.count { !$0.x.isNaN } }
}
