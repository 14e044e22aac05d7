import Ground
import Nuisances
import Pictures

/// Something that is planted in pictures to see from which share on an audit finds heads that go by it.
///
///     PlantedMark.all.map(\.name)      // text, frame, tint, background, trait
///     let marked = try PlantedMark.frame.planted(in: bird, MarkLook(seed: 7))
///
/// The seed decides what it looks like, so that all pictures of two classes get the same.
public struct PlantedMark: Named {
  public static let kind = "a mark"

  public let name: String
  /// What is planted, as a sentence has it: `a word in a corner`.
  public let phrase: String
  /// The nuisances that show it. What is planted on the thing itself has none: it is found by taking that
  /// away, as traits are.
  public let nuisances: [Nuisance]
  private let plant: @Sendable (LocatedPicture, MarkLook) -> Picture?

  public init(
    _ name: String, phrase: String, shownBy nuisances: [Nuisance],
    plant: @escaping @Sendable (LocatedPicture, MarkLook) -> Picture?
  ) {
    (self.name, self.phrase, self.nuisances, self.plant) = (name, phrase, nuisances, plant)
  }

  /// The picture with the mark; nil where it cannot be planted, because no thing or no place is known.
  public func planted(in picture: LocatedPicture, _ look: MarkLook) throws -> LocatedPicture? {
    guard let marked = plant(picture, look) else { return nil }
    return try LocatedPicture(
      marked, thing: picture.thing, quality: picture.appearance.quality,
      shortest: min(marked.width, marked.height))
  }

  /// Whether it is planted where a trait is.
  public var isTrait: Bool { nuisances.isEmpty }

  public static let all: [PlantedMark] = [text, frame, tint, background, trait]

  public static let text = PlantedMark(
    "text", phrase: "a word in a corner", shownBy: [.frame, .background]
  ) { $0.withWord($1) }

  public static let frame = PlantedMark(
    "frame", phrase: "a colored border", shownBy: [.frame, .background]
  ) { $0.withBorder($1) }

  public static let tint = PlantedMark(
    "tint", phrase: "a color cast", shownBy: [.color]
  ) { $0.withCast($1) }

  public static let background = PlantedMark(
    "background", phrase: "another background", shownBy: [.background]
  ) { $0.withTexture($1) }

  public static let trait = PlantedMark(
    "trait", phrase: "a listed color on a part", shownBy: []
  ) { $0.withColoredPart($1) }
}

/// What a mark looks like.
public struct MarkLook: Sendable {
  public var seed: UInt64
  /// Where a part is, and the color that it gets.
  public var part: Part?

  public struct Part: Sendable {
    public let place: Mask
    public let color: Color

    public init(place: Mask, color: Color) { (self.place, self.color) = (place, color) }
  }

  public init(seed: UInt64, part: Part? = nil) { (self.seed, self.part) = (seed, part) }
}
