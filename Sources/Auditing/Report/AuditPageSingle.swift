import Ground
import Measures
import Pictures
import Reports

/// The sections of a page about a single picture: it opens on the picture and says what its changes
/// did. One picture gives no verdict about two classes, and the page says so.
struct AuditPageSingle {
  private let audited: AuditPicture
  /// Nil where the picture has no look-alike.
  private let judged: JudgedPair?
  private let pictures: AuditPagePicture
  private let story: PictureStory

  private var words: AuditPageWords { pictures.words }

  init(_ audited: AuditPicture, _ judged: JudgedPair?, _ pictures: AuditPagePicture) {
    (self.audited, self.judged, self.pictures) = (audited, judged, pictures)
    story = PictureStory(audited, pictures.words)
  }

  static let sentence =
    "This is an audit of a single picture. What it shows holds for this picture; a verdict about two classes "
    + "takes at least \(Reliance.fewest) pictures that are classified right."

  func opening(_ picture: (_ number: Int) throws -> Picture) -> [HTML] {
    let shown = (try? picture(audited.record.number)).flatMap { audited.isOf($0) ? $0 : nil }
    let large =
      shown.map { picture in
        HTML.tag(
          "figure", ["class": "opening"],
          [
            .tag(
              "div", ["class": "maps"], pictures.large(audited, picture, withTraits: true)),
            .tag("figcaption", [:], [.paragraph(AuditPagePicture.legend)]),
          ])
      } ?? AuditPagePicture.gone
    let told = [HTML.tag("p", [:], [.own(audited.record.path), .text(". ")] + story.decision)]
    guard audited.rival != nil else {
      return [large] + told + [
        .paragraph(
          "It has no look-alike here that it could be told apart from, so nothing more was asked.")
      ]
    }
    return [large] + told + (story.agreement.map { [.paragraph($0)] } ?? [])
      + pictures.numbers(audited)
  }

  /// Every change that was made, and those that could not be.
  var changes: [HTML] {
    let names = ChangeRow.order(audited.changes.keys.filter { $0 != Interventions.margin })
    guard !names.isEmpty else {
      return [
        .paragraph(
          words.isQuick
            ? "Only maps were compared in this run, so that nothing was changed in the picture."
            : "Nothing could be changed in this picture.")
      ] + unchanged
    }
    let list = names.compactMap { name in
      story.change(name).map {
        HTML.tag("li", [:], $0 + pictures.row(pictures.changed(audited, name)))
      }
    }
    return [.tag("ul", [:], list)] + unchanged
  }

  private var unchanged: [HTML] {
    let all = ChangeRow.order(audited.unchanged.keys.map { $0 })
    guard !all.isEmpty else { return [] }
    return [
      .tag(
        "p", [:],
        [.text("Not changed: ")]
          + AuditPageWords.list(
            all.map {
              [
                ChangeInWords($0).phrase, .text(" ("), .own(audited.unchanged[$0] ?? ""),
                .text(")"),
              ]
            }) + [.text(".")])
    ]
  }

  var pair: [HTML] {
    guard let judged else { return [.paragraph("There is no pair of classes to judge.")] }
    return [
      .tag("p", [:], words.both(judged.pair) + [.text(". ")] + words.sentence(judged.verdict)),
      AuditPageEvidence(judged, words).traits,
    ]
  }
}
