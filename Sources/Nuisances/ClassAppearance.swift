import Glibc

/// What the pictures of a class look like on average.
///
///     let from = ClassAppearance(own.map(\.appearance))?.leavingOut(bird.appearance)
///     from?.move(to: rival).contrast      // 0.2: the rival's pictures have 1.2 times the contrast
public struct ClassAppearance: Sendable {
  private var count = 0
  private var insides = Sums()
  private var outsides = Sums()
  private var sizes = KnownSums()
  private var qualities = KnownSums()

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
    insides.add(picture.inside.numbers, sign)
    outsides.add(picture.outside.numbers, sign)
    sizes.add(picture.size, sign)
    qualities.add(picture.quality, sign)
  }

  public var inside: PictureAppearance.Part { .init(insides.mean(count)) }
  public var outside: PictureAppearance.Part { .init(outsides.mean(count)) }
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

  /// The same class as its pictures might have shown it as well: every mean is moved by so many times
  /// the error of its difference from that of the other class, which is
  ///
  ///     sqrt(variance / n + variance of the other / n of the other).
  ///
  /// What concerns the whole picture differs inside and outside of the thing alike, so both are moved.
  package func moved(beside other: ClassAppearance, by errors: Double) -> ClassAppearance {
    var moved = self
    moved.insides.total +=
      errors * Double(count)
      * (insides.error(count) + other.insides.error(other.count)).squareRoot()
    moved.outsides.total +=
      errors * Double(count)
      * (outsides.error(count) + other.outsides.error(other.count)).squareRoot()
    moved.sizes = sizes.moved(beside: other.sizes, by: errors)
    moved.qualities = qualities.moved(beside: other.qualities, by: errors)
    return moved
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

/// Sums of numbers and of their squares.
private struct Sums {
  var total = SIMD8<Double>.zero
  private var squares = SIMD8<Double>.zero

  mutating func add(_ numbers: SIMD8<Double>, _ sign: Int) {
    total += Double(sign) * numbers
    squares += Double(sign) * numbers * numbers
  }

  func mean(_ count: Int) -> SIMD8<Double> { total / Double(count) }

  /// The square of the error of the mean; 0 of one number, of which nobody knows it.
  func error(_ count: Int) -> SIMD8<Double> {
    guard count > 1 else { return .zero }
    let variance = (squares - total * total / Double(count)) / Double(count - 1)
    return variance.replacing(with: 0, where: variance .< 0) / Double(count)
  }
}

/// The sums of the numbers that are known.
private struct KnownSums {
  private var sums = Sums()
  private var count = 0

  var mean: Double? { count > 0 ? sums.mean(count)[0] : nil }

  mutating func add(_ number: Double?, _ sign: Int) {
    guard let number else { return }
    sums.add(SIMD8(number, 0, 0, 0, 0, 0, 0, 0), sign)
    count += sign
  }

  func moved(beside other: KnownSums, by errors: Double) -> KnownSums {
    var moved = self
    let error = (sums.error(count)[0] + other.sums.error(other.count)[0]).squareRoot()
    moved.sums.total[0] += errors * Double(count) * error
    return moved
  }
}
