extension Bird {
  /// Draws a wing from its bend to its tip, folded along the body or lifted above it. In the wing's
  /// own frame, s goes from 0 to 1 along the wing and t from -1 to 1 across it.
  func drawWing(_ frame: Frame, isFar: Bool, on easel: inout Easel) {
    let isLifted = pose.hasLiftedWings
    let span = bird.form.wing * (isLifted ? 0.92 : 1)
    let isBroad = bird.form.wingShape == "broad-wings" || bird.form.wingShape == "rounded-wings"
    let width: Float = (isLifted ? 0.25 : 0.185) * (isBroad ? 1.06 : 0.92)
    let bend: Float = isLifted ? 0.14 : 0.06
    let box = outerBox([frame.outer(.zero), frame.outer([span, 0])], margin: width + bend)
    easel.paint(box) { place in
      let q = frame.local(pose.local(place))
      let s = q.x / span
      let half = width * Bird.wingOutline(s, isBroad)
      let middle = bend * 4 * s * (1 - s) * (isLifted ? 1 : -0.6)
      let along = max(-s, s - 1) * span
      return pose.scale * max(abs(q.y - middle) - half, along)
    } stroke: { place, distance, outwards in
      let q = frame.local(pose.local(place))
      let s = q.x / span
      let half = max(0.02, width * Bird.wingOutline(s, isBroad))
      let middle = bend * 4 * s * (1 - s) * (isLifted ? 1 : -0.6)
      let t = (q.y - middle) / half
      var coat = isFar ? Coat(.farWing, bird) : wingCoat(s, t, q)
      if bird.shimmers(coat.patch) || (isFar && bird.shimmers(.wing)) {
        coat.tint = Lighting.shimmer(coat.tint, outwards, -distance, roundness: 0.12 * pose.scale)
      }
      let lit = lighting.falling(outwards, -distance, roundness: 0.075 * pose.scale)
      return Easel.Stroke(coat.tint * lit * Bird.vanes(s, t, bird.seed), coat.patch)
    }
  }

  /// Returns half of a wing's width: a round bend, then a taper.
  @inline(__always)
  private static func wingOutline(_ s: Float, _ isBroad: Bool) -> Float {
    let front = 1 - min(1, max(0, s) / 0.3)
    if s < 0.3 { return max(0, 1 - front * front).squareRoot() }
    let x = (s - 0.3) / 0.7
    return max(0, 1 - (isBroad ? x * x : x))
  }

  /// Returns the shading of flight feathers and, before them, of small feathers in rows.
  @inline(__always)
  private static func vanes(_ s: Float, _ t: Float, _ seed: UInt32) -> Float {
    if s > 0.44 {
      let line = (t * 4.2 + s * 2.5)
      let place = line - whole(line)
      return 1.06 - 0.42 * rise(0.14 - place, 0.09) + 0.06 * noise(s * 60, t * 6, seed)
    }
    let feather = cell(Point(s, t), [0.075, 0.34])
    return 1.06 - 0.55 * dot(feather.place, feather.place) + 0.05 * noise(s * 50, t * 12, seed)
  }

  @inline(__always)
  private func wingCoat(_ s: Float, _ t: Float, _ q: Point) -> Coat {
    var coat = Coat(.wing, bird)
    let ruffle = 0.018 * noise(s * 40, t * 9, bird.seed)
    coat.lay(.wingTip, rise(s - 0.68 + ruffle, 0.015), bird)
    coat.lay(
      .wingPatch, rise(0.11 - abs(s - 0.57) + ruffle, 0.012) * rise(0.62 - abs(t), 0.06), bird)
    if bird.tints[Int(Patch.wingSpots.rawValue)] != nil {
      let (place, _, _) = cell(q, [0.11, 0.1])
      coat.lay(.wingSpots, rise(0.27 - length(place), 0.08) * rise(s - 0.1, 0.02), bird)
    }
    let slanted = s + 0.05 * t * t + ruffle
    let bars = max(rise(0.034 - abs(slanted - 0.34), 0.01), rise(0.034 - abs(slanted - 0.49), 0.01))
    coat.lay(.wingBars, bars, bird)
    coat.lay(.epaulet, rise(0.265 - s - 0.03 * t * t + ruffle, 0.012), bird)
    return coat
  }

  /// Draws the tail as it is seen from the side, with its upper side above and its underside below.
  func drawTail(on easel: inout Easel) {
    let frame = bones.tail
    let (span, shape) = (bird.form.tail, bird.form.tailShape)
    let width = bird.form.tailWidth
    let margin = width * (shape == .fan ? 2.4 : 1.8)
    easel.paint(outerBox([frame.outer([-0.05, 0]), frame.outer([span, 0])], margin: margin)) {
      place in
      let q = frame.local(pose.local(place))
      let s = q.x / span
      let half = width * Bird.tailWidth(s, shape)
      let t = q.y / max(0.02, half)
      return pose.scale
        * max(abs(q.y) - half, (s - Bird.tailEnd(t, shape)) * span, -q.x - 0.05)
    } stroke: { place, distance, outwards in
      let q = frame.local(pose.local(place))
      let s = q.x / span
      let t = q.y / max(0.02, width * Bird.tailWidth(s, shape))
      var coat = Coat(.underTail, bird)
      coat.lay(.upperTail, rise(t + 0.12, 0.08), bird)
      let bars = s * 5.5
      coat.lay(
        .tailBars, rise(0.22 - abs(bars - whole(bars) - 0.5), 0.06) * rise(s - 0.12, 0.02),
        bird)
      coat.lay(.tailTip, rise(s - Bird.tailEnd(t, shape) + 0.2, 0.02), bird)
      let line = t * 2.6
      let vane = 1.05 - 0.35 * rise(0.12 - (line - whole(line)), 0.08)
      if bird.shimmers(coat.patch) {
        coat.tint = Lighting.shimmer(coat.tint, outwards, -distance, roundness: 0.08 * pose.scale)
      }
      let lit = lighting.falling(outwards, -distance, roundness: 0.05 * pose.scale)
      return Easel.Stroke(coat.tint * lit * vane, coat.patch)
    }
  }

