/// The color of a place on a bird, and the patch that it shows, after patches were laid over each
/// other.
struct Coat {
  var tint: Tint
  var patch: Patch

  init(_ patch: Patch, _ bird: Individual) {
    self.patch = patch
    tint = bird.tints[Int(patch.rawValue)] ?? tint3(0.2)
  }

  /// Lays a patch over the place as far as it covers it. Nothing changes if the bird does not have
  /// the patch.
  @inline(__always)
  mutating func lay(_ patch: Patch, _ cover: @autoclosure () -> Float, _ bird: Individual) {
    guard let over = bird.tints[Int(patch.rawValue)] else { return }
    let cover = cover()
    guard cover > 0 else { return }
    tint = mix(tint, over, cover)
    if cover >= 0.5 { self.patch = patch }
  }
}

func tint3(_ x: Float) -> Tint { Tint(x, x, x) }

/// The direction and the color of the light.
struct Lighting: Sendable {
  /// The direction from the thing to the light; the third coordinate points out of the picture.
  var towards: SIMD3<Float> = [-0.35, -0.65, 0.67]
  var sun: Tint = [1, 1, 1]
  var sky: Tint = [0.45, 0.45, 0.45]

  /// Returns the light on a thing that is round to a depth, at a place that lies so far inside its
  /// edge, which faces `outwards`.
  @inline(__always)
  func falling(_ outwards: Point, _ inside: Float, roundness: Float) -> Tint {
    let k = 1 - clamp(inside / roundness)
    let nz = max(0, 1 - k * k).squareRoot()
    let facing = towards.x * outwards.x * k + towards.y * outwards.y * k + towards.z * nz
    return sky + sun * max(0, facing)
  }

  /// Returns the color of shimmering feathers: green toward the light, purple and blue away from
  /// it.
  @inline(__always)
  static func shimmer(_ tint: Tint, _ outwards: Point, _ inside: Float, roundness: Float) -> Tint {
    let k = 1 - clamp(inside / roundness)
    let t = clamp(0.5 - 0.5 * outwards.y * k + 0.25 * outwards.x * k)
    let low = Tint(0.20, 0.03, 0.34)
    let middle = Tint(0.02, 0.10, 0.30)
    let high = Tint(0.02, 0.32, 0.20)
    return t < 0.5 ? mix(low, middle, 2 * t) : mix(middle, high, 2 * t - 1)
  }
}
