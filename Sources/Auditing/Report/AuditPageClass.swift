import Ground
import Pictures
import Reports
import Studies

/// A class by itself: what is said of it, by what it is told apart, and some of its pictures.
struct AuditPageClass {
  private let judged: AuditSummary.Judged
  private let words: AuditPageWords
  private let rivals: [HTML]

  private var group: AuditGroup { judged.group }

  /// Every class's section, folded until somebody opens it or follows a link to it.
  static func sections(
    _ run: RunFile, _ summary: AuditSummary, _ words: AuditPageWords,
    picture: (_ number: Int) throws -> Picture
  ) throws -> [HTML] {
    let chosen = try ChosenPictures(run)
    let classes = AuditPageClasses(summary, words)
    let pictures = AuditPagePicture(run, words)
    return try summary.classes.map { judged in
      let section = AuditPageClass(
        judged: judged, words: words, rivals: classes.rivals(of: judged.group.label))
      let shown = try chosen.of(judged.group.label).map {
        try pictures.written($0.number, $0.why, picture: picture)
      }
      return section.written(shown)
    }
  }

  private func written(_ pictures: [HTML]) -> HTML {
    .tag(
      "details", ["class": "of-class", "id": AuditPageWords.section(of: group.label)],
      [
        .tag(
          "summary", [:],
          [
            .tag("h3", [:], [.own(words.name(of: group.label))]), .text(" "),
            words.verdict(judged.verdict), .text(", score \(group.score.brief)"),
          ]),
        inWords, traits("Traits compared, and in how many pictures: ", group.traits),
        traits("Compared as what it lacks and its rival has: ", group.lacking), beside,
      ] + pictures)
  }

  private var inWords: HTML {
    .tag(
      "p", [:],
      [
        .text("Verdict: "), words.verdict(judged.verdict),
        .text(
          ". It is right on \(group.right) of \(counted(group.pictures, "picture")). Told apart from: "
        ),
      ] + rivals + [
        .text(". "), .link("Score", to: .score), .text(": \(group.score.brief), of "),
        .text(counted(group.score.count, "picture") + "."),
      ])
  }

  private func traits(_ title: String, _ counts: [String: Int]) -> HTML {
    let traits = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    guard !traits.isEmpty else { return .paragraph(title + "none.") }
    return .tag(
      "p", [:],
      [.text(title)]
        + traits.enumerated().flatMap { place, trait in
          [
            .text(place > 0 ? ", " : ""), .own(words.phrase(of: trait.key)),
            .text(" (\(trait.value))"),
          ]
        } + [.text(".")])
  }

  private var beside: HTML {
    let name = "How likely so much is beside each control"
    var table = AuditPageTable(
      name, [.init("agreement"), .init("control"), .init("p", .p)])
    for control in Control.all {
      table.add([
        .init([.link(control.agreement.name, to: .agreement(control.agreement))]),
        .init([.link(control.name, to: .control(control))]), .init(group.p(control)),
      ])
    }
    return table.written(id: "beside-\(group.label)", isSorted: false)
  }
}

/// Which pictures stand for each class: those with the lowest, the middle and the highest score of
/// those that count, or the first where none has a score.
struct ChosenPictures {
  private var scored: [Int: [(score: Double, number: Int)]] = [:]
  private var first: [Int: [Int]] = [:]

  init(_ run: RunFile) throws {
    try run.eachAudited { picture in
      guard let label = picture.record.label else { return }
      let number = picture.record.number
      if picture.isRight, let score = picture.score {
        scored[label, default: []].append((score, number))
      }
      if first[label, default: []].count < 3 { first[label, default: []].append(number) }
    }
  }

  func of(_ label: Int) -> [(number: Int, why: String)] {
    let known = (scored[label] ?? []).sorted { ($0.score, $0.number) < ($1.score, $1.number) }
    guard let lowest = known.first, let highest = known.last else {
      return (first[label] ?? []).map { ($0, "No score") }
    }
    switch known.count {
    case 1: return [(lowest.number, "The only score")]
    case 2: return [(lowest.number, "The lowest score"), (highest.number, "The highest score")]
    default:
      return [
        (lowest.number, "The lowest score"),
        (known[known.count / 2].number, "The median score"),
        (highest.number, "The highest score"),
      ]
    }
  }
}
