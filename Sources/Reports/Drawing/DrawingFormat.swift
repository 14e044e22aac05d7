import Ground
import Pictures

/// The file format of a drawing.
///
/// ```swift
/// try write(DrawingFormat.jpeg(quality: 85).bytes(of: sheet, "red epaulets"), to: "sheet.jpg")
/// ```
public enum DrawingFormat: Equatable, Sendable {
  /// Lossless, for measuring and for papers.
  case png
  /// Several times smaller, for talks and phones.
  case jpeg(quality: Int)

  /// The endings of files in this format. Fieldmark uses the first when it names a file.
  public var endings: [String] {
    switch self {
    case .png: [".png"]
    case .jpeg: [".jpg", ".jpeg"]
    }
  }

  /// The file's bytes. They include the information that Fieldmark made the file, a description,
  /// and the fingerprint of what it was made from.
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
