/// How a picture is read if its file leaves a choice. The defaults give what a careful user of
/// Pillow gets, except for 16-bit samples, which Pillow destroys.
///
/// ```swift
/// try Picture("leaf.png", Reading(transparency: .over(.white)))
/// ```
public struct Reading: Equatable, Sendable {
  /// How 16-bit samples become 8-bit samples.
  public enum Depth: Equatable, Sendable {
    /// v / 257, rounded.
    case rounded
    /// Pillow's way: gray samples are cut off at 255, which turns nearly all of them white, and
    /// other samples lose their lower byte.
    case asPillow
  }

  /// What is done with transparency.
  public enum Transparency: Equatable, Sendable {
    /// It is dropped, so that the colors hidden under it come out, as in Pillow.
    case dropped
    /// The picture is laid on a color.
    case over(Color)
  }

  /// Pictures with more pixels are refused before memory is taken for them.
  public var maxPixels = 100_000_000
  /// Whether EXIF's orientation is applied.
  public var upright = true
  public var depth = Depth.rounded
  public var transparency = Transparency.dropped

  public init(
    maxPixels: Int = 100_000_000, upright: Bool = true, depth: Depth = .rounded,
    transparency: Transparency = .dropped
  ) {
    self.maxPixels = maxPixels
    self.upright = upright
    self.depth = depth
    self.transparency = transparency
  }
}
