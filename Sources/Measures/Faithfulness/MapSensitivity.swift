import Encoders

/// How much a map changes when the picture changes imperceptibly: the largest value, over small
/// changes d of the picture, of
///
///     |phi(x) - phi(x + d)| / |phi(x)|
///
/// with the Euclidean norm; for a map that is 0 everywhere, the numerator alone. (Yeh et al. 2019,
/// arXiv 1901.09392, section 3; implemented as in captum, with 10 changes of up to 0.02.)
///
/// ```swift
/// try MapSensitivity()(planes) { changed in mapOf(changed) }.value      // small is good
/// ```
///
/// The model's score is not used: the measure says how stable a map is, not whether it is right. A
/// method that gives the same map for all pictures has 0.
public struct MapSensitivity: Sendable {
  public var changes: Infidelity.Changes

  public init(_ changes: Infidelity.Changes = .uniform()) { self.changes = changes }

  public func callAsFunction(
    _ planes: Matrix, mapOf: (_ planes: Matrix) throws -> [Float]
  ) throws -> CardedNumber {
    let map = try mapOf(planes)
    try Card.check("max sensitivity", map: map)
    let length = MapSensitivity.length(map.map { Double($0) })
    let most = try (0..<changes.count).map { index -> Double in
      let changed = try mapOf(planes + changes.change(planes, index))
      precondition(changed.count == map.count, "Maps of one picture have one size.")
      // With NaN among the numbers, the maximum would depend on their order.
      try Card.check("max sensitivity", map: changed)
      let difference = zip(map, changed).map { Double($0) - Double($1) }
      return MapSensitivity.length(difference) / (length > 0 ? length : 1)
    }.max()
    return CardedNumber(
      value: most,
      card: Card(
        "max sensitivity", paper: "Yeh et al. 2019, arXiv 1901.09392",
        [
          "changes": .string(changes.name), "seed": changes.writtenSeed,
          "steps": .integer(changes.count), "score": .null,
        ]))
  }

  private static func length(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
