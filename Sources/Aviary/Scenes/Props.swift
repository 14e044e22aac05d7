import Ground

extension Bird {
  /// Draws what the bird stands on, sits on, clings to or hovers in front of. This is painted
  /// first, so that the bird covers it.
  func drawPerch(_ scene: Scene, hasRing: Bool = true, on easel: inout Easel) {
    let ring = hasRing ? scene.ring : nil
    let wood = scene.habitat == .snow ? rgb(96, 84, 76) : rgb(98, 74, 52)
    switch pose.stance {
    case .clinging:
      let foot = pose.outer(bones.torso.outer([0, bones.girth + 0.1]))
      let thick = 0.22 * pose.scale
      let side: Float = pose.looksRight ? 1 : -1
      let lean = bones.torso.axis
      let along = Point(lean.x * side, lean.y) * 1.6
      let middle = foot + Point(thick * side, thick * 0.3)
      twig(middle - along, middle + along, thick, wood, ring, scene, on: &easel)
    case .hovering, .swimming:
      // A reed stands beside the bird, so that there is a twig in every picture.
      let x = pose.place.x + (pose.looksRight ? -0.36 : 0.36)
      let at = max(0.07, min(0.93, x))
      twig([at, 1.1], [at + 0.03, 0.25], 0.012, rgb(120, 116, 62), ring, scene, on: &easel)
    case .standing, .sitting:
      let foot = pose.outer(bones.foot + [0, 0.05])
      if bird.form.habits == .perches {
        let slope = 0.12 * lattice(1, 2, scene.seed)
        let thick = 0.055 * pose.scale
        let y = foot.y + thick * 0.7
        twig(
          [-0.1, y - slope * (foot.x + 0.1)], [1.1, y + slope * (1.1 - foot.x)], thick, wood, ring,
          scene, on: &easel)
      } else {
        let at = max(0.07, min(0.93, pose.place.x + (pose.looksRight ? -0.34 : 0.34)))
        twig(
          [at, min(1.1, foot.y + 0.08)], [at - 0.04, 0.3], 0.014, wood, ring, scene, on: &easel)
        drawGround(foot, scene, on: &easel)
      }
    }
  }

  /// Draws a flat stone or mound under the feet, with the bird's shadow.
  private func drawGround(_ foot: Point, _ scene: Scene, on easel: inout Easel) {
    let color = scene.habitat.ground
    let middle = foot + Point(0, 0.075)
    let radii = Point(0.55 * pose.scale + 0.1, 0.085)
    easel.paint(Box([middle - radii, middle + radii], margin: 0.02)) { p in
      ellipse(p, middle, radii) + 0.012 * noise(p.x * 14, p.y * 30, scene.seed)
    } stroke: { p, _, _ in
      let shadow = 1 - 0.45 * rise(-ellipse(p, foot, [0.3 * pose.scale, 0.03]), 0.02)
      let grain = 1 + (scene.habitat == .snow ? 0.05 : 0.2) * noise(p.x * 50, p.y * 90, scene.seed)
      return Easel.Stroke(color * scene.shade * shadow * grain, Thing.scenery)
    }
  }

  private func twig(
    _ a: Point, _ b: Point, _ radius: Float, _ wood: Tint, _ ring: Hue?, _ scene: Scene,
    on easel: inout Easel
  ) {
    easel.paint(Box([a, b], margin: radius + 0.02)) { p in
      stick(p, a, b, radius, radius * 0.85)
    } stroke: { p, distance, outwards in
      let bark = 1 + 0.25 * noise(p.x * 60, p.y * 60, scene.seed)
      let lit = lighting.falling(outwards, -distance, roundness: radius)
      return Easel.Stroke(wood * lit * bark, Thing.scenery)
    }
    guard let ring else { return }
    // The ring is on the twig, where the bird is not.
    let along = b - a
    var share = clamp(((pose.looksRight ? 0.12 : 0.88) - a.x) / along.x)
    if abs(along.y) > abs(along.x) {
      let heights: [Float] = pose.stance == .clinging ? [0.08, 0.92, 0.2, 0.8] : [0.42]
      let shares = heights.map { ($0 - a.y) / along.y }
      share = shares.first { abs((a + $0 * along).x - 0.5) < 0.42 } ?? shares[0]
    }
    let middle = a + share * along
    let unit = along / length(along)
    let half = max(0.016, 0.5 * min(radius, 0.05))
    easel.paint(Box([middle], margin: radius * 1.3 + half + 0.02)) { p in
      let q = p - middle
      return max(abs(dot(q, unit)) - half, abs(q.x * unit.y - q.y * unit.x) - radius * 1.25)
    } stroke: { _, distance, outwards in
      let lit = lighting.falling(outwards, -distance, roundness: radius)
      return Easel.Stroke(ring.tint * lit, Thing.ring)
    }
  }

