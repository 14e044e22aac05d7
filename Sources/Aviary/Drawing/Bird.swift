/// A bird as it is drawn: the individual, its pose, and the light on it.
struct Bird {
  let bird: Individual
  let pose: Pose
  let bones: Skeleton
  let lighting: Lighting

  init(_ bird: Individual, _ pose: Pose, _ lighting: Lighting) {
    (self.bird, self.pose, self.lighting) = (bird, pose, lighting)
    bones = Skeleton(bird.form, pose)
  }

  /// Draws the bird from the far side to the near one.
  func draw(on easel: inout Easel) {
    if pose.hasLiftedWings { drawWing(bones.farWing, isFar: true, on: &easel) }
    drawLeg(isFar: true, on: &easel)
    drawTail(on: &easel)
    drawCrest(on: &easel)
    drawBill(on: &easel)
    drawLeg(isFar: false, on: &easel)
    drawBody(on: &easel)
    drawEye(on: &easel)
    drawWing(bones.wing, isFar: false, on: &easel)
  }

  /// Returns a box in the picture around places on the bird.
  func outerBox(_ points: [Point], margin: Float) -> Box {
    Box(points.map(pose.outer), margin: margin * pose.scale)
  }

  private func drawCrest(on easel: inout Easel) {
    guard let crest = bird.tints[Int(Patch.crest.rawValue)] else { return }
    let radius = bones.headRadius
    let root = bones.head.outer(Point(-0.05, -0.55) * radius)
    let tips = [Point(-0.85, -1.75), Point(-1.25, -1.4)].map { bones.head.outer($0 * radius) }
    easel.paint(outerBox([root] + tips, margin: 0.6 * radius)) { place in
      let p = pose.local(place)
      let a = stick(p, root, tips[0], 0.42 * radius, 0.04 * radius)
      let b = stick(p, root, tips[1], 0.45 * radius, 0.04 * radius)
      return pose.scale * min(a, b)
    } stroke: { place, distance, outwards in
      let p = bones.head.local(pose.local(place))
      let barbs = 1 + 0.2 * noise(p.x * 20, (p.x + p.y) * 60, bird.seed)
      let lit = lighting.falling(outwards, -distance, roundness: 0.1 * pose.scale)
      return Easel.Stroke(crest * lit * barbs, .crest)
    }
  }

  private func drawEye(on easel: inout Easel) {
    let radius = bones.headRadius
    let eye = bones.head.outer(Point(0.36, -0.12) * radius)
    let size = bird.form.eye * radius
    func disc(_ patch: Patch, _ middle: Point, _ radius: Float) {
      guard let tint = bird.tints[Int(patch.rawValue)] else { return }
      easel.paint(outerBox([middle], margin: radius)) { place in
        pose.scale * (length(pose.local(place) - middle) - radius)
      } stroke: { _, _, _ in
        Easel.Stroke(tint, patch)
      }
    }
    disc(.eyeRing, eye, size * 1.62)
    disc(.eye, eye, size)
    disc(.pupil, eye, size * 0.52)
    // This is the reflection of the light in the eye.
    let glint = eye + Point(-0.25, -0.3) * size
    easel.paint(outerBox([glint], margin: size * 0.25)) { place in
      pose.scale * (length(pose.local(place) - glint) - size * 0.2)
    } stroke: { _, _, _ in
      Easel.Stroke(tint3(0.9), .pupil)
    }
  }

  private func drawLeg(isFar: Bool, on easel: inout Easel) {
    guard pose.stance != .swimming else { return }
    let patch = isFar ? Patch.farLeg : .leg
    guard let tint = bird.tints[Int(patch.rawValue)] else { return }
    let thick = bird.form.leg > 0.5 ? Float(0.024) : 0.026
    let (hip, foot, toes) = leg(isFar)
    let knee = 0.5 * (hip + foot) + Point(-0.05, 0)
    easel.paint(outerBox([hip, knee, foot] + toes, margin: 0.05)) { place in
      let p = pose.local(place)
      var d = min(stick(p, hip, knee, thick * 1.5, thick), stick(p, knee, foot, thick, thick))
      for toe in toes { d = min(d, stick(p, foot, toe, thick, thick * 0.55)) }
      return pose.scale * d
    } stroke: { _, distance, outwards in
      let lit = lighting.falling(outwards, -distance, roundness: thick * pose.scale)
      return Easel.Stroke(tint * lit, patch)
    }
  }

  private func leg(_ isFar: Bool) -> (hip: Point, foot: Point, toes: [Point]) {
    if pose.stance == .hovering {
      // The legs are tucked in.
      let hip = bones.torso.outer([isFar ? -0.1 : -0.18, bones.girth * 0.8])
      let foot = bones.torso.outer([isFar ? -0.2 : -0.28, bones.girth + 0.06])
      return (hip, foot, [foot + [-0.02, 0.06], foot + [0.05, 0.05]])
    }
    if pose.stance == .clinging {
      // The legs reach toward the trunk, which is in front of the belly.
      let hip = bones.torso.outer([isFar ? 0.02 : -0.12, 0.2])
      let foot = bones.torso.outer([isFar ? 0.1 : -0.04, bones.girth + 0.1])
      return (hip, foot, [foot + [0.08, -0.1], foot + [0.1, -0.03], foot + [0.02, 0.07]])
    }
    let shift: Point = isFar ? [-0.12, 0] : .zero
    let foot = isFar ? bones.farFoot : bones.foot
    return (
      bones.hip + shift, foot, [foot + [0.13, 0.03], foot + [0.09, 0.045], foot + [-0.07, 0.03]]
    )
  }
}
