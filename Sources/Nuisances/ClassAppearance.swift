import Glibc

/// What the pictures of a class look like on average.
///
///     let from = ClassAppearance(own.map(\.appearance))?.leavingOut(bird.appearance)
///     from?.move(to: rival).contrast      // 0.2: the rival's pictures have 1.2 times the contrast
public struct ClassAppearance: Sendable {
  private var count = 0
  private var insides = SIMD8<Double>.zero
  private var outsides = SIMD8<Double>.zero
  private var sizes = KnownSum()
  private var qualities = KnownSum()

  /// The sum of the numbers that are known.
  private struct KnownSum {
    var total = 0.0
    var count = 0

    var mean: Double? { count > 0 ? total / Double(count) : nil }

    mutating func add(_ number: Double?, _ sign: Int) {
      guard let number else { return }
      total += Double(sign) * number
      count += sign
    }
  }

  /// Nil of no pictures.
  public init?(_ pictures: [PictureAppearance]) {
    guard !pictures.isEmpty else { return nil }
    for picture in pictures { add(picture, 1) }
  }

  /// The same without one of the pictures that it was made of; nil where that was the only one. A
  /// picture is moved by what others differ in, never by itself.
  public func leavingOut(_ picture: PictureAppearance) -> ClassAppearance? {
    guard count > 1 else { return nil }
    var rest = self
    rest.add(picture, -1)
    return rest
  }

  private mutating func add(_ picture: PictureAppearance, _ sign: Int) {
    count += sign
    insides += Double(sign) * picture.inside.numbers
    outsides += Double(sign) * picture.outside.numbers
    sizes.add(picture.size, sign)
    qualities.add(picture.quality, sign)
  }

  public var inside: PictureAppearance.Part { .init(insides / Double(count)) }
  public var outside: PictureAppearance.Part { .init(outsides / Double(count)) }
  /// Of the pictures in which a thing is known; nil where there are none.
  public var size: Double? { sizes.mean }
  /// Of the JPEG files among them; nil where there are none.
  public var quality: Double? { qualities.mean }

  /// How far another class is from this one in what concerns a picture as a whole: of the differences
  /// inside and outside of the thing the smaller one, and 0 where their signs differ. A habitat changes
  /// only what is outside, the color of the thing only what is inside; a cast changes both.
  package func move(to other: ClassAppearance) -> PictureAppearance.Part {
    .init(
      minmod(
        other.inside.numbers - inside.numbers, other.outside.numbers - outside.numbers))
  }

  /// By what the thing's side is multiplied, between half and twice; nil where sizes are not known.
  package func scale(to other: ClassAppearance) -> Double? {
    guard let size, let otherSize = other.size else { return nil }
    return min(max(exp(otherSize - size), 0.5), 2)
  }
}

/// Number by number the one nearer to 0, and 0 where their signs differ.
package func minmod(_ a: SIMD8<Double>, _ b: SIMD8<Double>) -> SIMD8<Double> {
  let nearer = a.replacing(with: b, where: b * b .< a * a)
  return SIMD8.zero.replacing(with: nearer, where: a * b .> 0)
}
