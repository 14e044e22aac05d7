/// Where a bird is seen. Unless a species is tied to a habitat, any bird may be seen anywhere,
/// since a habitat must not tell the species by itself.
public enum Habitat: String, CaseIterable, Sendable {
  case forest, meadow, lake, snow, rocks, town

  /// The habitat in words, after "a bird ".
  public var phrase: String {
    switch self {
    case .forest: "in a forest"
    case .meadow: "in a meadow"
    case .lake: "on a lake"
    case .snow: "in the snow"
    case .rocks: "among rocks"
    case .town: "in a town"
    }
  }

  var lighting: Lighting {
    switch self {
    case .forest: Lighting(sun: [0.62, 0.66, 0.52], sky: [0.40, 0.44, 0.38])
    case .meadow: Lighting(sun: [0.80, 0.76, 0.64], sky: [0.42, 0.44, 0.42])
    case .lake: Lighting(sun: [0.74, 0.75, 0.74], sky: [0.42, 0.46, 0.50])
    case .snow: Lighting(sun: [0.70, 0.72, 0.78], sky: [0.50, 0.52, 0.56])
    case .rocks: Lighting(sun: [0.78, 0.75, 0.68], sky: [0.42, 0.42, 0.42])
    case .town: Lighting(sun: [0.72, 0.70, 0.66], sky: [0.44, 0.44, 0.46])
    }
  }

  /// What a bird stands on.
  var ground: Tint {
    switch self {
    case .snow: rgb(226, 231, 240)
    case .meadow, .forest: rgb(104, 92, 58)
    case .lake: rgb(120, 108, 88)
    case .rocks: rgb(122, 114, 104)
    case .town: rgb(112, 110, 108)
    }
  }

  /// Paints what lies behind everything: far things above the horizon, ground or water below.
  func paint(on easel: inout Easel, horizon: Float, shade: Float, seed: UInt32) {
    switch self {
    case .forest:
      let (dark, leaf, gap) = (rgb(28, 46, 26), rgb(66, 98, 44), rgb(164, 184, 120))
      easel.fill { p in
        let n = clouds(p, 7, seed)
        let fine = noise(p.x * 30, p.y * 30, seed &+ 3)
        let trunk = noise(p.x * 9, p.y * 0.7, seed &+ 9)
        var t = mix(dark, leaf, clamp(0.5 + 0.6 * n + 0.2 * fine))
        t = mix(t, gap, 0.7 * rise(n + 0.25 * fine - 0.42, 0.12) * (1 - p.y * 0.6))
        t = mix(t, rgb(58, 44, 34), 0.8 * rise(trunk - 0.45, 0.08))
        return t * shade
      }
    case .meadow:
      let (sky, far, near) = (rgb(176, 204, 226), rgb(128, 158, 92), rgb(92, 134, 52))
      easel.fill { p in
        let n = clouds(p, 5, seed &+ 2)
        let hill = horizon + 0.05 * noise(p.x * 3, 1, seed &+ 4)
        return before(
          mix(sky, rgb(214, 226, 232), clamp(p.y * 1.2 + 0.4 * n)),
          mix(far, near, clamp((p.y - horizon) * 1.6))
            * (1 + 0.22 * noise(p.x * 70, p.y * 14, seed) + 0.2 * n),
          rise(p.y - hill, 0.012)) * shade
      }
    case .lake:
      let (sky, deep, bank) = (rgb(188, 204, 214), rgb(74, 112, 138), rgb(86, 104, 66))
      easel.fill { p in
        let depth = max(0.02, p.y - horizon)
        let shore = horizon - 0.06 - 0.03 * noise(p.x * 5, 0, seed &+ 1)
        return before(
          before(
            sky, bank * (1 + 0.35 * clouds(p, 16, seed &+ 6)), rise(p.y - shore, 0.01)),
          mix(
            mix(sky, deep, clamp(0.45 + depth)), rgb(210, 222, 228),
            0.22 * clamp(noise(p.x * 9, 3 / (depth + 0.1) + p.y * 26, seed))),
          rise(p.y - horizon, 0.006)) * shade
      }
    case .snow:
      let (sky, snow, shadow) = (rgb(176, 190, 208), rgb(238, 241, 246), rgb(190, 204, 226))
      easel.fill { p in
        let drift = horizon + 0.06 * noise(p.x * 2.4, 0, seed &+ 1)
        let firs = drift - 0.10 - 0.08 * abs(noise(p.x * 14, 0.5, seed &+ 5))
        return before(
          before(
            sky,
            mix(rgb(96, 112, 120), rgb(206, 214, 222), clamp(0.3 + clouds(p, 24, seed &+ 8))),
            rise(p.y - firs, 0.02)),
          mix(snow, shadow, clamp(0.35 + 0.7 * clouds(p, 4, seed))), rise(p.y - drift, 0.008))
          * shade
      }
    case .rocks:
      let (light, dark, sea) = (rgb(166, 156, 142), rgb(86, 80, 76), rgb(120, 158, 178))
      easel.fill { p in
        let edge = horizon - 0.1 + 0.16 * noise(p.x * 3, 0.2, seed &+ 4)
        let air = mix(sea, rgb(206, 216, 220), rise(horizon - 0.16 - p.y, 0.01))
        guard p.y > edge - 0.01 else { return air * shade }
        let n = clouds(p, 6, seed)
        let crack = abs(noise(p.x * 7 + n, p.y * 9, seed &+ 3))
        var rock = mix(light, dark, clamp(0.4 + 0.6 * n + 0.2 * noise(p.x * 60, p.y * 60, seed)))
        rock = mix(dark * 0.5, rock, clamp(crack * 9))
        return mix(air, rock, rise(p.y - edge, 0.01)) * shade
      }
    case .town:
      let (sky, street) = (rgb(196, 204, 212), rgb(128, 124, 120))
      easel.fill { p in
        let house = whole(p.x * 4.3 + Float(seed & 63) / 9)
        let number = UInt32(truncatingIfNeeded: Int32(house))
        let roof = horizon - 0.34 - 0.16 * lattice(number, 1, seed)
        let hue = lattice(number, 2, seed)
        let warm = mix(rgb(178, 134, 110), rgb(196, 186, 164), clamp(0.5 + hue))
        let (wx, wy) = (p.x * 21.5, p.y * 13)
        let inX = abs(wx - whole(wx) - 0.5)
        let inY = abs(wy - whole(wy) - 0.5)
        let isWindow = rise(0.26 - inX, 0.04) * rise(0.3 - inY, 0.04)
        let wall = mix(
          warm * (1 + 0.08 * noise(p.x * 60, p.y * 120, seed)), rgb(72, 82, 94), isWindow)
        let ground = street * (1 + 0.15 * noise(p.x * 40, p.y * 90, seed &+ 2))
        return mix(mix(sky, wall, rise(p.y - roof, 0.004)), ground, rise(p.y - horizon, 0.004))
          * shade
      }
    }
  }
}

/// Returns the color of the far thing, covered by the near thing as far as `cover` says. Each color
/// is computed only if it is seen.
@inline(__always)
private func before(
  _ far: @autoclosure () -> Tint, _ near: @autoclosure () -> Tint, _ cover: Float
) -> Tint {
  cover <= 0 ? far() : cover >= 1 ? near() : mix(far(), near(), cover)
}
