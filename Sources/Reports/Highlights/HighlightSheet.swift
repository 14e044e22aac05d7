import Ground
import Pictures

/// All maps of a call on one self-contained page.
///
/// ```swift
/// var sheet = HighlightSheet(model: "ViT-B-16:openai")
/// sheet.rows.append(try HighlightSheet.row("bird.jpg", bird, highlights, .turbo))
/// try write(Array(sheet.page.utf8), to: "sheet.html")
/// ```
public struct HighlightSheet: Sendable {
  public let model: String
  /// Notes about the model, in whole sentences.
  public let notes: [String]
  /// A row for each picture.
  public var rows: [HTML] = []

  public init(model: String, notes: [String] = []) {
    self.model = model
    self.notes = notes
  }

  /// The longer side, in pixels, to which pictures are shrunk, so that a page with a hundred of
  /// them still opens quickly.
  static let longest = 400

  /// The remark that applies to every drawing of a map.
  static let remark =
    "Each map is clipped and scaled by itself, from 0 to its maximum. Compare maps by their scores, not "
    + "by their colors. What the model did not see is dimmed."

  /// A row with the picture itself and its maps.
  public static func row(
    _ path: Path, _ picture: Picture, _ highlights: [any Explanation], _ colors: ColorMap
  ) throws -> HTML {
    try row(path, picture, highlights.map { ExplainedPicture($0, path, picture) }, colors)
  }

  /// Like the other `row`, for maps that may be of other pictures.
  public static func row(
    _ path: Path, _ picture: Picture, _ shown: [ExplainedPicture], _ colors: ColorMap
  ) throws -> HTML {
    let name = printable(path.bytes)
    let plain = Page.figure(
      try picture.dataURL(longest: longest), name, title: name,
      ["\(picture.width) x \(picture.height) pixels"])
    let maps = try shown.map { shown in
      let drawn = shown.highlight.heatmap.overlaid(on: shown.picture, colors: colors)
      let others = shown.path == path ? [] : [printable(shown.path.bytes)]
      let title = shown.highlight.description
      return Page.figure(
        try drawn.dataURL(longest: longest), title, title: title,
        bar: ColorBar(shown.highlight.heatmap, colors), others + shown.highlight.facts)
    }
    return .tag("section", [:], [plain] + maps)
  }

  public var page: String { page() }

  /// The page, marked with a fingerprint of what it was made from.
  public func page(source: String? = nil) -> String {
    let remark = (notes + [HighlightSheet.remark]).joined(separator: " ")
    return Page("Where \(model) looks", remark: remark, rows, source: source).written
  }
}

extension Highlight: Explanation {
  public var title: String { question.concept.name }

  /// The lines below a drawing: the score, the effect of the concept's words on its own score, and
  /// the notes.
  public var facts: [String] {
    ["score \(score)"] + (words.map { $0.words.isEmpty ? [] : [$0.description] } ?? []) + notes
  }
}
