/// What a camera, or someone with the file, does to a finished picture: to all of its pixels, the
/// bird's too, or to some that it paints over. Where the bird is seen, its masks stay true.
///
/// A new one is a value below and a word in the list.
public struct Finish: Hashable, Sendable {
  public let name: String
  /// What is seen.
  public let phrase: String
  let kind: Kind
  let apply: @Sendable (inout Easel) -> Void

  /// A picture has at most one of each kind.
  enum Kind: Sendable {
    case cast, brightness, contrast, sharpness, border, dot

    /// What its pixels show, where it has pixels of its own.
    var thing: UInt8? {
      switch self {
      case .border: Thing.border
      case .dot: Thing.dot
      case .cast, .brightness, .contrast, .sharpness: nil
      }
    }
  }

  init(
    _ name: String, _ kind: Kind, _ phrase: String,
    _ apply: @escaping @Sendable (inout Easel) -> Void
  ) {
    (self.name, self.kind, self.phrase, self.apply) = (name, kind, phrase, apply)
  }

  public static func == (a: Finish, b: Finish) -> Bool { a.name == b.name }
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Finish {
  /// In the order in which they are applied: nothing changes what is painted over a picture.
  static let all: [Finish] =
    [warmCast, coolCast, dark, bright, pale, blurred] + borders + [upperLeftDot, lowerRightDot]

  static let warmCast = Finish("warm-cast", .cast, "warm color cast") {
    $0.relight { $0 * Tint(1.3, 1, 0.62) }
  }
  static let coolCast = Finish("cool-cast", .cast, "cool color cast") {
    $0.relight { $0 * Tint(0.66, 0.98, 1.3) }
  }
  static let dark = Finish("dark", .brightness, "too little light") { $0.relight { $0 * 0.42 } }
  static let bright = Finish("bright", .brightness, "too much light") { $0.relight { $0 * 1.6 } }
  /// Bytes, which are roots of light, come closer to a light gray.
  static let pale = Finish("pale", .contrast, "little contrast") { easel in
    easel.relight { light in
      let bytes = mix(
        light.clamped(lowerBound: .zero, upperBound: .one).squareRoot(), tint3(0.66), 0.45)
      return bytes * bytes
    }
  }
  static let blurred = Finish("blurred", .sharpness, "blur all over") { $0.blur(by: 1 / 128) }

  static let borders = [Hue.red, .blue, .yellow, .black, .white].map { hue in
    Finish("\(hue.phrase)-border", .border, "\(hue.phrase) border around the picture") { easel in
      easel.paint(.all) { p in
        min(min(p.x, p.y), min(1 - p.x, 1 - p.y)) - 0.035
      } stroke: { _, _, _ in
        Easel.Stroke(hue.tint, Thing.border)
      }
    }
  }

  static let upperLeftDot = dot("upper-left-dot", "red dot in the upper left", at: [0.08, 0.08])
  static let lowerRightDot = dot("lower-right-dot", "red dot in the lower right", at: [0.92, 0.92])

  private static func dot(_ name: String, _ phrase: String, at place: Point) -> Finish {
    Finish(name, .dot, phrase) { easel in
      easel.paint(Box([place], margin: 0.045)) { p in
        length(p - place) - 0.04
      } stroke: { _, _, _ in
        Easel.Stroke(Hue.red.tint, Thing.dot)
      }
    }
  }
}
