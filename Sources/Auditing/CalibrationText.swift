import Ground

extension Calibration {
  /// What a terminal shows: a sentence for each mark, then how many heads of each share were found.
  public var text: String {
    var lines = [sentence, ""]
    lines += marks.map { "  \($0.name): \($0.sentence)" }
    lines += leftOut.map { "  \($0.mark): left out, because \($0.reason)" }
    guard !marks.isEmpty else { return lines.joined(separator: "\n") + "\n" }
    lines += [
      "",
      "Heads found, by how much of them goes by the mark (in brackets: by the verdicts' marks alone):",
    ]
    lines += table
    lines += ["", caution]
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was done, in one sentence.
  public var sentence: String {
    let all = pairs.map { 2 * $0.pictures }.reduce(0, +)
    return
      "How small a reliance could be found here: marks were planted in \(counted(all, "picture")) of "
      + "\(counted(pairs.count, "pair")) of classes, and heads that go by them to a known share were audited."
  }

  /// How far the numbers can be trusted.
  public var caution: String {
    guard let most = marks.map(\.heads).max(), let pairs = marks.map(\.pairs).max() else {
      return ""
    }
    let grain = "a false alarm rate cannot be told more finely than one in \(most)"
    return
      "Each rate is of \(counted(most, "head")) in \(counted(pairs, "pair")) of classes; \(grain), and heads of "
      + "one pair are much alike, so that intervals are as wide as those of "
      + "\(counted(pairs, "head"))."
  }

  private var table: [String] {
    let shares = marks.first?.steps.map { "\($0.share.inHundred) %" } ?? []
    let names = marks.map { $0.name.count }.max() ?? 0
    let width = 11
    func left(_ text: String) -> String {
      text + String(repeating: " ", count: max(0, names - text.count))
    }
    func right(_ text: String) -> String {
      String(repeating: " ", count: max(1, width - text.count)) + text
    }
    let head = "  " + left("") + shares.map(right).joined()
    return [head]
      + marks.map { mark in
        "  " + left(mark.name)
          + mark.steps.map {
            right("\($0.found.share.inHundred) (\($0.byRule.share.inHundred))")
          }.joined()
      }
  }
}

extension Calibration.Mark {
  /// What was found, as a whole sentence.
  public var sentence: String {
    let honest =
      "nineteen of twenty honest heads stay at or below \(threshold.inHundred) % of the margin"
    let rule =
      leastShareByRule.map { "the verdicts' marks find it from \($0.inHundred) % on" }
      ?? "the verdicts' marks do not find it at any share"
    guard let least = leastShare, let step = steps.first(where: { $0.share == least }) else {
      guard let last = steps.last else { return "nothing was audited." }
      let found =
        "\(last.found.share.inHundred) % (\(last.found.low.inHundred) % to \(last.found.high.inHundred) %)"
      let truth = last.truth ?? 0
      let seen =
        truth < Calibration.hardlySeen
        ? " (the model hardly sees it: they truly owe \(truth.inHundred) % of the margin to it)"
        : ""
      return
        "the audit is blind here: even of the heads that were trained on nothing but \(what), it finds only "
        + "\(found)\(seen); \(honest), and \(rule)."
    }
    let truth =
      step.truth.map { ", which then truly decides \($0.inHundred) % of the margin" } ?? ""
    return
      "four of five heads are found where \(least.inHundred) % of the head or more goes by \(what)\(truth); "
      + "\(honest), and \(rule)."
  }
}

extension Double {
  /// In percent, without the sign.
  fileprivate var inHundred: String { "\(Int((100 * max(-1e6, min(1e6, self))).rounded()))" }
}
