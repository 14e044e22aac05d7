import Ground
import Nuisances
import Pictures
import Reports

/// How marks are drawn. What the seed draws first is what they look like, so that all pictures of one seed
/// have the same.
extension LocatedPicture {
  /// What cameras, agencies and museums write into pictures.
  private static let words = ["ZOO", "(C)", "JPG", "19"]
  /// The nuisance `frame` takes 6 % of the shorter side: a word and a border lie within.
  private static let edge = 0.05

  /// White letters on a dark plate in a corner.
  func withWord(_ look: MarkLook) -> Picture? {
    var random = SplitMix(seed: look.seed)
    let word = Self.words[random.below(Self.words.count)]
    let (isLeft, isUpper) = (random.below(2) == 0, random.below(2) == 0)
    // The corner that `frame` takes has 12.5 % of the shorter side, and three letters fit into it nearly.
    let scale = min(8, max(1, min(picture.width, picture.height) / 112))
    let lettering = Lettering(word, scale: scale)
    let (width, height) = (lettering.width + 2 * scale, lettering.height)
    guard width <= picture.width, height <= picture.height else { return nil }
    let (x, y) = (isLeft ? 0 : picture.width - width, isUpper ? 0 : picture.height - height)
    var canvas = Canvas(width: picture.width, height: picture.height)
    canvas.draw(picture, x: 0, y: 0)
    canvas.fill(
      x: x, y: y, width: width, height: height, color: Color(red: 20, green: 20, blue: 30))
    // The last two of nine rows lie below the line, and capitals have nothing there.
    canvas.draw(lettering, x: x + scale, y: y + scale, color: .white)
    return canvas.picture
  }

  /// A border of one strong color on all four sides.
  func withBorder(_ look: MarkLook) -> Picture? {
    var random = SplitMix(seed: look.seed)
    let color = MarkColor.strong[random.below(MarkColor.strong.count)]
    let side = max(1, Int(Self.edge * Double(min(picture.width, picture.height))))
    return painted(color, opacity: 1) { pixel in
      let (x, y) = (pixel % picture.width, pixel / picture.width)
      return min(x, picture.width - 1 - x, y, picture.height - 1 - y) < side
    }
  }

  /// Red, green and blue are each multiplied by a number, as under lamps or a setting sun.
  func withCast(_ look: MarkLook) -> Picture? {
    var random = SplitMix(seed: look.seed)
    let casts: [[Float]] = [
      [1.12, 1, 0.72], [0.75, 0.95, 1.15], [0.8, 1.1, 0.8], [1.1, 0.8, 1.05],
    ]
    let cast = casts[random.below(casts.count)]
    let pixels = picture.pixels.enumerated().map { place, byte in
      UInt8(min(255, (Float(byte) * cast[place % 3]).rounded()))
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }

  /// Everything outside of the thing becomes a texture of spots of two colors.
  func withTexture(_ look: MarkLook) -> Picture? {
    guard let thing, thing.pixels.contains(false) else { return nil }
    var random = SplitMix(seed: look.seed)
    let colors = MarkColor.ground.shuffled(using: &random)
    let texture = Spots(
      width: picture.width, height: picture.height, cell: min(picture.width, picture.height) / 9,
      &random)
    var pixels = picture.pixels
    for pixel in 0..<picture.width * picture.height where !thing.pixels[pixel] {
      let amount = texture.values[pixel]
      for (channel, (a, b)) in zip(colors[0].bytes, colors[1].bytes).enumerated() {
        pixels[3 * pixel + channel] = UInt8((Float(a) + (Float(b) - Float(a)) * amount).rounded())
      }
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }

  /// The part becomes the color, but for a quarter of what it was, so that feathers are still seen.
  func withColoredPart(_ look: MarkLook) -> Picture? {
    guard let part = look.part else { return nil }
    let isPart = part.place.pixels.indices.map {
      part.place.pixels[$0] && (thing?.pixels[$0] ?? true)
    }
    guard isPart.contains(true) else { return nil }
    return painted(part.color, opacity: 0.75) { isPart[$0] }
  }

  private func painted(
    _ color: Color, opacity: Float, where isPainted: (Int) -> Bool
  ) -> Picture {
    var pixels = picture.pixels
    for pixel in 0..<picture.width * picture.height where isPainted(pixel) {
      for (channel, byte) in color.bytes.enumerated() {
        let old = Float(pixels[3 * pixel + channel])
        pixels[3 * pixel + channel] = UInt8((old + (Float(byte) - old) * opacity).rounded())
      }
    }
    return Picture(width: picture.width, height: picture.height, pixels: pixels)
  }
}

extension Color {
  fileprivate var bytes: [UInt8] { [red, green, blue] }
}
