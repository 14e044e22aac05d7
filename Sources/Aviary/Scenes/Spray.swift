import Ground

/// A twig with leaves, or a blade of grass, before the bird. It hides what is behind it.
struct Spray: Sendable {
  private let from: Point
  private let to: Point
  private let radius: Float
  /// How thick the end is beside the root.
  private let taper: Float
  /// None on a blade of grass.
  private let leaves: [Leaf]

  private struct Leaf: Sendable {
    let frame: Frame
    let span: Float
    let shade: Float

    init(_ root: Point, least: Float, more: Float, _ draws: inout SplitMix) {
      frame = Frame(origin: root, axis: direction(degrees: 360 * draws.unit()))
      span = least + more * draws.unit()
      shade = 0.75 + 0.5 * draws.unit()
    }
  }

  /// A twig that reaches into the picture from one side.
  init(_ draws: inout SplitMix) {
    let fromLeft = draws.unit() < 0.5
    let a = Point(fromLeft ? -0.05 : 1.05, draws.unit() * 1.1)
    let b = Point(fromLeft ? 0.2 + 0.5 * draws.unit() : 0.3 + 0.5 * draws.unit(), draws.unit())
    (from, to) = (a, b)
    radius = 0.006 + 0.008 * draws.unit()
    taper = 0.4
    leaves = (1..<5).map { place in
      Leaf(a + (b - a) * (Float(place) / 4.6), least: 0.045, more: 0.035, &draws)
    }
  }

  /// A twig of which the last leaves hide a place.
  init(twigBefore place: Point, _ draws: inout SplitMix) {
    let fromLeft = draws.unit() < 0.5
    let a = Point(fromLeft ? -0.05 : 1.05, draws.unit() * 1.1)
    let b = place + 0.05 * (place - a) / length(place - a)
    (from, to) = (a, b)
    radius = 0.007 + 0.008 * draws.unit()
    taper = 0.4
    leaves = (0..<6).map { number in
      Leaf(b + (a - b) * (0.06 * Float(number)), least: 0.08, more: 0.06, &draws)
    }
  }

  /// A blade of grass that hides a place.
  init(bladeBefore place: Point, _ draws: inout SplitMix) {
    let root = Point(place.x - 0.25 + 0.5 * draws.unit(), 1.05)
    from = root
    to = place + (0.3 + 0.5 * draws.unit()) * (place - root)
    radius = 0.011 + 0.009 * draws.unit()
    taper = 0.12
    leaves = []
  }

  /// Finds sprays that together hide a share of a bird, without those that would hide too much. What
  /// they hide is counted on a small picture, so that it does not depend on the picture's size.
  static func hiding(
    _ share: ClosedRange<Float>, of bird: Bird, in scene: Scene, _ draws: inout SplitMix
  ) -> [Spray] {
    let side = 64
    let isGrassy = scene.habitat == .meadow || scene.habitat == .lake
    var easel = Easel(size: side)
    bird.draw(on: &easel)
    bird.drawWater(scene, on: &easel)
    var seen = easel.birdPixels
    let all = Float(seen.count)
    var sprays: [Spray] = []
    for _ in 0..<200 where Float(seen.count) > (1 - share.lowerBound) * all {
      let (row, column) = seen[draws.below(seen.count)].quotientAndRemainder(dividingBy: side)
      let place = (Point(Float(column), Float(row)) + 0.5) / Float(side)
      let spray =
        isGrassy ? Spray(bladeBefore: place, &draws) : Spray(twigBefore: place, &draws)
      var tried = easel
      spray.draw(in: scene, on: &tried)
      let left = tried.birdPixels
      guard Float(left.count) >= (1 - share.upperBound) * all else { continue }
      (easel, seen) = (tried, left)
      sprays.append(spray)
    }
    return sprays
  }

  func draw(in scene: Scene, on easel: inout Easel) {
    let (wood, leaf) = scene.habitat.foliage
    let lighting = scene.lighting
    let (a, b) = (from, to)
    easel.paint(Box([a, b], margin: radius)) { p in
      stick(p, a, b, radius, radius * taper)
    } stroke: { _, distance, outwards in
      let lit = lighting.falling(outwards, -distance, roundness: radius)
      return Easel.Stroke((leaves.isEmpty ? leaf : wood) * lit, Thing.scenery)
    }
    for one in leaves {
      let (frame, span) = (one.frame, one.span)
      easel.paint(Box([frame.origin, frame.outer([span, 0])], margin: 0.02)) { p in
        let q = frame.local(p) / span
        return span * max(abs(q.y) - 1.1 * q.x * (1 - q.x), -q.x, q.x - 1)
      } stroke: { p, distance, outwards in
        let q = frame.local(p) / span
        let vein = 1 - 0.3 * rise(0.05 - abs(q.y), 0.03)
        let lit = lighting.falling(outwards, -distance, roundness: 0.03)
        return Easel.Stroke(leaf * lit * one.shade * vein, Thing.scenery)
      }
    }
  }
}

extension Habitat {
  /// The colors of twigs and of leaves.
  fileprivate var foliage: (wood: Tint, leaf: Tint) {
    switch self {
    case .forest: (rgb(74, 56, 40), rgb(74, 116, 50))
    case .meadow: (rgb(120, 138, 62), rgb(134, 156, 70))
    case .lake: (rgb(128, 122, 70), rgb(142, 140, 82))
    case .snow: (rgb(84, 72, 66), rgb(232, 236, 242))
    case .rocks: (rgb(104, 88, 70), rgb(132, 128, 92))
    case .town: (rgb(60, 60, 64), rgb(82, 110, 70))
    }
  }
}
