import Ground
import Reports

/// What a reader with a minute should know.
struct AuditPageSummary {
  let summary: AuditSummary
  let words: AuditPageWords

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
  }

  var written: [HTML] {
    [faithful, verdicts, sure] + (summary.unheld.map { [.paragraph($0)] } ?? []) + worst
      + neverLookedAt
  }

  private var faithful: HTML {
    let score = summary.score
    return .tag(
      "p", [:],
      [
        .text("The mean "), .link("score", to: .score), .text(" of the classes is "),
        .tag("strong", [:], [.text(score.brief)]),
        .text(
          score.mean == nil
            ? ": no picture gave one. It is "
            : ", of \(counted(score.count, "class", "classes")). At 0 the "
              + "classifier goes with the traits of its classes no more than with attributes that "
              + "they have not. It is "),
        .link("right", to: .right),
        .text(" on \(summary.right) of \(counted(summary.pictures, "picture"))\(share)."),
      ])
  }

  private var share: String {
    guard summary.pictures > 0 else { return "" }
    let tenths = (1000 * Double(summary.right) / Double(summary.pictures)).rounded() / 10
    return " (\(tenths) %)"
  }

  private var verdicts: HTML {
    let rows = Verdict.allCases.map { verdict -> HTML in
      let count = summary.count(verdict)
      let percent = summary.classes.isEmpty ? 0 : 100 * count / summary.classes.count
      return .tag(
        "tr", [:],
        [
          .tag("th", ["scope": "row"], [words.verdict(verdict)]),
          .tag("td", ["class": "number"], [.text("\(count)")]),
          .tag(
            "td", ["class": "bar", "aria-hidden": "true"],
            [.tag("span", ["style": "width:\(percent)%"])]),
        ])
    }
    let heads = [
      HTML.tag("th", ["scope": "col"], [.link("verdict", to: .verdict)]),
      .tag("th", ["scope": "col"], [.text("classes")]), .tag("td"),
    ]
    return .tag(
      "table", ["class": "verdicts"],
      [
        .tag("caption", [:], [.text("How many classes have each verdict")]),
        .tag("thead", [:], [.tag("tr", [:], heads)]), .tag("tbody", [:], rows),
      ])
  }

  private var sure: HTML {
    let ps = summary.classes.compactMap { $0.group.p(.absent) }
    guard !ps.isEmpty else {
      return .paragraph("No class could be judged beside absent attributes.")
    }
    let alone = ps.count { $0 <= Verdict.sure }
    let sure = summary.classes.count { ($0.rate ?? 1) <= Verdict.sure }
    let counts = summary.classes.map(\.group.right).sorted()
    let byChance = (10 * Verdict.sure * Double(ps.count)).rounded() / 10
    return .tag(
      "p", [:],
      [
        .text(
          "How sure that is: of \(counted(ps.count, "class", "classes")) that could be judged "
            + (alone == 1 ? "1 has a " : "\(alone) have a ")),
        .link("p", to: .p),
        .text(
          " of \(Verdict.sure) or less, where chance alone would give about \(byChance). By the "),
        .link("rate of false discoveries", to: .rate),
        .text(
          ", which verdicts go by, \(sure == 1 ? "1 is" : "\(sure) are") left. The middle one of all classes has "
            + "\(counted(counts[counts.count / 2], "picture that counts", "pictures that count")), the least \(counts[0])."
        ),
      ])
  }

  /// At most half of the classes: the others are not the worst.
  private var worst: [HTML] {
    let worst = summary.worst.prefix(min(10, (summary.classes.count + 1) / 2))
    guard !worst.isEmpty else { return [] }
    let list = worst.map { judged in
      HTML.tag(
        "li", [:],
        [
          words.link(to: judged.group.label), .text(": \(judged.group.score.brief), "),
          words.verdict(judged.verdict),
        ])
    }
    return [.tag("h3", [:], [.text("The lowest scores")]), .tag("ol", [:], list)]
  }

  private var neverLookedAt: [HTML] {
    let title = HTML.tag("h3", [:], [.text("Attributes never looked at")])
    let never = summary.neverLookedAt
    guard !never.isEmpty else {
      return [title, .paragraph("Every trait is looked at in some class, or none was compared.")]
    }
    let list = never.map { attribute in
      HTML.tag(
        "li", [:],
        [
          .own(attribute.phrase), .text(" "),
          .tag("small", ["class": "beside"], [.own(attribute.name)]),
        ])
    }
    return [
      title,
      .paragraph(
        "They tell classes apart, and in none of these does the classifier go with them more than "
          + "with attributes that neither class has (p > \(Verdict.sure))."),
      .tag("ul", ["class": "columns"], list),
    ]
  }
}