  @inline(__always)
  private static func tailWidth(_ s: Float, _ shape: Form.TailShape) -> Float {
    switch shape {
    case .fan: 0.9 + 1.3 * clamp(s)
    case .forked: 0.85 + 0.75 * clamp(s)
    case .pointed: 1.15 - 0.35 * clamp(s)
    default: 0.95 + 0.35 * clamp(s)
    }
  }

  /// Returns how far along the tail its end lies, for t from one edge to the other.
  @inline(__always)
  private static func tailEnd(_ t: Float, _ shape: Form.TailShape) -> Float {
    let t = abs(t)
    return switch shape {
    case .squared: 1
    case .notched: 0.86 + 0.14 * t
    case .forked: 0.5 + 0.5 * t
    case .rounded: 1 - 0.2 * t * t
    case .fan: 1 - 0.16 * t * t
    case .pointed: 1 - 0.62 * t
    }
  }

  /// Draws the bill, whose root lies under the face; s goes from 0 to 1 along it.
  func drawBill(on easel: inout Easel) {
    let radius = bones.headRadius
    let form = bird.form
    let frame = Frame(
      origin: bones.head.outer(Point(0.72, 0.08) * radius), axis: bones.head.axis)
    let span = form.bill + 0.28 * radius
    let depth = form.billDepth
    easel.paint(outerBox([frame.outer(.zero), frame.outer([span, 0])], margin: depth + 0.14)) {
      place in
      let q = frame.local(pose.local(place))
      let s = q.x / span
      let (upper, lower) = Bird.billEdges(clamp(s), form.billShape)
      let fall = Bird.billFall(s, form.billShape) * span
      return pose.scale
        * max(q.y - fall - lower * depth, fall - upper * depth - q.y, -q.x, q.x - span)
    } stroke: { place, distance, outwards in
      let q = frame.local(pose.local(place))
      let s = q.x / span
      var coat = Coat(.bill, bird)
      coat.lay(.billTip, rise(s - 0.66, 0.03), bird)
      let gape = q.y - Bird.billFall(s, form.billShape) * span - 0.12 * depth
      let line = 1 - 0.45 * rise(0.1 * depth - abs(gape), 0.06 * depth)
      let lit = lighting.falling(outwards, -distance, roundness: 0.5 * depth * pose.scale)
      return Easel.Stroke(coat.tint * lit * line, coat.patch)
    }
  }

  /// Returns how thick the bill is above and below its middle, as shares of its depth.
  @inline(__always)
  private static func billEdges(_ s: Float, _ shape: Form.BillShape) -> (Float, Float) {
    switch shape {
    case .cone: (1 - s * s * 0.95, 0.75 * (1 - s))
    case .dagger: (0.62 * (1 - s), 0.62 * (1 - s))
    case .needle: (0.55 * (1 - 0.7 * s), 0.55 * (1 - 0.7 * s))
    case .curved: (0.6 * (1 - 0.8 * s), 0.6 * (1 - 0.8 * s))
    case .hooked: (0.95 * (1 - 0.8 * s * s), s < 0.7 ? 0.5 * (1 - s) : -0.2 + 1.3 * (s - 0.7))
    case .hookedSeabird:
      (0.55 * (1 - 0.7 * s * s * s), s < 0.8 ? 0.5 - 0.15 * s : 0.62 - 0.6 * (s - 0.8))
    case .spatulate: (0.72 - 1.3 * s * (1 - s) - 0.2 * s, 0.55 - 0.7 * s * (1 - s) - 0.05 * s)
    case .allPurpose: (0.7 * (1 - 0.85 * s * s), 0.6 * (1 - 0.9 * s))
    }
  }

  /// Returns how far the middle of the bill has sunk, as a share of its length.
  @inline(__always)
  private static func billFall(_ s: Float, _ shape: Form.BillShape) -> Float {
    switch shape {
    case .curved: 0.32 * s * s
    case .hooked: s < 0.5 ? 0.12 * s : 0.06 + 0.9 * (s - 0.5) * (s - 0.5)
    case .hookedSeabird: s < 0.75 ? 0.02 * s : 0.015 + 1.6 * (s - 0.75) * (s - 0.75)
    case .spatulate: 0.14 * s
    case .cone: 0.10 * s
    default: 0.05 * s
    }
  }
}