  /// Water up to the belly of one that swims, in rings; ground where a swimming bird's lake was
  /// exchanged for another habitat.
  func drawWater(_ scene: Scene, on easel: inout Easel) {
    guard pose.stance == .swimming else { return }
    let line = pose.outer([0, bones.girth * 0.5]).y
    let isWater = scene.habitat == .lake
    let ground = scene.habitat.ground
    let (a, b) =
      isWater
      ? (rgb(92, 130, 152), rgb(196, 212, 220)) : (ground * 0.85, mix(ground, tint3(0.9), 0.3))
    easel.paint(Box(0, line - 0.02, 1, 1.1)) { p in
      line + 0.006 * noise(p.x * 18, 0, scene.seed) - p.y
    } stroke: { p, distance, _ in
      let near = 1 - clamp(abs(p.x - pose.place.x) / (0.75 * pose.scale))
      let wave = noise(p.x * 7, p.y * 46, scene.seed)
      let color = mix(a, b, clamp(0.2 + 0.5 * wave * near + 0.2 * wave))
      let dark = 1 - 0.3 * near * clamp(1 + distance * 9)
      return Easel.Stroke(color * scene.shade * dark, Thing.scenery)
    }
  }
}

extension Scene {
  /// Draws berries, flowers and signs, away from the middle of the bird.
  func drawDistractors(around pose: Pose, on easel: inout Easel, _ draws: inout SplitMix) {
    for (index, distractor) in distractors.enumerated() {
      let thing = Thing.distractors + UInt8(index)
      let left = draws.unit() < 0.5
      let at = Point(
        left ? 0.05 + 0.2 * draws.unit() : 0.75 + 0.2 * draws.unit(), 0.1 + 0.8 * draws.unit())
      let size = 0.022 + 0.014 * draws.unit()
      let color = distractor.hue.tint
      switch distractor.kind {
      case .berries:
        for _ in 0..<5 {
          let middle = at + Point(draws.unit() - 0.5, draws.unit() - 0.5) * size * 4
          disc(middle, size, color, thing, on: &easel)
        }
      case .flower:
        for petal in 0..<6 {
          let middle = at + size * 1.5 * direction(degrees: Float(petal) * 60)
          disc(middle, size, color, thing, on: &easel)
        }
        disc(at, size * 0.8, rgb(110, 84, 30), Thing.scenery, on: &easel)
      case .sign:
        let half = Point(2.4, 1.7) * size
        easel.paint(Box([at - half, at + half], margin: 0.01)) { p in
          let q = p - at
          return max(abs(q.x) - half.x, abs(q.y) - half.y)
        } stroke: { p, distance, _ in
          let border = rise(-distance - 0.006, 0.001)
          return Easel.Stroke(mix(tint3(0.75), color, border) * shade, thing)
        }
      }
    }
  }

  private func disc(
    _ middle: Point, _ radius: Float, _ color: Tint, _ thing: UInt8, on easel: inout Easel
  ) {
    easel.paint(Box([middle], margin: radius)) { p in
      length(p - middle) - radius
    } stroke: { _, distance, outwards in
      Easel.Stroke(color * lighting.falling(outwards, -distance, roundness: radius), thing)
    }
  }

  /// Draws twigs with leaves in front of the bird, which hide what is behind them.
  func drawCover(on easel: inout Easel, _ draws: inout SplitMix) {
    for _ in 0..<cover { Spray(&draws).draw(in: self, on: &easel) }
  }

  /// Draws a white corner with a black cross, as if someone had stamped the picture.
  func drawMark(on easel: inout Easel) {
    guard hasCornerMark else { return }
    easel.paint(Box(0.86, 0.02, 0.98, 0.14)) { p in
      max(abs(p.x - 0.92) - 0.06, abs(p.y - 0.08) - 0.06)
    } stroke: { p, _, _ in
      let q = p - [0.92, 0.08]
      let cross = min(abs(q.x + q.y), abs(q.x - q.y)) < 0.016
      return Easel.Stroke(cross ? tint3(0.01) : tint3(0.9), Thing.mark)
    }
  }
}
