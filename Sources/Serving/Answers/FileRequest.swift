import Explaining
import Ground
import Reports

/// A map that is to be written to a file: the question, and how the file is drawn.
struct FileRequest: Sendable {
  let map: MapRequest
  let style: HighlightFormat.Style
  /// The changed parts of the style as options of the command line.
  let words: [(name: String, value: String?)]

  static let members = MapRequest.members + ["threshold", "color_map", "max_side", "color_bar"]

  init(_ asked: AskedObject, _ session: Session) throws {
    map = try MapRequest(asked, session)
    guard map.concepts.count == 1 else {
      throw AskedObject.refusal(
        "concepts", expected: "one text, since a file has one map", found: "\(map.concepts.count)")
    }
    var (style, words) = (HighlightFormat.Style(), [(name: String, value: String?)]())
    if let colors = try asked.named("color_map", ColorMap.self), colors != style.colors {
      style.colors = colors
      words.append(("colormap", colors.name))
    }
    if let threshold = try asked.threshold() {
      style.threshold = threshold
      if threshold != HighlightFormat.Style().threshold {
        words.append(("threshold", threshold.description))
      }
    }
    if let side = try asked.whole("max_side") {
      guard side >= 16 else {
        throw InputError("'max_side'", expected: "16 pixels or more", found: "\(side)")
      }
      style.maxSide = side
      words.append(("max-side", "\(side)"))
    }
    if try asked.bool("color_bar") ?? false {
      style.hasColorBar = true
      words.append(("color-bar", nil))
    }
    (self.style, self.words) = (style, words)
  }
}
