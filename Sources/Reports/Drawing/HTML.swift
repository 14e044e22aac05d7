import Ground

/// A piece of a page. Text is escaped automatically.
///
/// ```swift
/// let caption: HTML = .tag("p", ["class": "score"], [.text("a < b")])
/// caption.written      // <p class="score">a &lt; b</p>
/// ```
public enum HTML: Sendable {
  case text(String)
  /// A tag's name, attributes and content; the content is empty for `img` and similar tags.
  indirect case tag(String, KeyValuePairs<String, String> = [:], [HTML] = [])
  /// Style sheets and scripts, which are not escaped and must not contain anything from outside.
  case stylesheet(Stylesheet)
  case style(StaticString)
  case script(StaticString)

  /// A name of a file or a class, which may be broken after `_` and `/` where it is too long for its line.
  package static func name(_ name: String) -> [HTML] {
    var pieces: [HTML] = []
    var piece = ""
    for character in name {
      piece.append(character)
      guard "_/".contains(character) else { continue }
      pieces += [.text(piece), .tag("wbr")]
      piece = ""
    }
    return pieces + [.text(piece)]
  }

  public var written: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes into one buffer. Joining the strings of each level would copy a page with a thousand
  /// pictures once for every level.
  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text): HTML.escape(text, to: &bytes)
    case .stylesheet(let sheet): bytes += "<style>\(sheet.rules)</style>".utf8
    case .style(let rules): bytes += "<style>\(rules)</style>".utf8
    case .script(let steps): bytes += "<script>\(steps)</script>".utf8
    case .tag(let name, let attributes, let inside):
      bytes += "<\(name)".utf8
      for (key, value) in attributes {
        bytes += " \(key)=\"".utf8
        HTML.escape(value, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
      }
      bytes.append(UInt8(ascii: ">"))
      for piece in inside { piece.write(to: &bytes) }
      if !HTML.void.contains(name) { bytes += "</\(name)>".utf8 }
    }
  }

  /// The scripts inside, in their order.
  var scripts: [String] {
    switch self {
    case .script(let steps): ["\(steps)"]
    case .tag(_, _, let inside): inside.flatMap(\.scripts)
    case .text, .style, .stylesheet: []
    }
  }

  /// Whether there is a figure with a picture inside.
  var hasFigure: Bool {
    guard case .tag(let name, _, let inside) = self else { return false }
    return name == "figure" && inside.contains { $0.isPicture } || inside.contains { $0.hasFigure }
  }

  private var isPicture: Bool {
    if case .tag("img", _, _) = self { true } else { false }
  }

  private static let void: Set = ["br", "hr", "img", "input", "link", "meta", "wbr"]

  private static func escape(_ text: String, to bytes: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      default: bytes.append(byte)
      }
    }
  }
}
