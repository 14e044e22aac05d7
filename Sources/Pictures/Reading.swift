/// How a picture is read where its file leaves a choice. The standard is what a careful user of
/// Pillow gets, but for 16 bits, which Pillow destroys.
///
/// ```swift
/// try Picture("leaf.png", Reading(transparency: .over(.white)))
/// ```
public struct Reading: Equatable, Sendable {
  /// How 16 bits become 8.
  public enum Depth: Equatable, Sendable {
    /// v / 257, rounded.
    case rounded
    /// Pillow's way: gray is cut off at 255, which turns nearly all of it white; the rest loses
    /// its lower byte.
    case asPillow
  }

  /// What becomes of transparency.
  public enum Transparency: Equatable, Sendable {
    /// The colors that hide under it come out, as in Pillow.
    case dropped
    /// The picture is laid on a color.
    case over(Color)
  }

  /// Larger pictures are refused before memory is taken for them.
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
