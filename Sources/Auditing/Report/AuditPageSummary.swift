import Ground
import Measures
import Reports

/// What a reader with a minute should know: what the classifier goes by, what else, how sure that is, and
/// what could not be judged.
struct AuditPageSummary {
  private let summary: AuditSummary
  private let words: AuditPageWords

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
  }

  var written: [HTML] {
    goesBy + [title("What else decides")] + others + [title("How sure this is")] + sure
      + [title("What could not be judged")] + AuditPageReasons(summary, words).written
  }

  private func title(_ text: String) -> HTML { .tag("h3", [:], [.text(text)]) }

  // MARK: What it goes by

  private var goesBy: [HTML] {
    let share =
      summary.pictures > 0
      ? " (\((1000 * Double(summary.right) / Double(summary.pictures)).rounded() / 10) %)" : ""
    return [
      .tag(
        "p", [:],
        [
          .text("The classifier is "), .link("right", to: .right),
          .text(
            " on \(summary.right) of \(counted(summary.pictures, "picture"))\(share). "
              + (summary.pairs.isEmpty
                ? "No picture has a look-alike that it could be told apart from."
                : "Each class was told apart from its look-alike: "
                  + "\(counted(summary.pairs.count, "pair")) of \(counted(summary.classes.count, "class", "classes")).")
          ),
        ])
    ] + (summary.pairs.isEmpty ? [] : [verdicts])
  }

  private var verdicts: HTML {
    let rows = Verdict.Kind.allCases.map { kind -> HTML in
      let count = summary.count(kind)
      let percent = 100 * count / max(1, summary.pairs.count)
      return .tag(
        "tr", [:],
        [
          .tag("th", ["scope": "row"], [.text(kind.summary)]),
          .tag("td", ["class": "number"], [.text("\(count)")]),
          .tag(
            "td", ["class": "bar", "aria-hidden": "true"],
            [.tag("span", ["style": "width:\(percent)%"])]),
        ])
    }
    let heads = [
      HTML.tag("th", ["scope": "col"], [.link("verdict", to: .verdict)]),
      .tag("th", ["scope": "col"], [.text("pairs")]), .tag("td"),
    ]
    return .tag(
      "table", ["class": "verdicts"],
      [
        .tag("caption", [:], [.text("How many pairs have each verdict")]),
        .tag("thead", [:], [.tag("tr", [:], heads)]), .tag("tbody", [:], rows),
      ])
  }

  // MARK: What else

  private var others: [HTML] {
    guard let tried = summary.plan.nuisances else {
      return [.paragraph(AuditPageSummary.quick)]
    }
    let found = summary.othersThatDecide
    guard !found.isEmpty else {
      return [
        .tag(
          "p", [:],
          [
            .text(
              "Nothing else was found to decide in any pair. These were changed where they could be: "
            )
          ] + AuditPageWords.list(ChangeRow.order(tried).map { [ChangeInWords($0).phrase] })
            + [
              .text(
                ". What was not changed may still decide, and so may what is weaker than what would have been found."
              )
            ])
      ]
    }
    return [
      .tag("ul", [:], found.map { .tag("li", [:], [.own($0.phrase), .text(": ")] + pairs($0)) })
    ]
  }

  static let quick =
    "Nothing was changed in the pictures: this run compared maps only, and its verdicts rest on them "
    + "alone. They say where the classifier looks, and not what changes its decision, so that nothing is known of "
    + "what else decides."

  /// How many, with links to the first ones.
  private func pairs(_ other: (phrase: String, pairs: Int)) -> [HTML] {
    let all = summary.worstFirst.filter { $0.verdict.nuisances.contains(other.phrase) }
    return [.text("\(counted(other.pairs, "pair")) (")] + words.links(all) + [.text(")")]
  }

  // MARK: How sure

  private var sure: [HTML] {
    let counts = summary.pairs.map(\.pair.right).sorted()
    let powers = summary.pairs.compactMap(\.findings.power).filter(\.isFinite).sorted()
    var said: [HTML] = []
    if let least = counts.first {
      said += [
        .text(
          "The middle one of all pairs has \(counted(counts[counts.count / 2], "picture")) that the classifier gets "
            + "right, and the one with the fewest has \(least). \(summary.intervals) What changes a decision is held to a "
        ), .link("rate of false discoveries", to: .rate),
        .text(" of 5 % over all pairs. "),
      ]
    }
    if let most = powers.last {
      said += [
        .text("In the middle pair a "), .link("reliance", to: .power),
        .text(
          " of \(powers[powers.count / 2].percent) of the margin on any of what was changed would have been found in "
            + "four of five cases, and in the pair with the least power one of \(most.percent). "),
      ]
    }
    if words.isQuick { said.append(.text("The verdicts rest on maps alone. ")) }
    said += [
      .text("The "), .link("thresholds", to: .verdict),
      .text(" come from drawn birds of which the truth is known."),
    ]
    return [.tag("p", [:], said)] + (isDemo ? [.paragraph(AuditPageDefinition.demo)] : [])
  }

  private var isDemo: Bool { summary.plan.inputs.model == "demo" }
}

extension AuditPageWords {
  /// Links to the first few pairs.
  func links(_ pairs: [JudgedPair]) -> [HTML] {
    let few = 5
    return AuditPageWords.list(pairs.prefix(few).map { [link(to: $0.pair, both($0.pair))] })
      + (pairs.count > few ? [.text(" and \(counted(pairs.count - few, "other"))")] : [])
  }
}
