import Ground
import Pictures

/// Something that a classifier may go by though it is no trait of the thing, and how to move it in a
/// picture toward another class. A new one is one declaration here and a word in `all`.
///
/// ```swift
/// Nuisance.all.map(\.name)      // background, frame, color, ...
/// try Nuisance.named("backgrond")
/// // nuisance: expected one of background, frame, ...; did you mean 'background'?
/// ```
///
/// A change returns nil where there is nothing to change: no thing is known, the files are no JPEG.
/// Where the two classes do not differ, it returns the picture itself.
public struct Nuisance: Named {
  public static let kind = "a nuisance"

  public let name: String
  /// What is changed, in one line of help.
  public let summary: String
  /// What it is called in a verdict: `the background`.
  public let phrase: String
  public let change: Change

  /// The three ways to change a picture.
  public enum Change: Sendable {
    /// Takes something over from another picture. Called with a donor of the same class and with one of
    /// the rival: the difference is what the nuisance does, without what any exchange does.
    case exchange(@Sendable (LocatedPicture, _ donor: LocatedPicture) -> Picture?)
    /// Moves a property by as much as the two classes differ in it.
    case shift(
      @Sendable (LocatedPicture, _ from: ClassAppearance, _ to: ClassAppearance) -> Picture?)
    /// Needs no other picture.
    case single(@Sendable (LocatedPicture) -> Picture?)
  }

  public init(_ name: String, _ summary: String, phrase: String, _ change: Change) {
    (self.name, self.summary, self.phrase, self.change) = (name, summary, phrase, change)
  }

  public static let all: [Nuisance] = [
    background, frame, color, contrast, sharpness, compression, scale, mirror,
  ]

  public static let background = Nuisance(
    "background", "Everything outside of the thing comes from another picture.",
    phrase: "the background",
    .exchange { $0.withBackground(of: $1) })

  public static let frame = Nuisance(
    "frame", "The edges and the corners come from another picture.",
    phrase: "the edges and corners of the picture",
    .exchange { $0.withFrame(of: $1) })

  public static let color = Nuisance(
    "color", "The whole picture gets the other class's tint and brightness.",
    phrase: "the tint or brightness of the picture",
    .shift { $0.withColor(from: $1, to: $2) })

  public static let contrast = Nuisance(
    "contrast", "The whole picture gets the other class's contrast.",
    phrase: "the contrast of the picture",
    .shift { $0.withContrast(from: $1, to: $2) })

  public static let sharpness = Nuisance(
    "sharpness", "The whole picture becomes as sharp or as blurred as the other class's.",
    phrase: "the sharpness of the picture",
    .shift { $0.withSharpness(from: $1, to: $2) })

  public static let compression = Nuisance(
    "compression", "The picture is compressed as strongly as the other class's JPEG files.",
    phrase: "the compression of the file",
    .shift { $0.withCompression(from: $1, to: $2) })

  public static let scale = Nuisance(
    "scale", "The thing becomes as large in the picture as the other class's.",
    phrase: "the size of the thing in the picture",
    .shift { $0.withScale(from: $1, to: $2) })

  public static let mirror = Nuisance(
    "mirror", "Left and right are exchanged.",
    phrase: "the side that the thing faces",
    .single { $0.mirrored })
}
