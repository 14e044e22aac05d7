import Encoders
import Explaining
import Ground
import Pictures

/// The harmonic mean of three measures of one map; a poor map does not pass all three. (grad-cam
/// 1.5.7 `arcc.py`. Its text says geometric mean, but its code computes this.)
///
///     3 / (1 / (coherency + e) + 1 / (1 - complexity + e) + 1 / (ROAD + e)),   e = 10^-8
///
/// - coherency: (r + 1) / 2, where r is the correlation of the map and the map of the picture seen
///   through it;
/// - complexity: the mean of the map's magnitudes;
/// - ROAD: twice the combined value at the percentiles 20, 40, 60 and 80, clamped to 0...1.
///
/// ```swift
/// let arcc = try ARCC()(planes, pixels, values, of: 0, scorer) { changed in mapOf(changed) }
/// ```
///
/// Both maps must be scaled to 0...1.
public struct ARCC: Sendable {
  public var road: ROAD

  public init(_ road: ROAD = ROAD(percentiles: [20, 40, 60, 80])) { self.road = road }

  public struct Result: Equatable, Sendable {
    public let coherency: Double
    public let complexity: Double
    /// Nil if ROAD has no value.
    public let road: Double?
    public let card: Card

    public var value: Double? {
      road.map { road in
        let parts = [coherency, 1 - complexity, road]
        return Double(parts.count) / parts.reduce(0) { $0 + 1 / ($1 + 1e-8) }
      }
    }
  }

  public func callAsFunction(
    _ planes: Matrix, _ pixels: Grid, _ map: [Float], of label: Int, _ scorer: Scorer,
    mapOf: (_ planes: Matrix) throws -> [Float]
  ) throws -> Result {
    try ARCC.check(map, "ARCC's map")
    let again = try mapOf(planes.seen(through: Matrix([map])))
    precondition(again.count == map.count, "Maps of one picture have one size.")
    try ARCC.check(again, "ARCC's map of what the map shows")
    let road = try road(planes, pixels, map, of: label, scorer)
    return Result(
      coherency: (likeness(map, again) + 1) / 2,
      complexity: map.reduce(0) { $0 + Double(abs($1)) } / Double(map.count),
      road: road.combined.map { min(1, max(0, 2 * $0)) },
      card: Card(
        "ARCC", paper: "Poppi et al. 2021, arXiv 2104.10252; grad-cam 1.5.7",
        ["road": road.card.json, "map": "from 0 to 1", "mean": "harmonic"]))
  }

  private static func check(_ map: [Float], _ place: String) throws {
    guard let stray = map.first(where: { !(0...1).contains($0) }) else { return }
    throw InputError(place, expected: "numbers from 0 to 1", found: "\(stray)")
  }
}

/// The correlation with e = 10^-8 added to the product of deviations, as in grad-cam: 0 if a map is
/// constant, which includes a map of a single pixel.
private func likeness(_ a: [Float], _ b: [Float]) -> Double {
  let (a, b) = (a.map { Double($0) }, b.map { Double($0) })
  let count = Double(a.count)
  let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
  var (products, squaresA, squaresB) = (0.0, 0.0, 0.0)
  for (a, b) in zip(a, b) {
    products += (a - meanA) * (b - meanB)
    squaresA += (a - meanA) * (a - meanA)
    squaresB += (b - meanB) * (b - meanB)
  }
  let free = max(1, count - 1)
  return products / free / ((squaresA * squaresB).squareRoot() / free + 1e-8)
}
