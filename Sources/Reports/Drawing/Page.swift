import Ground

/// A self-contained HTML page.
///
/// ```swift
/// Page("Where ViT-B-16:openai looks", remark: "Each map is scaled by itself.", [table]).written
/// ```
public struct Page: Sendable {
  public let title: String
  /// What a reader has to know before looking at the page.
  public let remark: String
  public let inside: [HTML]
  /// A fingerprint of what the page was made from. It decides whether a command may overwrite the
  /// page.
  private let source: String?
  /// Style rules in addition to those of every page.
  private let style: StaticString?
  private let sheets: [Stylesheet]
  /// What stands above the title.
  private let before: [HTML]
  private let pictures: PictureSource

  /// Where pictures come from: from the page itself, or also from the server that it came from.
  public enum PictureSource: String, Sendable {
    case page = "data:"
    case site = "data: 'self'"
  }

  public init(
    _ title: String, remark: String, _ inside: [HTML], before: [HTML] = [],
    style: StaticString? = nil, sheets: [Stylesheet] = [], picturesFrom: PictureSource = .page,
    source: String? = nil
  ) {
    self.title = title
    self.source = source
    self.remark = remark
    self.inside = inside
    self.style = style
    self.sheets = sheets
    self.before = before
    pictures = picturesFrom
  }

  public var written: String {
    var facts: [HTML] = [
      .tag("meta", ["charset": "utf-8"]),
      .tag("meta", ["name": "generator", "content": OwnFile.software]),
      .tag("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
    ]
    if let source { facts.append(.tag("meta", ["name": "source", "content": source])) }
    facts += [
      .tag("meta", ["name": "viewport", "content": "width=device-width"]),
      .tag("title", [:], [.text(title)]), .stylesheet(.reports),
    ]
    facts += sheets.map { .stylesheet($0) }
    if let style { facts.append(.style(style)) }
    let head = HTML.tag("head", [:], facts)
    let body = HTML.tag(
      "body", [:],
      before + [.tag("h1", [:], [.text(title)]), .tag("p", [:], [.text(remark)])] + content)
    return "<!DOCTYPE html>\n\(HTML.tag("html", ["lang": "en"], [head, body]).written)\n"
  }

  /// What is below the remark. Pictures of figures can be enlarged.
  private var content: [HTML] { inside + (inside.contains { $0.hasFigure } ? [Page.lens] : []) }

  /// The policy with which a server sends a report. Reports name in themselves which scripts may run, and
  /// browsers follow the stricter of both.
  package static let policyOfReports =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

  /// The page's content security policy. A browser may show the page's own pictures and styles, and
  /// run its own scripts, which are identified by their hashes. Nothing is loaded from elsewhere,
  /// and a name or prompt that looks like a script would not run even if it were not escaped.
  package var policy: String {
    let scripts = content.flatMap(\.scripts).map { script -> String in
      var digest = Digest.sha256
      digest.add(Array(script.utf8))
      return "'sha256-\(base64(digest.bytes))'"
    }
    let allowed = scripts.isEmpty ? "" : "; script-src \(scripts.joined(separator: " "))"
    return "default-src 'none'; img-src \(pictures.rawValue); style-src 'unsafe-inline'\(allowed)"
  }

  /// A figure: a picture, and below it its title, the legend of its colors, what a reader must know, and,
  /// folded away, further numbers.
  package static func figure(
    _ url: String, _ alternative: String, title: String? = nil, bar: ColorBar? = nil,
    _ facts: [String], numbers: [String] = [], notes: [String] = []
  ) -> HTML {
    let lines = facts.map { HTML.tag("small", [:], [.text($0)]) }
    let remarks = notes.map { HTML.tag("small", ["class": "note"], [.text($0 + ".")]) }
    let heading = title.map { [HTML.tag("b", [:], HTML.name($0))] } ?? []
    let folded = (bar.map { $0.remark.isEmpty ? [] : [$0.remark] } ?? []) + numbers
    let more =
      folded.isEmpty
      ? []
      : [
        HTML.tag(
          "details", [:],
          [.tag("summary", [:], [.text("More about the numbers")])]
            + folded.map { .tag("small", [:], [.text($0)]) })
      ]
    return .tag(
      "figure", [:],
      [
        .tag("img", ["src": url, "alt": alternative]),
        .tag("figcaption", [:], heading + (bar.map { [$0.html] } ?? []) + lines + remarks + more),
      ])
  }
}
