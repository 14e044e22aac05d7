import Reports

/// Every class in a row, to be sorted and filtered.
struct AuditPageClasses {
  let summary: AuditSummary
  let words: AuditPageWords
  /// Of a class, how often each was its rival, the most frequent first.
  private let rivals: [Int: [(label: Int, count: Int)]]

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
    rivals = Dictionary(grouping: summary.pairs) { $0.group.label }.mapValues { pairs in
      pairs.compactMap { pair in
        pair.group.rival.map { (label: $0, count: pair.group.pictures) }
      }.sorted { ($1.count, $0.label) < ($0.count, $1.label) }
    }
  }

  /// Beside absent attributes, those that have a number of some class.
  private var controls: [Control] {
    Control.all.filter { control in
      control.name != Control.absent.name && summary.classes.contains { $0.group.p(control) != nil }
    }
  }

  var written: [HTML] {
    let controls = controls
    var table = AuditPageTable(
      "Every class with what the audit says of it",
      [
        .init("class"), .init("told apart from"), .init(.verdict), .init(.score),
        .init("p", .control(.absent)), .init(.rate),
      ] + controls.map { .init("p beside \($0.name)", .control($0)) } + [
        .init(.right)
      ])
    for judged in summary.classes {
      let group = judged.group
      let beside = controls.map { AuditPageTable.Cell(group.p($0)) }
      table.add(
        [
          .init([words.link(to: group.label)]), .init(rivals(of: group.label)),
          .init([words.verdict(judged.verdict)]), .init(group.score.mean, group.score.brief),
          .init(group.p(.absent)), .init(judged.rate),
        ] + beside + [
          .init(
            group.pictures > 0 ? Double(group.right) / Double(group.pictures) : nil,
            "\(group.right) of \(group.pictures)")
        ], verdict: judged.verdict)
    }
    return [filter, table.written(id: "table-of-classes")]
  }

  /// The first three: where each picture has its own, there may be many.
  func rivals(of label: Int) -> [HTML] {
    let all = rivals[label] ?? []
    guard !all.isEmpty else { return [.text("–")] }
    var inside: [HTML] = []
    for (place, rival) in all.prefix(3).enumerated() {
      if place > 0 { inside.append(.text(", ")) }
      inside.append(.own(words.name(of: rival.label)))
      if all.count > 1 { inside.append(.text(" (\(rival.count))")) }
    }
    if all.count > 3 { inside.append(.text(" and \(all.count - 3) more")) }
    return inside
  }

  /// Shown by the script: without it there is nothing to filter with.
  private var filter: HTML {
    let verdicts = Verdict.allCases.map {
      HTML.tag("option", ["value": $0.rawValue], [.text(words.sentence($0))])
    }
    return .tag(
      "form", ["class": "filter", "hidden": "", "data-table": "table-of-classes"],
      [
        .tag("label", [:], [.text("Find "), .tag("input", ["type": "search"])]), .text(" "),
        .tag(
          "label", [:],
          [
            .text("Verdict "),
            .tag(
              "select", [:], [.tag("option", ["value": ""], [.text("any")])] + verdicts),
          ]), .text(" "), .tag("output", ["aria-live": "polite"]),
      ])
  }
}

/// Every class with every other that it was told apart from.
struct AuditPagePairs {
  let summary: AuditSummary
  let words: AuditPageWords

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
  }

  var written: [HTML] {
    guard !summary.pairs.isEmpty else { return [.paragraph("No picture had a rival.")] }
    var table = AuditPageTable(
      "Every pair of a class and one that it was told apart from",
      [
        .init("class"), .init("against"), .init(.verdict), .init(.score),
        .init("p", .control(.absent)), .init(.rate), .init(.right),
      ])
    for judged in summary.pairs {
      let group = judged.group
      table.add([
        .init([words.link(to: group.label)]), .init([.own(words.name(of: group.rival))]),
        .init([words.verdict(judged.verdict)]), .init(group.score.mean, group.score.brief),
        .init(group.p(.absent)), .init(judged.rate),
        .init(Double(group.right), "\(group.right) of \(group.pictures)"),
      ])
    }
    return [table.written(id: "table-of-pairs")]
  }
}
