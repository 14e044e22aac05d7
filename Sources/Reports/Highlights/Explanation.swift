import Explaining
import Ground
import Pictures

/// An answer that can be drawn, written and printed, whatever was asked: with words, or with pictures.
///
/// Its description says what was asked and by which method.
public protocol Explanation: Sendable, CustomStringConvertible {
  /// What was asked for, in short: messages name the map by it.
  var title: String { get }
  var heatmap: Heatmap { get }
  /// What stands below a drawing, a line each.
  var facts: [String] { get }
  /// What `fieldmark highlight --json` prints.
  func json(picture: Path, _ provenance: Provenance) -> JSON
}

/// An answer, and the picture that it is about.
public struct ExplainedPicture: Sendable {
  public let highlight: any Explanation
  public let path: Path
  public let picture: Picture

  public init(_ highlight: any Explanation, _ path: Path, _ picture: Picture) {
    self.highlight = highlight
    self.path = path
    self.picture = picture
  }
}
