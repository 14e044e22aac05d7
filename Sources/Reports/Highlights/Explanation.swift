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
  /// How the question was asked: `against bird, strength 0.6, by grad-cam`. The description is the title
  /// followed by it.
  var manner: String { get }
  /// The score that the map explains.
  var score: Float { get }
  /// Further lines of text for who wants to know more.
  var facts: [String] { get }
  /// What a reader must know, as sentences without the period.
  var notes: [String] { get }
  /// What must be said even where only files are written, as sentences without the period.
  var warnings: [String] { get }
  /// The object that `fieldmark highlight --json` prints.
  func json(picture: Path, _ provenance: Provenance) -> JSON
}

extension Explanation {
  public var warnings: [String] { heatmap.notes }
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
