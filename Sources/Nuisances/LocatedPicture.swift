import Ground
import Pictures

/// A picture in which it is known where the thing is, where somebody told, at the size that a model
/// sees it in: what is changed or measured is neither finer nor coarser than what the model meets.
///
/// ```swift
/// let bird = try LocatedPicture(picture, thing: mask, shortest: 224)
/// bird.picture.height      // 224, of a picture of 500 x 375
/// ```
///
/// A picture with alpha shows the colors that are stored under it, as OpenAI's code and open_clip see
/// it. For a model that lays pictures on a color first, convert them before (`Preprocessing`).
public struct LocatedPicture: Sendable {
  public let picture: Picture
  /// True where the thing is; nil where nobody told, or where a mask has no pixel.
  public let thing: Mask?
  /// What was measured of it.
  public let appearance: PictureAppearance
  /// The size of the picture that this was made of.
  package let original: Grid

  /// A picture whose shorter side has more pixels than `shortest` becomes that small, and its mask too.
  /// `quality` is that of its file, where it was a JPEG: see `jpegQuality`.
  public init(
    _ picture: Picture, thing: Mask?, quality: Double? = nil, shortest: Int
  ) throws {
    precondition(shortest > 0, "A side has at least one pixel.")
    let original = Grid(width: picture.width, height: picture.height)
    // As torchvision has it, so that a model which takes the middle resizes nothing any more.
    let short = min(picture.width, picture.height)
    func side(_ length: Int) -> Int { short > shortest ? length * shortest / short : length }
    let (width, height) = (side(picture.width), side(picture.height))
    let pixels = picture.resized(width: width, height: height).pixels
    self.original = original
    self.picture = Picture(width: width, height: height, pixels: pixels)
    let fitted = try thing.map {
      try $0.fitted(original, to: Grid(width: width, height: height), "the mask of the thing")
    }
    self.thing = fitted.flatMap { $0.pixels.contains(true) ? $0 : nil }
    appearance = PictureAppearance(self.picture, thing: self.thing, quality: quality)
  }

  /// A mask of the picture as it was or as it is, at the size that it has now.
  public func region(_ mask: Mask) throws -> Mask {
    let now = Grid(width: picture.width, height: picture.height)
    if mask.width == now.width, mask.height == now.height { return mask }
    return try mask.fitted(original, to: now, "the region")
  }
}

extension Mask {
  /// A mask of one size at another: a pixel is in it where at least half of what it covers was. Where
  /// nothing would be left, one is where any of it was.
  fileprivate func fitted(_ size: Grid, to new: Grid, _ place: String) throws -> Mask {
    guard width == size.width, height == size.height else {
      throw InputError(
        place, expected: "\(size.width) x \(size.height) pixels, as its picture has",
        found: "\(width) x \(height)")
    }
    guard new != size else { return self }
    var gray = [UInt8](repeating: 0, count: 3 * pixels.count)
    for (pixel, isIn) in pixels.enumerated() where isIn {
      for place in 3 * pixel..<3 * pixel + 3 { gray[place] = 255 }
    }
    let shares = Picture(width: width, height: height, pixels: gray)
      .resized(width: new.width, height: new.height, .box).pixels
    func covered(by least: UInt8) -> [Bool] {
      (0..<new.pixels).map { shares[3 * $0] >= least }
    }
    let half = covered(by: 128)
    return Mask(
      width: new.width, height: new.height, half.contains(true) ? half : covered(by: 1))
  }
}
