import Encoders

/// All maps of a run on one page that needs no other file.
///
///     var sheet = HighlightSheet(model: "ViT-B-16:openai")
///     sheet.rows.append(try HighlightSheet.row("bird.jpg", bird, highlights, .turbo))
///     try write(Array(sheet.page.utf8), to: "sheet.html")
public struct HighlightSheet: Sendable {
  public let model: String
  /// A row for each picture.
  public var rows: [HTML] = []

  public init(model: String) { self.model = model }

  /// Pictures are shrunk to this: a page with a hundred of them still opens at once.
  static let longest = 400

  /// A picture as it is, and beside it its maps.
  public static func row(
    _ path: Path, _ picture: Picture, _ highlights: [any Highlighted], _ colors: ColorMap
  ) throws -> HTML {
    try row(path, picture, highlights.map { Shown($0, path, picture) }, colors)
  }

  /// The same where maps may be of other pictures.
  public static func row(
    _ path: Path, _ picture: Picture, _ shown: [Shown], _ colors: ColorMap
  ) throws -> HTML {
    let plain = try figure(
      picture, path.description, ["\(picture.width) x \(picture.height) pixels"])
    let maps = try shown.map { shown in
      let highlight = shown.highlight
      return try figure(
        highlight.heatmap.overlaid(on: shown.picture, colors: colors), highlight.description,
        (shown.path == path ? [] : [shown.path.description]) + highlight.facts)
    }
    return .tag("section", [:], [plain] + maps)
  }

  private static func figure(
    _ picture: Picture, _ title: String, _ facts: [String]
  ) throws -> HTML {
    let image = HTML.tag("img", ["src": try picture.dataURL(longest: longest), "alt": title])
    let lines = facts.map { HTML.tag("small", [:], [.text($0)]) }
    return .tag(
      "figure", [:],
      [image, .tag("figcaption", [:], [.tag("b", [:], [.text(title)])] + lines)])
  }

  public var page: String {
    let head = HTML.tag(
      "head", [:],
      [
        .tag("meta", ["charset": "utf-8"]), .tag("title", [:], [.text("Where \(model) looks")]),
        .style(
          """
          body { font: 15px/1.4 sans-serif; margin: 2em; color-scheme: light dark }
          section { display: flex; flex-wrap: wrap; gap: 1em; margin-bottom: 2em }
          figure { margin: 0; max-width: 400px } img { max-width: 100%; display: block }
          small { display: block; opacity: 0.7 }
          """),
      ])
    let title = HTML.tag("h1", [:], [.text("Where \(model) looks")])
    let scale = HTML.tag(
      "p", [:],
      [
        .text(
          "Each map is clipped and scaled by itself, from nothing to its most: colours do not compare "
            + "maps, scores do. What the model did not see is dimmed.")
      ])
    let page = HTML.tag(
      "html", ["lang": "en"], [head, .tag("body", [:], [title, scale] + rows)])
    return "<!DOCTYPE html>\n\(page.written)\n"
  }
}
