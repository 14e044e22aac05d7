extension Bird {
  /// Draws body, neck and head as one outline, on which the regions lie.
  func drawBody(on easel: inout Easel) {
    let bones = bones
    let girth = bones.girth
    let radius = bones.headRadius
    let lower = bones.shoulder - 0.3 * (bones.head.origin - bones.shoulder)
    let outline: (Point) -> Float = { place in
      let p = pose.local(place)
      let back = stick(p, bones.rump, bones.middle, 0.1, girth * 0.96)
      let front = stick(p, bones.middle, bones.chest, girth * 0.96, girth * 0.84)
      let neck = stick(p, lower, bones.head.origin, girth * 0.62, radius * 0.72)
      let head = length(p - bones.head.origin) - radius
      return pose.scale * blend(blend(back, front, 0.08), blend(neck, head, 0.06), 0.09)
    }
    let reach = Box([bones.rump, bones.middle, bones.chest, bones.head.origin], margin: 0)
    let box = outerBox([reach.low, reach.high], margin: max(girth, radius) + 0.04)
    easel.paint(box, outline) { place, distance, outwards in
      let p = pose.local(place)
      var coat = coat(at: p)
      let round = 0.26 * pose.scale
      if bird.shimmers(coat.patch) {
        coat.tint = Lighting.shimmer(coat.tint, outwards, -distance, roundness: round)
      }
      let q = bones.torso.local(p)
      // Barbs run along the body, and feathers lie in rows.
      let barbs = noise(q.x * 17, q.y * 38, bird.seed)
      let feather = cell(Point(q.x, q.y), [0.07, 0.05])
      let edge = dot(feather.place, feather.place) * 0.35
      let texture = 1 + 0.11 * barbs - 0.28 * edge
      let lit = lighting.falling(outwards, -distance, roundness: round)
      return Easel.Stroke(coat.tint * lit * texture, coat.patch)
    }
  }

  /// Returns the color and the patch at a place. Each region is laid over those before it.
  @inline(__always)
  private func coat(at p: Point) -> Coat {
    let q = bones.torso.local(p)
    let h = bones.head.local(p) / bones.headRadius
    let t = q.y / bones.girth
    let ruffle = 0.05 * noise(q.x * 24, q.y * 24, bird.seed &+ 5)
    var coat = Coat(.belly, bird)
    marks(.bellyStripes, .bellySpots, q, &coat)
    let chest = rise(q.x - 0.1 + 0.14 * t + ruffle, 0.02)
    if chest > 0 {
      coat.lay(.breast, chest, bird)
      if chest >= 0.5 { marks(.breastStripes, .breastSpots, q, &coat) }
    }
    let back = rise(-0.2 - t + ruffle, 0.05)
    if back > 0 {
      coat.lay(.back, back, bird)
      if back >= 0.5 { marks(.backStripes, .backSpots, q, &coat) }
    }
    // The rear of the neck is nape, and its front is throat.
    let n = p - bones.shoulder
    let reach = bones.head.origin - bones.shoulder
    let along = dot(n, reach) / dot(reach, reach)
    let across = (n.y * reach.x - n.x * reach.y) / length(reach)
    let onNeck =
      rise(along - 0.30 + ruffle, 0.05) * rise(1.9 - length(h) + 2 * bones.form.neck, 0.1)
    coat.lay(.nape, onNeck * rise(-across + 0.01 + ruffle, 0.02), bird)
    coat.lay(.throat, onNeck * rise(across + 0.01 + ruffle, 0.02), bird)
    let ring = length(h) / (1 + 0.7 * bones.form.neck)
    let band = rise(0.16 - abs(ring - 1.33) + ruffle, 0.03) * rise(across + 0.06, 0.01)
    if h.y > 0 { coat.lay(.breastBand, band, bird) }
    if length(h) < 1.5 { head(h, ruffle, &coat) }
    return coat
  }

  @inline(__always)
  private func head(_ h: Point, _ ruffle: Float, _ coat: inout Coat) {
    let s: Float = 0.05
    coat.lay(.face, rise(1.08 - length(h - [0.05, 0]), s), bird)
    coat.lay(.nape, rise(0.75 - length((h - [-1.02, 0.36]) * [1.25, 0.85]) + ruffle, s), bird)
    coat.lay(.throat, rise(0.62 - length((h - [0.34, 0.98]) * [0.82, 1]) + ruffle, s), bird)
    coat.lay(
      .crown,
      rise(-0.4 - h.y + 0.10 * h.x + ruffle, s) * rise(h.x + 1.05, s)
        * rise(1.25 - length(h), s), bird)
    coat.lay(
      .crownStripe, rise(0.12 - abs(h.y + 0.70 - 0.1 * h.x), s) * rise(0.75 - abs(h.x), s), bird)
    coat.lay(.forehead, rise(0.43 - length(h - [0.78, -0.52]) + 0.5 * ruffle, s), bird)
    coat.lay(.cheek, rise(0.3 - length((h - [-0.18, 0.4]) * [0.75, 1]) + 0.5 * ruffle, s), bird)
    let front = rise(h.x + 0.72, s) * rise(1.02 - h.x, s)
    coat.lay(.mask, rise(0.27 - abs(h.y + 0.08) + ruffle, s) * front, bird)
    coat.lay(.eyeLine, rise(0.105 - abs(h.y + 0.08 - 0.06 * h.x), s) * front, bird)
    coat.lay(
      .eyebrow,
      rise(0.12 - abs(h.y + 0.43 + 0.10 * h.x * h.x), s) * rise(h.x + 0.8, s)
        * rise(0.85 - h.x, s), bird)
    coat.lay(.malar, rise(-stick(h, [0.72, 0.34], [-0.05, 0.82], 0.10, 0.15), s), bird)
  }

  /// Lays streaks and spots over a region.
  @inline(__always)
  func marks(_ stripes: Patch, _ spots: Patch, _ q: Point, _ coat: inout Coat) {
    if bird.tints[Int(stripes.rawValue)] != nil {
      let (place, x, y) = cell(q, [0.13, 0.072])
      let wobble = 0.1 * lattice(x, y, bird.seed)
      coat.lay(stripes, rise(0.40 - length((place + [0, wobble]) * [0.95, 1.6]), 0.1), bird)
    }
    if bird.tints[Int(spots.rawValue)] != nil {
      let (place, x, y) = cell(q, [0.1, 0.088])
      let wobble = Point(0.1 * lattice(x, y, bird.seed), 0.1 * lattice(y, x, bird.seed))
      coat.lay(spots, rise(0.30 - length(place + wobble), 0.1), bird)
    }
  }
}
