import Explaining
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
  public var rows: [Row] = []

  public init(model: String, notes: [String] = []) {
    self.model = model
    self.notes = notes
  }

  /// A picture with its maps.
  public struct Row: Sendable {
    fileprivate let path: Path
    fileprivate let size: String
    /// The picture as a data URL, small and large.
    fileprivate let thumbnail: String
    fileprivate let picture: String
    fileprivate let maps: [Map]
    /// Whether all of its maps have one scale.
    fileprivate let isShared: Bool
  }

  /// A map as it is shown.
  fileprivate struct Map: Sendable {
    let title: String
    let manner: String
    /// The title and the manner.
    let description: String
    /// The name of the picture, if it is not that of the row.
    let other: String?
    let url: String
    let bar: ColorBar
    let score: Float
    let facts: [String]
    let notes: [String]
  }

  /// The longer side, in pixels, to which pictures are shrunk, so that a page with a hundred of
  /// them still opens quickly.
  static let longest = 640
  private static let thumbnail = 128
  /// With more pictures than this, small ones lead to each.
  private static let fewPictures = 3

  /// The remark that applies to every drawing of a map.
  static func remark(isShared: Bool = false) -> String {
    let left =
      "The left end of the bar below a map means no evidence for what was asked, and the right end "
    let dimmed = " What the model did not see is dimmed."
    return left
      + (isShared
        ? "is the highest value of all maps of the picture, so that these can be compared by their colors."
        : "is the map's highest value. Each map has its own scale, so compare maps by their scores and not by "
          + "their colors.") + dimmed
  }

  /// A row with the picture itself and its maps.
  public static func row(
    _ path: Path, _ picture: Picture, _ highlights: [any Explanation], _ colors: ColorMap,
    scale top: Float? = nil
  ) throws -> Row {
    try row(
      path, picture, highlights.map { ExplainedPicture($0, path, picture) }, colors, scale: top)
  }

  /// Like the other `row`, for maps that may be of other pictures.
  public static func row(
    _ path: Path, _ picture: Picture, _ shown: [ExplainedPicture], _ colors: ColorMap,
    scale top: Float? = nil
  ) throws -> Row {
    Row(
      path: path, size: "\(picture.width) x \(picture.height) pixels",
      thumbnail: try picture.photographURL(longest: thumbnail, quality: 80),
      picture: try picture.photographURL(longest: longest),
      maps: try shown.map { shown in
        let drawn = shown.highlight.heatmap.overlaid(on: shown.picture, colors: colors, scale: top)
        return Map(
          title: shown.highlight.title, manner: shown.highlight.manner,
          description: shown.highlight.description,
          other: shown.path == path ? nil : printable(shown.path.lastComponent.bytes),
          url: try drawn.photographURL(longest: longest),
          bar: ColorBar(shown.highlight.heatmap, colors, scale: top), score: shown.highlight.score,
          facts: shown.highlight.facts, notes: shown.highlight.notes)
      }, isShared: top != nil)
  }

  public var page: String { page() }

  /// The page, marked with a fingerprint of what it was made from.
  public func page(source: String? = nil) -> String {
    let names = ShortNames(rows.map(\.path))
    let manners = Set(rows.flatMap { $0.maps.map(\.manner) })
    let common = manners.count == 1 ? manners.first : nil
    let asked = common.map { ["Asked \($0), of \(counted(rows.count, "picture"))."] } ?? []
    let remark =
      (asked + notes + [HighlightSheet.remark(isShared: rows.contains(where: \.isShared))])
      .joined(separator: " ")
    let sections = rows.enumerated().map { number, row in
      row.section(id: "picture-\(number + 1)", name: names[row.path], isManner: common == nil)
    }
    let strip = rows.count > HighlightSheet.fewPictures ? [filmstrip(names)] : []
    return Page(title, remark: remark, strip + sections, source: source).written
  }

  /// The concepts, if they are few enough for a title.
  private var title: String {
    var seen: Set<String> = []
    let titles = rows.flatMap(\.maps).map(\.title).filter { seen.insert($0).inserted }
    guard (1...4).contains(titles.count) else { return "Where \(model) looks" }
    let last = titles[titles.count - 1]
    let all =
      titles.count == 1
      ? last : titles.dropLast().joined(separator: ", ") + " and " + last
    return "Where \(model) sees \(all)"
  }

  private func filmstrip(_ names: ShortNames) -> HTML {
    .tag(
      "nav", ["aria-label": "Pictures"],
      [
        .tag(
          "ul", ["class": "filmstrip"],
          rows.enumerated().map { number, row in
            let name = names[row.path]
            return .tag(
              "li", [:],
              [
                .tag(
                  "a", ["href": "#picture-\(number + 1)", "title": name],
                  [.tag("img", ["src": row.thumbnail, "alt": name, "loading": "lazy"])])
              ])
          })
      ])
  }
}

extension HighlightSheet.Row {
  fileprivate func section(id: String, name: String, isManner: Bool) -> HTML {
    let folder = path.folder == "." ? "" : "in \(printable(path.folder.bytes)), "
    let heading = HTML.tag(
      "h2", [:], HTML.name(name) + [.tag("small", [:], HTML.name(folder + size))])
    let plain = Page.figure(picture, "\(name), as it is", title: "the picture", [])
    let figures = maps.map { map in
      return Page.figure(
        map.url, "\(name): \(map.description)", title: isManner ? map.description : map.title,
        bar: map.bar,
        (map.other.map { ["on \($0)"] } ?? []) + ["score \(Double(map.score).short)"],
        numbers: map.facts, notes: map.notes)
    }
    return .tag(
      "article", ["class": "asked", "id": id],
      [heading, .tag("div", ["class": "figures"], [plain] + figures)])
  }
}

extension Highlight: Explanation {
  public var title: String { question.concept.name }
  public var warnings: [String] { heatmap.notes + (absence.map { [$0] } ?? []) }

  /// The effect of the concept's words on its own score.
  public var facts: [String] {
    words.map { $0.words.isEmpty ? [] : [$0.description + "."] } ?? []
  }
}
