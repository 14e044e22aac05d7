import Fieldmark
import Testing

/// Expects numbers that lie so close, relative to the largest of them; prints both and where.
func expectClose(
  _ found: [Float], _ expected: [Float], within tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard found.count == expected.count else {
    Issue.record(
      "\(what) has \(found.count) numbers, expected \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  let size = max(expected.map(abs).max() ?? 0, .leastNormalMagnitude)
  let worst = found.indices.max { abs(found[$0] - expected[$0]) < abs(found[$1] - expected[$1]) }
  let isFinite = found.allSatisfy(\.isFinite)
  guard let worst, !isFinite || abs(found[worst] - expected[worst]) > tolerance * size else {
    return
  }
  Issue.record(
    """
    \(what) differs by \(abs(found[worst] - expected[worst]) / size) of the largest at [\(worst)]: \
    found \(found[worst]), expected \(expected[worst])
    """, sourceLocation: sourceLocation)
}

func expectClose(
  _ found: Matrix, _ expected: Matrix, within tolerance: Float, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    found.rows == expected.rows && found.columns == expected.columns,
    "\(what): \(found), expected \(expected)", sourceLocation: sourceLocation)
  expectClose(
    found.elements, expected.elements, within: tolerance, what, sourceLocation: sourceLocation)
}

/// Numbers between -1 and 1 that are the same on every run.
func numbers(_ count: Int, seed: UInt64) -> [Float] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
  }
}

func matrix(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
  Matrix(rows: rows, columns: columns, numbers(rows * columns, seed: seed))
}
