import Reports

/// A table whose heads lead to what they mean, and which a click sorts where scripts run.
///
///     var table = AuditPageTable("Pairs", [.init("class"), .init("words", .words)])
///     table.add([.init([.own("Red-winged Blackbird")]), .init(0.98)])
struct AuditPageTable {
  let name: String
  let heads: [Head]
  private var rows: [HTML] = []

  struct Head {
    let name: String
    let meaning: AuditPageDefinition?
    /// The scale of what is drawn in the column.
    let drawing: HTML?

    init(_ name: String, _ meaning: AuditPageDefinition? = nil, drawing: HTML? = nil) {
      (self.name, self.meaning, self.drawing) = (name, meaning, drawing)
    }

    init(_ meaning: AuditPageDefinition) { self.init(meaning.name, meaning) }
  }

  struct Cell {
    let inside: [HTML]
    /// What it is sorted by; words by themselves.
    let order: String?

    init(_ inside: [HTML]) { (self.inside, order) = (inside, nil) }

    /// With what stands small below it.
    init(_ number: Double, _ inside: [HTML]? = nil, beside: String) {
      self.inside =
        (inside ?? [.text(number.short)]) + [.text(" "), .tag("small", [:], [.text(beside)])]
      order = number.isFinite ? "\(number)" : ""
    }

    /// Where there is no number it comes last, whichever way a table is sorted.
    init(_ number: Double?, _ text: String? = nil) {
      let number = number.flatMap { $0.isFinite ? $0 : nil }
      inside = [.text(text ?? number?.short ?? "–")]
      order = number.map { "\($0)" } ?? ""
    }
  }

  init(_ name: String, _ heads: [Head]) { (self.name, self.heads) = (name, heads) }

  /// The first cell names the row.
  mutating func add(_ cells: [Cell], verdict: Verdict.Kind? = nil) {
    let written = cells.enumerated().map { place, cell in
      switch (place, cell.order) {
      case (0, _): HTML.tag("th", ["scope": "row"], cell.inside)
      case (_, let order?): HTML.tag("td", ["class": "number", "data-number": order], cell.inside)
      default: HTML.tag("td", [:], cell.inside)
      }
    }
    rows.append(.tag("tr", verdict.map { ["data-verdict": $0.rawValue] } ?? [:], written))
  }

  func written(id: String, isSorted: Bool = true) -> HTML {
    let heads = heads.map { head -> HTML in
      if let drawing = head.drawing { return .tag("td", [:], [drawing]) }
      let title = head.meaning.map { HTML.link(head.name, to: $0) } ?? .text(head.name)
      guard isSorted else { return .tag("th", ["scope": "col"], [title]) }
      let button = HTML.tag(
        "button", ["type": "button", "hidden": "", "aria-label": "Sort by \(head.name)"],
        [.tag("span", ["aria-hidden": "true"], [])])
      return .tag("th", ["scope": "col", "aria-sort": "none"], [title, .text(" "), button])
    }
    let table = HTML.tag(
      "table", ["id": id, "class": "rows"],
      [
        .tag("caption", [:], [.text(name)]),
        .tag("thead", [:], [.tag("tr", [:], heads)]), .tag("tbody", [:], rows),
      ])
    return .scrolling(name, [table])
  }
}

extension HTML {
  /// Wide things scroll in a box of their own, by keys too.
  static func scrolling(_ name: String, _ inside: [HTML]) -> HTML {
    .tag(
      "div", ["class": "scrolling", "tabindex": "0", "role": "region", "aria-label": name], inside)
  }
}
