/// A bird as it was seen: the picture, and of each pixel what it shows.
public struct Sighting: Sendable {
  public let species: Species
  let individual: Individual
  public let pose: Pose
  public let scene: Scene
  public let width: Int
  public let height: Int
  /// Red, green, blue of each pixel, row by row.
  public let pixels: [UInt8]
  /// The topmost thing of each pixel that covers at least half of it: a patch's number, or one of
  /// the scene's.
  let shows: [UInt8]

  /// The colours that this individual has.
  public var plumage: [Patch: Hue] { individual.plumage }
}
