import Ground
import Pictures

/// What a drawing is written as.
///
/// ```swift
/// try write(DrawingFormat.jpeg(quality: 85).bytes(of: sheet, "red epaulets"), to: "sheet.jpg")
/// ```
public enum DrawingFormat: Equatable, Sendable {
  /// Exact: for measuring and for papers.
  case png
  /// Several times smaller: for talks and phones.
  case jpeg(quality: Int)

  /// What names of its files end in; the first is the one that we give.
  public var endings: [String] {
    switch self {
    case .png: [".png"]
    case .jpeg: [".jpg", ".jpeg"]
    }
  }

  /// The file's bytes, in which stands that Fieldmark made it, what it shows, and, as a fingerprint,
  /// what it was made from.
  public func bytes(
    of drawing: Picture, _ description: String, source: String? = nil
  ) throws -> [UInt8] {
    switch self {
    case .png: drawing.png(text: OwnFile.texts(description, source: source))
    case .jpeg(let quality):
      try drawing.jpeg(
        quality: quality, comment: OwnFile.jpegComment(description, source: source))
    }
  }
}
