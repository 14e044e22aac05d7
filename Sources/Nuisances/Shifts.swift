import Glibc
import Pictures

/// What moves a property of the whole picture by as much as two classes differ in it. The two means say
/// how far; a class that differs in nothing leaves the picture as it is.
extension LocatedPicture {
  /// Each channel is multiplied by a number of its own: a cast, or more light.
  func withColor(from: ClassAppearance, to: ClassAppearance) -> Picture? {
    let move = from.move(to: to).color
    guard move != .zero else { return picture }
    let factors = (0..<3).map { Float(exp(move[$0])) }
    // Medians are measured with one added, so that black has a logarithm.
    return picture.mapped { channel, byte in (byte + 1) * factors[channel] - 1 }
  }

  /// Every byte moves away from the mean brightness of the picture, or toward it, as photo editors do.
  func withContrast(from: ClassAppearance, to: ClassAppearance) -> Picture? {
    let move = from.move(to: to).contrast
    guard move != 0 else { return picture }
    let values = picture.brightness.values
    let mean = Float(values.reduce(0.0) { $0 + Double($1) } / Double(values.count))
    let factor = Float(exp(move))
    return picture.mapped { _, byte in mean + (byte - mean) * factor }
  }

  /// Written as JPEG once more, at the quality that the picture's own becomes by the difference of both
  /// classes. Nil where no quality is known, or where it would have to rise: what compression took is
  /// gone. A difference of less than one leaves the picture as it is.
  ///
  /// The squares of JPEG have eight pixels of the file, so the picture is written at the size that the
  /// file had, up to three times its own: beyond that, not much of them is seen.
  func withCompression(from: ClassAppearance, to: ClassAppearance) -> Picture? {
    guard let own = appearance.quality, let before = from.quality, let after = to.quality else {
      return nil
    }
    guard abs(after - before) >= 1 else { return picture }
    guard after < before else { return nil }
    let quality = Int(min(max(own + after - before, 1), 100).rounded())
    let times = min(3, Double(original.width) / Double(picture.width))
    func large(_ side: Int) -> Int { Int((Double(side) * times).rounded()) }
    let whole = picture.resized(width: large(picture.width), height: large(picture.height))
    guard let file = try? whole.jpeg(quality: quality),
      let written = try? Picture(bytes: file, name: "the compressed picture")
    else { return nil }
    return written.resized(width: picture.width, height: picture.height)
  }

  /// Left and right exchanged.
  var mirrored: Picture {
    var pixels = picture.pixels
    let width = picture.width
    for pixel in 0..<width * picture.height {
      let other = pixel - pixel % width + width - 1 - pixel % width
      for channel in 0..<3 {
        pixels[3 * pixel + channel] = picture.pixels[3 * other + channel]
      }
    }
    return Picture(width: width, height: picture.height, pixels: pixels)
  }
}
