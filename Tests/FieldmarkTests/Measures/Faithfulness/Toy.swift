import Fieldmark
import Foundation
import Testing

/// A picture, maps and a model so small that other packages can be asked about them too: they are
/// written down once more in References/make_faithfulness.py. All numbers are whole ones over
/// powers of two, so both sides begin with the same.
enum Toy {
  static let pixels = Grid(width: 24, height: 16)
  static let asked = 1

  static func picture(planes: Int = 3) -> Matrix {
    matrix(planes) { channel, pixel in
      let number: Int = (channel * 7919 + pixel * 104_729 + 13) % 257
      return Float(number - 128) / 64
    }
  }

  /// No two values are equal.
  static let scattered = map { Float(($0 * 197 + 31) % 384) / 512 }
  /// One large part after the other.
  static let hill = map { pixel in
    let (x, y) = (pixel % 24 - 9, pixel / 24 - 6)
    let height: Int = 1200 - 3 * x * x - 5 * y * y
    return Float(height * 512 + pixel) / Float(1 << 20)
  }
  /// Eight values.
  static let ties = map { Float(($0 * 197 + 31) % 384 / 48) / 8 }

  private static func map(_ value: (Int) -> Float) -> [Float] { (0..<pixels.pixels).map(value) }

  /// A linear map of the mean colors in cells of 8 x 8 pixels.
  static func scorer(_ scale: Scorer.Scale = .probability, batch: Int = 7) -> Scorer {
    Scorer(scale, batch: batch) { $0.map(logits) }
  }

  @Sendable static func logits(_ planes: Matrix) -> [Double] {
    var cells = [Double](repeating: 0, count: planes.rows * 6)
    for plane in 0..<planes.rows {
      for (pixel, value) in planes[row: plane].enumerated() {
        let cell: Int = pixel / 24 / 8 * 3 + pixel % 24 / 8
        cells[plane * 6 + cell] += Double(value) / 64
      }
    }
    return (0..<4).map { k -> Double in
      var logit = Double(k * 5 % 7 - 3) / 8
      for (f, mean) in cells.enumerated() {
        let weight: Int = (k * 37 + f * 101 + 11) % 64 - 32
        logit += Double(weight) / 16 * mean
      }
      return logit
    }
  }

  /// A map for each picture, from 0 to 1.
  @Sendable static func explained(_ planes: Matrix) -> [Float] {
    (0..<planes.columns).map { pixel -> Float in
      let (red, green, blue) = (planes[0, pixel], planes[1, pixel], planes[2, pixel])
      return (abs(red) + 2 * abs(green) + abs(blue)) / 8
    }
  }

  static func changes(
    _ a: Int, _ b: Int, _ c: Int, range: Int, scale: Float
  ) -> Infidelity.Changes {
    Infidelity.Changes("as in the reference", count: 10) { planes, index in
      matrix(planes.rows) { channel, pixel in
        let number: Int = (index * a + channel * b + pixel * c) % range
        return Float(number - range / 2) / scale
      }
    }
  }

  private static func matrix(_ planes: Int, _ value: (Int, Int) -> Float) -> Matrix {
    Matrix((0..<planes).map { plane in (0..<pixels.pixels).map { value(plane, $0) } })
  }
}

/// What the packages answered. (`python3 References/make_faithfulness.py Tests/References`,
/// grad-cam 1.5.7, captum 0.9.0, quantus 0.6.0, torchcam 0.5.0)
struct ToyReferences: Decodable {
  struct Curve: Decodable {
    let curve: [[Double]]
    let auc: Double
  }
  struct Path: Decodable {
    let deletion: Curve
    let insertion: Curve
  }
  struct Drop: Decodable {
    let drop: Double
    let relative: Double
  }
  struct Road: Decodable {
    let morf: [Double]
    let lerf: [Double]
    let combined: Double
    let imputed: [Double]
    let arcc: Double
  }
  struct Confidence: Decodable {
    let drop: Double
    let increase: Double
    let change: Double
    let before: Double
    let averageDrop: Double
  }
  struct Captum: Decodable {
    let infidelity: Double
    let normalized: Double
    let sensitivity: Double
  }
  struct Quantus: Decodable {
    let subsets: [[Int]]
    let correlation: Double
  }
  let kernel: [Double]
  let blurred: [Double]
  let logits: [Double]
  let rise: [String: Path]
  let drops: [String: Drop]
  let road: [String: Road]
  let flat: Double
  let confidence: Confidence
  let captum: Captum
  let quantus: Quantus

  static func read() throws -> ToyReferences {
    try ReferenceData.shipped(ToyReferences.self, "measures/faithfulness.json")
  }
}

/// Numbers so near each other; says where they are farthest apart.
func expectNear(
  _ found: [Double], _ expected: [Double], within: Double = 1e-6, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(what): \(found.count) numbers, expected \(expected.count)", sourceLocation: sourceLocation)
    return
  }
  let distances = zip(found, expected).map { abs($0 - $1) }
  guard let place = distances.indices.max(by: { distances[$0] < distances[$1] }) else { return }
  guard !(distances[place] <= within) || found.contains(where: \.isNaN) else { return }
  Issue.record(
    "\(what)[\(place)] is \(found[place]), expected \(expected[place]), off by \(distances[place])",
    sourceLocation: sourceLocation)
}
