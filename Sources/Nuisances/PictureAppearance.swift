import Glibc
import Pictures

/// What a picture looks like inside of the thing and outside of it, apart from what it shows: colors,
/// contrast, sharpness; how large the thing is; and how far the file was compressed.
///
///     bird.appearance.outside.contrast - other.appearance.outside.contrast      // 0.4: 1.5 times
///
/// All but the quality are logarithms, so that differences are ratios. The outermost pixels are
/// measured by nobody: they belong to the frame, which is a nuisance of its own.
public struct PictureAppearance: Equatable, Sendable {
  public let inside: Part
  public let outside: Part
  /// The log of the thing's side relative to the picture's: half the log of its share of the pixels.
  /// Nil where no thing is known.
  public let size: Double?
  /// Of a JPEG file, 1 to 100.
  public let quality: Double?

  /// The measures of one side, which are all moved at once.
  public struct Part: Equatable, Sendable {
    var numbers: SIMD8<Double>

    /// The log of the median of red, green and blue. Something small of another color, a border of
    /// three pixels or a watermark, does not move a median.
    public var color: SIMD3<Double> { SIMD3(numbers[0], numbers[1], numbers[2]) }
    /// The log of the deviation of brightness over its mean: a picture that is twice as bright has no
    /// more contrast.
    public var contrast: Double { numbers[3] }
    /// The log of the two finest bands' deviations, the finest first, over that of the next coarser one.
    /// More light or more contrast raises all bands alike, and more edges do; blur takes the finest.
    public var sharpness: SIMD2<Double> { SIMD2(numbers[4], numbers[5]) }

    package init(color: SIMD3<Double>, contrast: Double, sharpness: SIMD2<Double>) {
      numbers = SIMD8(
        color[0], color[1], color[2], contrast, sharpness[0], sharpness[1], 0, 0)
    }

    init(_ numbers: SIMD8<Double>) { self.numbers = numbers }
  }

  package init(inside: Part, outside: Part, size: Double? = nil, quality: Double? = nil) {
    (self.inside, self.outside, self.size, self.quality) = (inside, outside, size, quality)
  }

  /// What lies beyond this share of the shorter side belongs to the frame.
  private static let margin = 0.08
  /// A side with fewer of the measured pixels says nothing, and all of them stand for it.
  private static let leastShare = 0.004

  init(_ picture: Picture, thing: Mask?, quality: Double?) {
    let (width, height) = (picture.width, picture.height)
    let margin = Int((Self.margin * Double(min(width, height))).rounded(.up))
    var all: [Int] = []
    for y in margin..<max(margin, height - margin) {
      for x in margin..<max(margin, width - margin) { all.append(y * width + x) }
    }
    if all.isEmpty { all = Array(0..<width * height) }
    func isInside(_ pixel: Int) -> Bool {
      if let thing { return thing.pixels[pixel] }
      let (x, y) = (pixel % width, pixel / width)
      return 4 * x >= width && 4 * x < 3 * width && 4 * y >= height && 4 * y < 3 * height
    }
    var (inside, outside) = ([Int](), [Int]())
    for pixel in all {
      if isInside(pixel) { inside.append(pixel) } else { outside.append(pixel) }
    }
    let least = Self.leastShare * Double(all.count)
    let measured = MeasuredPicture(picture)
    func part(_ pixels: [Int]) -> Part {
      measured.part(pixels.isEmpty || Double(pixels.count) < least ? all : pixels)
    }
    let share = thing.map { Double($0.count) / Double($0.pixels.count) }
    self.init(
      inside: part(inside), outside: part(outside),
      size: share.flatMap { $0 > 0 ? log($0) / 2 : nil }, quality: quality)
  }
}

extension Mask {
  /// How many pixels are in it.
  var count: Int { pixels.reduce(0) { $0 + ($1 ? 1 : 0) } }
}

/// A picture with its brightness and its bands, of which any pixels can be measured.
private struct MeasuredPicture {
  let pixels: [UInt8]
  let brightness: PixelPlane
  let bands: [PixelPlane]

  init(_ picture: Picture) {
    pixels = picture.pixels
    brightness = picture.brightness
    bands = brightness.bands(3).fine
  }

  func part(_ places: [Int]) -> PictureAppearance.Part {
    let (mean, deviation) = brightness.spread(places)
    return PictureAppearance.Part(
      color: SIMD3(median(0, places), median(1, places), median(2, places)),
      // Where all is one color there is no ratio: one in fifty is added.
      contrast: log(deviation / max(mean, 1) + 0.02), sharpness: sharpness(of: bands, places))
  }

  /// The log of a channel's median and one. Within the bytes that are equal to it, the median lies where
  /// it would if they were spread out evenly, so that it moves in small steps in dark pictures too.
  private func median(_ channel: Int, _ places: [Int]) -> Double {
    var counts = [Int](repeating: 0, count: 256)
    pixels.withUnsafeBufferPointer { pixels in
      counts.withUnsafeMutableBufferPointer { counts in
        for place in places { counts[Int(pixels[3 * place + channel])] += 1 }
      }
    }
    let half = Double(places.count) / 2
    var below = 0.0
    for (byte, count) in counts.enumerated() where count > 0 {
      if below + Double(count) >= half {
        return log(max(0, Double(byte) - 0.5 + (half - below) / Double(count)) + 1)
      }
      below += Double(count)
    }
    return log(256)
  }
}

/// Of the three finest bands: see `PictureAppearance.Part.sharpness`. Beside bands of nothing there is no
/// ratio: half of a step of a byte is added to each.
func sharpness(of bands: [PixelPlane], _ places: [Int]) -> SIMD2<Double> {
  let sizes = bands.map { log($0.spread(places).deviation + 0.5) }
  return SIMD2(sizes[0] - sizes[2], sizes[1] - sizes[2])
}

extension PixelPlane {
  /// The mean and the deviation of some of its pixels.
  fileprivate func spread(_ places: [Int]) -> (mean: Double, deviation: Double) {
    values.withUnsafeBufferPointer { values in
      var (sum, squares) = (0.0, 0.0)
      for place in places {
        let value = Double(values[place])
        sum += value
        squares += value * value
      }
      let mean = sum / Double(places.count)
      return (mean, max(0, squares / Double(places.count) - mean * mean).squareRoot())
    }
  }
}
