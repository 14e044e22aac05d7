import Measures
import Nuisances
import Reports

/// What a single picture shows, in sentences with its own numbers, so that nobody takes a verdict about
/// many pictures for one about this one.
struct PictureStory {
  let audited: AuditPicture
  let words: AuditPageWords

  init(_ audited: AuditPicture, _ words: AuditPageWords) {
    (self.audited, self.words) = (audited, words)
  }

  private var own: HTML { .own(words.name(of: audited.record.label)) }
  private var rival: HTML { .own(words.name(of: audited.rival)) }

  /// What the classifier takes the picture for.
  var decision: [HTML] {
    let taken: [HTML] = [
      .text("The classifier takes this picture for "),
      .own(words.name(of: audited.record.predicted)),
    ]
    guard audited.isRight else {
      return taken + [
        .text(", but it is "), own, .text("; so it does not count for the verdict."),
      ]
    }
    guard let margin = audited.margin else { return taken + [.text(", which is right.")] }
    return taken + [
      .text(", which is right, with a margin of \(margin.short) over "), rival, .text("."),
    ]
  }

  /// What it shows of a pair, by the reason for which it was chosen.
  func said(_ role: ChosenPictures.Role, of judged: JudgedPair) -> [HTML] {
    switch role {
    case .mostChanged, .leastChanged:
      let name = judged.shownChange
      guard let told = change(name) else { return decision }
      return decision + [.text(" ")] + told
        + [.text(" " + overall(name, judged, isLeast: role == .leastChanged))]
    case .mostAlike, .leastAlike:
      guard let told = agreement else { return decision }
      return decision + [.text(" " + told)]
    case .first: return decision
    }
  }

  /// How its maps agree.
  var agreement: String? {
    guard let held = audited.held(.decisive), let value = held.value else { return nil }
    let others = held.mean.map { "; with the traits of other pairs it is \($0.short)" } ?? ""
    let p = held.p.map { " (p \($0.asChance))" } ?? ""
    return
      "In this picture the rank correlation of the classifier's map with those of the traits is "
      + "\(value.short)\(others)\(p)."
  }

  /// What all pictures of the pair show, so that one picture is not taken for them.
  private func overall(_ name: String, _ judged: JudgedPair, isLeast: Bool) -> String {
    guard let reliance = judged.pair.reliance(name) else {
      return "Too few pictures could be changed in this way to say more than that."
    }
    let start =
      isLeast
      ? "Of all pictures of the pair this one shows it least; over all "
      : "Over all "
    return start
      + "\(reliance.pictures) pictures, the change takes \(reliance.share.percent) of the margin "
      + "away (\(reliance.interval.asPercents))."
  }

  /// What a change does to the margin; nil where it was not made.
  func change(_ name: String) -> [HTML]? {
    guard let change = audited.change(name) else { return nil }
    let said = ChangeInWords(name)
    let compared =
      said.compared(own).map {
        [.text("; ")] + $0 + [.text(" it is \(change.compared.short)")]
      } ?? []
    return said.lead(rival)
      + [.text(" the margin is \(change.changed.short) instead of \(change.margin.short)")]
      + compared + [.text(". ")]
      + conclusion(change, least: said.least)
  }

  /// What follows from the numbers of one picture.
  private func conclusion(_ change: Reliance.Change, least: Double) -> [HTML] {
    guard change.margin > 0 else {
      return [.text("There was no margin to take away.")]
    }
    let share = change.fall / change.margin
    if change.isFlipped {
      return [.text("So this change turns the picture over: "), rival, .text(" wins.")]
    }
    if share >= least {
      return [.text("So this change takes \(share.percent) of this picture's margin away.")]
    }
    return [
      .text(
        share <= 0.005
          ? "So this change takes nothing of this picture's margin away."
          : "So this change takes only \(share.percent) of this picture's margin away.")
    ]
  }
}

extension JudgedPair {
  /// The change by which its pictures are chosen.
  var shownChange: String { findings.deciding.first?.name ?? Interventions.traits }
}

/// How a change, and what it is compared with, are told of a picture.
struct ChangeInWords {
  let name: String
  private let nuisance: Nuisance?

  init(_ name: String) { (self.name, nuisance) = (name, Nuisance(named: name)) }

  private var isTraits: Bool { name == Interventions.traits }

  /// The share of the margin from which it counts.
  var least: Double { isTraits ? Verdict.traitShare : Verdict.decisive }

  /// What is changed: `the background`.
  var phrase: HTML {
    isTraits ? .text("the listed traits") : nuisance.map { .text($0.phrase) } ?? .own(name)
  }

  /// `With the background taken from a picture of Brewer's Blackbird`
  func lead(_ rival: HTML) -> [HTML] {
    if isTraits { return [.text("With the traits filled in from around them")] }
    switch nuisance?.change {
    case .exchange:
      return [.text("With "), phrase, .text(" taken from a picture of "), rival]
    case .shift: return [.text("With "), phrase, .text(" moved toward that of "), rival]
    case .single, nil: return [.text("With "), phrase, .text(" changed")]
    }
  }

  /// Nil where it is compared with the picture itself.
  func compared(_ own: HTML) -> [HTML]? {
    if isTraits { return [.text("with as much filled in elsewhere")] }
    guard case .exchange = nuisance?.change else { return nil }
    return [.text("with the same from another picture of "), own]
  }
}
