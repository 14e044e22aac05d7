import Pictures
import Reports
import Studies

/// The one picture that a page opens with: of the pair in which something else decides most, or else of
/// the first that goes by its traits.
struct AuditPageOpening {
  private let summary: AuditSummary
  private let chosen: ChosenPictures
  private let pictures: AuditPagePicture

  init(_ summary: AuditSummary, _ chosen: ChosenPictures, _ pictures: AuditPagePicture) {
    (self.summary, self.chosen, self.pictures) = (summary, chosen, pictures)
  }

  /// A dataset that is gone must not be asked for each of a thousand pairs.
  private static let most = 12

  func written(_ picture: (_ number: Int) throws -> Picture) throws -> [HTML] {
    for judged in candidates.prefix(AuditPageOpening.most) {
      guard let best = chosen.of(judged).first,
        let audited = try pictures.run.audited(best.number),
        let shown = try? picture(best.number), audited.isOf(shown)
      else { continue }
      return [figure(judged, audited, best.role, shown)]
    }
    return [
      .paragraph(
        summary.pairs.isEmpty
          ? "No picture has a look-alike that it could be told apart from, so that there is nothing to show."
          : "The pictures are gone or have changed since, so that none is drawn.")
    ]
  }

  /// Where nothing was found, pairs whose traits could be taken away show more than others.
  private var candidates: [JudgedPair] {
    let all = summary.worstFirst
    let kinds: [(JudgedPair) -> Bool] = [
      { $0.verdict.isAlarm }, { $0.verdict.kind == .traits },
      { $0.verdict.kind == .open && $0.findings.traits != nil },
      { $0.verdict.kind == .open && $0.findings.traits == nil },
      { $0.verdict.kind == .unjudged },
    ]
    return kinds.flatMap { all.filter($0) }
  }

  private func figure(
    _ judged: JudgedPair, _ audited: AuditPicture, _ role: ChosenPictures.Role, _ picture: Picture
  ) -> HTML {
    let words = pictures.words
    let (own, rival) = (words.name(of: audited.record.label), words.name(of: audited.rival))
    let caption: [HTML] =
      [
        .tag(
          "p", [:],
          [.own(own), .text(", told apart from "), .own(rival), .text(". ")]
            + words.sentence(judged.verdict)
            + (judged.whyOpen.map { [.text(" " + $0)] } ?? []) + [
              .text(" "), words.link(to: judged.pair, [.text("See the evidence.")]),
            ]),
        .tag("p", [:], PictureStory(audited, words).said(role, of: judged)),
        .paragraph(AuditPagePicture.legend),
      ]
    return .tag(
      "figure", ["class": "opening"],
      [
        .tag(
          "div", ["class": "maps"],
          pictures.large(audited, picture)
            + pictures.changed(audited, judged.shownChange, side: PictureStack.largeSide)),
        .tag("figcaption", [:], caption),
      ])
  }
}
