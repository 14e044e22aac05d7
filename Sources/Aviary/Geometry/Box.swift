/// An upright rectangle that a thing lies in.
struct Box {
  var low: Point
  var high: Point

  /// Creates the box around places, with a margin.
  init(_ points: [Point], margin: Float) {
    low = points.reduce(points[0]) { pointwiseMin($0, $1) } - margin
    high = points.reduce(points[0]) { pointwiseMax($0, $1) } + margin
  }

  init(_ x: Float, _ y: Float, _ x2: Float, _ y2: Float) {
    (low, high) = (Point(x, y), Point(x2, y2))
  }

  static let all = Box(0, 0, 1, 1)

  /// The area that it has in common with another.
  func overlap(_ other: Box) -> Float {
    let common =
      pointwiseMin(high, other.high) - pointwiseMax(low, other.low)
    return max(0, common.x) * max(0, common.y)
  }
}
