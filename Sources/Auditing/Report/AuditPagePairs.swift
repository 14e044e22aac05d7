import Measures
import Reports

/// Every pair of classes in a row, to be sorted and filtered; those that should be looked at come first.
struct AuditPagePairs {
  private let summary: AuditSummary
  private let words: AuditPageWords

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
  }

  var written: [HTML] {
    guard !summary.pairs.isEmpty else { return [.paragraph("No picture had a look-alike.")] }
    let ofChanges: [AuditPageTable.Head] =
      words.isQuick
      ? [] : [.init("traits taken away", .traits), .init("what else decides", .others)]
    var table = AuditPageTable(
      "Every pair of classes with its verdict and the numbers behind it",
      [
        .init("class"), .init("look-alike"), .init(.verdict), .init("words (AUC)", .words),
        .init("maps agree", .agreement(.decisive)),
      ] + ofChanges + [.init(.right)])
    for judged in summary.worstFirst {
      table.add(
        names(judged.pair) + [
          .init([words.verdict(judged.verdict)]),
          words(judged.findings.fit), maps(judged),
        ] + (words.isQuick ? [] : changes(judged.findings)) + [right(judged.pair)],
        verdict: judged.verdict.kind)
    }
    return [filter, table.written(id: "table-of-pairs")]
  }

  private func names(_ pair: AuditPair) -> [AuditPageTable.Cell] {
    [
      .init([words.link(to: pair, [.own(words.name(of: pair.first))])]),
      .init([.own(words.name(of: pair.second))]),
    ]
  }

  private func words(_ fit: WordFit?) -> AuditPageTable.Cell {
    guard let fit else { return .init(nil) }
    return .init(
      fit.auc, beside: "\(fit.interval.lowerBound.short) to \(fit.interval.upperBound.short)")
  }

  /// The agreement beside that of the traits of other pairs.
  private func maps(_ judged: JudgedPair) -> AuditPageTable.Cell {
    guard let found = judged.pair.agreement(.decisive) else { return .init(nil) }
    return .init(found.value, beside: "others \(found.others.short), p \(found.p.asChance)")
  }

  private func changes(_ findings: PairFindings) -> [AuditPageTable.Cell] {
    let traits =
      findings.traits.map { found in
        AuditPageTable.Cell(
          found.reliance.share, [.text(found.reliance.share.percent)],
          beside: found.reliance.interval.asPercents)
      } ?? .init(nil)
    guard let largest = findings.deciding.first else {
      return [traits, .init(nil, "nothing found")]
    }
    return [
      traits,
      .init(largest.reliance.share, [.own(largest.phrase)], beside: largest.reliance.brief),
    ]
  }

  private func right(_ pair: AuditPair) -> AuditPageTable.Cell {
    .init(Double(pair.right), "\(pair.right) of \(pair.pictures)")
  }

  /// Shown by the script: without it there is nothing to filter with.
  private var filter: HTML {
    let verdicts = Verdict.Kind.allCases.map {
      HTML.tag("option", ["value": $0.rawValue], [.text($0.summary)])
    }
    return .tag(
      "form", ["class": "filter", "hidden": "", "data-table": "table-of-pairs"],
      [
        .tag("label", [:], [.text("Find "), .tag("input", ["type": "search"])]), .text(" "),
        .tag(
          "label", [:],
          [
            .text("Verdict "),
            .tag("select", [:], [.tag("option", ["value": ""], [.text("any")])] + verdicts),
          ]), .text(" "), .tag("output", ["aria-live": "polite"]),
      ])
  }
}
