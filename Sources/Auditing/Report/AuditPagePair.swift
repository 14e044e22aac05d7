import Ground
import Measures
import Reports

/// A pair of classes by itself: the verdict as a sentence, its evidence, what changes do, and the
/// pictures that show it. It is folded until somebody opens it or follows a link to it.
struct AuditPagePair {
  private let judged: JudgedPair
  private let words: AuditPageWords

  private var pair: AuditPair { judged.pair }

  init(_ judged: JudgedPair, _ words: AuditPageWords) {
    (self.judged, self.words) = (judged, words)
  }

  func written(_ pictures: [HTML]) -> HTML {
    let id = AuditPageWords.section(of: pair)
    return .tag(
      "details", ["class": "of-pair", "id": id],
      [
        .tag(
          "summary", [:],
          [
            .tag("h3", [:], words.both(pair)), .text(": "), words.verdict(judged.verdict),
          ]),
        .tag(
          "p", [:],
          words.sentence(judged.verdict) + [
            .text(" " + counts + (judged.whyOpen.map { " " + $0 } ?? ""))
          ]),
      ] + AuditPageEvidence(judged, words).written
        + AuditPageChanges(judged).written(id: "changes-\(pair.first)-\(pair.second)")
        + agreements(id: "maps-\(pair.first)-\(pair.second)") + pictures)
  }

  private var counts: String {
    "\(pair.pictures == 1 ? "There is" : "There are") \(counted(pair.pictures, "picture")) of the two, of which the classifier gets \(pair.right) right; "
      + "only these count."
  }

  /// Every agreement that is held against other pairs, a click away.
  private func agreements(id: String) -> [HTML] {
    var table = AuditPageTable(
      "How the maps agree with those of the traits, and with those of other pairs' traits",
      [.init("agreement"), .init("this pair's traits"), .init(.sets), .init(.p)])
    let all = Agreement.ofPlaces.compactMap { agreement in
      pair.agreement(agreement).map { (agreement, $0) }
    }
    guard !all.isEmpty else { return [] }
    for (agreement, found) in all {
      table.add([
        .init([.link(agreement.name, to: .agreement(agreement))]), .init(found.value),
        .init(found.others), .init(found.p, found.p.asChance),
      ])
    }
    return [
      .tag(
        "details", [:],
        [
          .tag("summary", [:], [.text("All numbers of the maps")]),
          table.written(id: id, isSorted: false),
        ])
    ]
  }
}

extension JudgedPair {
  /// Why there is no evidence though one leg may show it: else a picture could contradict the verdict.
  var whyOpen: String? {
    guard verdict.kind == .open else { return nil }
    let isLooking = findings.mapsAgree
    let isRelying = findings.traits?.isSure(least: Verdict.traitShare) ?? false
    if !findings.hasChanges {
      return "The maps do not show surely that the classifier looks at the traits."
    }
    let both = ", and it takes both to say that the classifier goes by them."
    if isRelying {
      return
        "Taking the traits away lowers the margin, but the maps do not show surely that the classifier looks at "
        + "the traits" + both
    }
    if isLooking {
      return
        "The maps lie where the traits are, but taking the traits away does not show surely that they count"
        + both
    }
    return
      "Neither the maps nor taking the traits away show surely that the traits count, and nothing else surely "
      + "takes half of the margin away."
  }
}
