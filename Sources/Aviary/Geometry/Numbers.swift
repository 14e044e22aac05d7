/// A place: in the picture (both coordinates go from 0 to 1, down from the top), on a bird, or on a
/// part of a bird.
typealias Point = SIMD2<Float>

// Nothing here calls the C library's mathematics, whose last bits differ between processors.
// Additions, products, quotients and roots give the same bits everywhere. The sums in `dot` are
// written out because SIMD's own sums leave the order open.

@inline(__always) func dot(_ a: Point, _ b: Point) -> Float { a.x * b.x + a.y * b.y }

@inline(__always) func length(_ a: Point) -> Float { dot(a, a).squareRoot() }

@inline(__always) func clamp(_ x: Float) -> Float { max(0, min(1, x)) }

/// Returns the whole number below x, which must be small. It is computed here because programs are
/// built for old x86 processors too, on which Float's own rounding is a call to the C library.
@inline(__always) package func whole(_ x: Float) -> Float {
  let towardsZero = Float(Int32(x))
  return towardsZero > x ? towardsZero - 1 : towardsZero
}

/// Rises from 0 at -1/2 to 1 at 1/2, without corners.
@inline(__always) package func smooth(_ x: Float) -> Float {
  let t = clamp(x + 0.5)
  return t * t * (3 - 2 * t)
}

/// Rises from 0 to 1 where x passes 0, over `softness` on either side.
@inline(__always) func rise(_ x: Float, _ softness: Float) -> Float { smooth(x / (2 * softness)) }

@inline(__always) func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }

@inline(__always) func mix(_ a: Tint, _ b: Tint, _ t: Float) -> Tint { a + (b - a) * t }

/// Returns the smaller of two distances, rounded off where they are nearly the same (Quilez's
/// polynomial).
@inline(__always) func blend(_ a: Float, _ b: Float, _ width: Float) -> Float {
  let h = max(0, width - abs(a - b)) / width
  return min(a, b) - h * h * width * 0.25
}

/// Returns a direction of length 1. Positive angles go up from the right, since rows grow
/// downwards.
///
/// The sine is computed by its series around 0, after the angle was folded into -90...90 degrees.
/// The first term that is left out is (pi/2)^11 / 11! < 4e-6.
func direction(degrees: Float) -> Point {
  Point(sine(degrees + 90), -sine(degrees))
}

private func sine(_ degrees: Float) -> Float {
  var turn = degrees / 360
  turn -= whole(turn)
  let folded: Float = turn < 0.25 ? turn : turn < 0.75 ? 0.5 - turn : turn - 1
  let x = folded * 6.2831855
  let y = x * x
  return x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72))))
}

/// A frame of coordinates that is turned and moved.
struct Frame: Sendable {
  let origin: Point
  /// The frame's first axis. The second one is a quarter turn clockwise on the screen.
  let axis: Point

  @inline(__always) func local(_ p: Point) -> Point {
    let q = p - origin
    return Point(dot(q, axis), q.y * axis.x - q.x * axis.y)
  }

  @inline(__always) func outer(_ p: Point) -> Point {
    origin + p.x * axis + p.y * Point(-axis.y, axis.x)
  }
}

/// Returns the distance to a stick whose ends have radii, which is negative inside the stick.
@inline(__always) func stick(
  _ p: Point, _ a: Point, _ b: Point, _ radiusA: Float, _ radiusB: Float
) -> Float {
  let (ap, ab) = (p - a, b - a)
  let t = clamp(dot(ap, ab) / dot(ab, ab))
  return length(ap - t * ab) - mix(radiusA, radiusB, t)
}

/// Returns nearly the distance to an upright ellipse, and exactly that at its edge.
@inline(__always) func ellipse(_ p: Point, _ middle: Point, _ radii: Point) -> Float {
  let q = (p - middle) / radii
  let r = length(q)
  let slope = length(q / radii)
  return slope < 1e-6 ? -min(radii.x, radii.y) : r * (r - 1) / slope
}
