import Explaining
import Ground
import Pictures

/// A map that answers a question in words or in pictures, and that can be drawn, written and
/// printed.
///
/// Its description names the question and the method.
public protocol Explanation: Sendable, CustomStringConvertible {
  /// The question in short, by which messages name the map.
  var title: String { get }
  var heatmap: Heatmap { get }
  /// The lines of text below a drawing.
  var facts: [String] { get }
  /// The object that `fieldmark highlight --json` prints.
  func json(picture: Path, _ provenance: Provenance) -> JSON
}

/// An explanation with the picture that it is about.
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
