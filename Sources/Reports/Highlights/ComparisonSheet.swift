import Ground

extension Comparison {
  /// The comparison as one picture, as in papers, with tiles of at most `maxSide` pixels in width
  /// and height.
  public func sheet(_ colors: ColorMap, maxSide: Int? = nil) throws -> PictureSheet {
    PictureSheet(
      title,
      remark:
        "Each map has its own colors: the left end of the bar below it means no evidence for what "
        + "was asked, and the right end is the map's highest value. What the model did not see is "
        + "dimmed.",
      original: PictureSheet.Cell(
        picture, "the picture, \(picture.width) x \(picture.height) pixels"),
      columns: columns,
      rows: rows.map { row in
        let maps = row.highlights.map { highlight in
          PictureSheet.Cell(
            highlight.heatmap.overlaid(on: picture, colors: colors),
            bar: ColorBar(highlight.heatmap, colors),
            ([highlight.scoreText] + highlight.heatmap.notes).joined(separator: "; "))
        }
        return PictureSheet.Row(self.title(of: row), maps)
      }, maxSide: maxSide)
  }

  /// The comparison as a page, with all facts about each map.
  public func page(
    model: String, notes: [String] = [], picture path: Path, _ colors: ColorMap,
    source: String? = nil
  ) throws -> String {
    let name = printable(path.lastComponent.bytes)
    let plain = Page.figure(
      try picture.photographURL(longest: HighlightSheet.longest), "\(name), as it is", title: name,
      ["\(printable(path.bytes)), \(picture.width) x \(picture.height) pixels"])
    func cells(_ name: String, _ contents: [[HTML]]) -> [HTML] {
      contents.map { .tag(name, [:], $0) }
    }
    let head = HTML.tag(
      "tr", [:], cells("th", [[]] + columns.map { [.text($0)] }))
    let body = try rows.map { row in
      let maps = try row.highlights.map { highlight in
        let drawn = highlight.heatmap.overlaid(on: picture, colors: colors)
        return Page.figure(
          try drawn.photographURL(longest: HighlightSheet.longest), highlight.description,
          bar: ColorBar(highlight.heatmap, colors), ["score \(Double(highlight.score).short)"],
          numbers: highlight.facts, notes: highlight.notes)
      }
      return HTML.tag(
        "tr", [:],
        cells("th", [[.text(title(of: row))]]) + cells("td", maps.map { [$0] }))
    }
    let table = HTML.tag("table", [:], [.tag("thead", [:], [head]), .tag("tbody", [:], body)])
    let remark = (["Asked of \(model)."] + notes + [HighlightSheet.remark()]).joined(separator: " ")
    return Page(
      title, remark: remark, [.tag("div", ["class": "beside"], [plain, table])], source: source
    ).written
  }

  /// The JSON objects of all maps, as `fieldmark highlight --json` prints them, row by row.
  public func json(picture: Path, _ provenance: Provenance) -> [JSON] {
    rows.flatMap(\.highlights).map { $0.json(picture: picture, provenance) }
  }

  private var concepts: [String] {
    rows.map(\.concept).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  public var title: String { "Where is " + concepts.joined(separator: ", ") + "?" }

  private func title(of row: Row) -> String {
    concepts.count > 1 ? "\(row.concept), by \(row.method)" : row.method
  }
}

extension Highlight {
  /// The score with three decimals, since the caption of a drawing has no room for more.
  fileprivate var scoreText: String {
    let thousandths = (Double(score) * 1000).rounded() / 1000
    return "score \(thousandths)"
  }
}
