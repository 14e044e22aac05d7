import Ground
import Measures
import Reports

/// Why pairs could not be judged, each reason once with how many pairs it is of.
struct AuditPageReasons {
  private let summary: AuditSummary
  private let words: AuditPageWords

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
  }

  var written: [HTML] { traits + changes + pictures }

  private var traits: [HTML] {
    let all = summary.worstFirst.filter { $0.verdict.reason != nil || $0.verdict.kind == .unjudged }
    guard !all.isEmpty else {
      return [
        .paragraph(
          summary.pairs.isEmpty
            ? "There is no pair of classes to judge." : "The traits of every pair could be judged.")
      ]
    }
    let groups = Dictionary(grouping: all) { $0.verdict.reason?.group ?? "nothing is known" }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return [
      .paragraph(
        "In \(counted(all.count, "pair")) it could not be judged whether the traits count:"),
      .tag(
        "ul", [:],
        groups.map { reason, pairs in
          .tag(
            "li", [:],
            [.text("\(reason): \(counted(pairs.count, "pair")) (")] + words.links(pairs)
              + [.text(")")])
        }),
    ]
  }

  /// What nothing is known of because it could not be changed, in all pairs or in some.
  private var changes: [HTML] {
    guard let tried = summary.plan.nuisances, !summary.pairs.isEmpty else { return [] }
    let missing = ChangeRow.order(tried).compactMap { name -> [HTML]? in
      let count = summary.pairs.count { $0.pair.reliance(name) == nil }
      guard count > 0 else { return nil }
      return [
        ChangeInWords(name).phrase,
        .text(
          count == summary.pairs.count
            ? " (in all pairs)" : " (in \(count) of \(counted(summary.pairs.count, "pair")))"),
      ]
    }
    guard !missing.isEmpty else { return [] }
    return [
      .tag(
        "p", [:],
        [.text("Nothing is known of some changes, since they could be made in too few pictures: ")]
          + AuditPageWords.list(missing) + [.text(".")])
    ]
  }

  private var pictures: [HTML] {
    let alone = summary.classes.count { $0.rivals.isEmpty }
    return
      (alone > 0
      ? [
        .paragraph("\(counted(alone, "class", "classes")) had no look-alike to be told apart from.")
      ] : [])
      + (summary.failures.isEmpty
        ? []
        : [
          .paragraph("\(counted(summary.failures.count, "picture")) failed; they are listed below.")
        ])
  }
}

extension Verdict.Reason {
  /// The same without what is one pair's own.
  var group: String {
    switch self {
    case .words(let auc) where auc >= Verdict.mark:
      "There are too few pictures to be sure that the model knows the words for the traits"
    case .words: "The model cannot tell the words for their traits apart on these pictures"
    case .wordsUntested: "One of the classes has no pictures to test the words for the traits on"
    case .wrong: "The classifier is wrong on most of their pictures"
    case .noTrait: "No attribute tells them apart at a place"
    case .fewPictures:
      "Too few pictures are classified right (\(Reliance.fewest) are needed)"
    case .notTaken: "The traits could be taken away in too few pictures"
    case .fewSets:
      "Too few other pairs have as many traits to hold the maps against (\(Verdict.fewestSets) sets are needed)"
    }
  }
}
