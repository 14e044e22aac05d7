/// A piece of a page, in which text escapes itself.
///
///     let caption: HTML = .tag("p", ["class": "score"], [.text("a < b")])
///     caption.written      // <p class="score">a &lt; b</p>
public enum HTML: Sendable {
  case text(String)
  /// A name, attributes and what is inside; for `img` and its like, nothing.
  indirect case tag(String, KeyValuePairs<String, String> = [:], [HTML] = [])
  /// Style sheets, where `<` and `&` mean themselves; never what came from outside.
  case style(StaticString)

  public var written: String {
    switch self {
    case .text(let text): return HTML.escaped(text)
    case .style(let rules): return "<style>\(rules)</style>"
    case .tag(let name, let attributes, let inside):
      let words = attributes.map { " \($0.key)=\"\(HTML.escaped($0.value))\"" }.joined()
      let end = HTML.void.contains(name) ? "" : "</\(name)>"
      return "<\(name)\(words)>\(inside.map(\.written).joined())\(end)"
    }
  }

  private static let void: Set = ["br", "hr", "img", "link", "meta"]

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
