import Ground
import Measures
import Reports

/// What the verdict about a pair rests on: a short paragraph for each of three legs, and one for what
/// else decides, in plain words with the numbers behind them.
struct AuditPageEvidence {
  private let judged: JudgedPair
  private let words: AuditPageWords

  private var pair: AuditPair { judged.pair }
  private var findings: PairFindings { judged.findings }

  init(_ judged: JudgedPair, _ words: AuditPageWords) {
    (self.judged, self.words) = (judged, words)
  }

  var written: [HTML] {
    [traits, wordsLeg, mapsLeg, traitsLeg] + (findings.hasChanges ? [othersLeg] : [])
  }

  /// By what people tell the two apart.
  var traits: HTML {
    guard findings.hasTraits else {
      return .paragraph("No listed attribute tells the two apart at a place in the picture.")
    }
    func list(_ points: [String: Double]) -> [HTML] {
      let all = points.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      guard !all.isEmpty else { return [.text("none")] }
      return AuditPageWords.list(
        all.map { [.own(words.phrase(of: $0.key)), .text(" (by \($0.value.inPoints))")] })
    }
    return .tag(
      "p", [:],
      [
        .text("The listed traits, with the "), .link("percentage points", to: .points),
        .text(" by which they are seen more often: of "), .own(words.name(of: pair.first)),
        .text(" "),
      ] + list(pair.traits) + [.text("; of "), .own(words.name(of: pair.second)), .text(" ")]
        + list(pair.lacking) + [.text(".")])
  }

  private func leg(_ title: String, _ inside: [HTML]) -> HTML {
    .tag("p", [:], [.tag("strong", [:], [.text(title + ". ")])] + inside)
  }

  // MARK: Words

  private var wordsLeg: HTML { leg("The words", saidOfWords) }

  private var saidOfWords: [HTML] {
    guard let fit = findings.fit else {
      guard findings.hasTraits else { return [.text("There are no traits to test the words of.")] }
      return [
        .text("The words for the traits could not be tested: there are no pictures of "),
        .own(findings.untested ?? "the other class"), .text(" here."),
      ]
    }
    let numbers: [HTML] = [
      .link("AUC", to: .words),
      .text(
        " \(fit.brief), with \(counted(fit.pictures, "picture")) of the class that has fewer."),
    ]
    if fit.auc >= Verdict.mark {
      let few =
        " So few pictures cannot show it for sure: the interval has to lie above 0.5."
      return [.text("The words for the traits tell the pictures of the two apart: ")] + numbers
        + (fit.isSufficient(mark: Verdict.mark) ? [] : [.text(few)])
    }
    return [
      .text("The words for the traits do not tell the pictures of the two apart well enough: ")
    ] + numbers
      + [
        .text(
          " At least \(Verdict.mark) is asked. So this model cannot be asked where these traits are."
        )
      ]
  }

  // MARK: Maps

  private var mapsLeg: HTML { leg("The maps", saidOfMaps) }

  private var saidOfMaps: [HTML] {
    guard let found = pair.agreement(.decisive) else {
      return [.text("The maps could not be compared: \(noMaps).")]
    }
    var said: [HTML] = [
      .text(AuditPageEvidence.start(findings)),
      .link("rank correlation", to: .agreement(.decisive)),
      .text(" \(found.value.short); with "),
      .link("other pairs' traits", to: .sets), .text(" it is \(found.others.short) ("),
      .link("p", to: .p), .text(" \(found.p.asChance), \(counted(findings.sets, "set")))"),
    ]
    if let match = findings.match {
      said += [
        .text(", with the same traits in "), .link("other pictures", to: .otherPictures),
        .text(
          " \(match.others.short) (p \(match.p.asChance), \(counted(match.pictures, "picture")))"),
      ]
    }
    said.append(.text("."))
    if let rows = pair.agreementOfRows {
      said += [
        .text(" The classifier's maps of "), .link("other classes", to: .otherClasses),
        .text(
          " have \(rows.others.short) with these traits (p \(rows.p.asChance), \(counted(rows.count, "pair")))."
        ),
      ]
    }
    if findings.sets < Verdict.fewestSets {
      said.append(
        .text(" So few sets cannot show more: at least \(Verdict.fewestSets) are needed."))
    }
    if let fit = findings.fit, !fit.isSufficient(mark: Verdict.mark) {
      said.append(
        .text(
          " Since it is not known that the model knows the words, this says nothing of the traits.")
      )
    }
    return said
  }

  /// What the maps show.
  private static func start(_ findings: PairFindings) -> String {
    if findings.mapsAgree { return "The classifier's maps lie where those of the traits lie: " }
    return findings.isOfOwnPictures == false
      ? "The classifier's maps have no more surely in common with the traits of the same picture than with "
        + "those of other pictures: "
      : "The classifier's maps lie no more surely where those of the traits lie than chance has it: "
  }

  private var noMaps: String {
    if !findings.hasTraits { return "there are no traits" }
    if pair.right == 0 { return "the classifier gets none of the pictures right" }
    return "there is no set of other pairs' traits to hold them against"
  }

  // MARK: Changes

  private var traitsLeg: HTML { leg("The traits taken away", saidOfTraits) }

  private var saidOfTraits: [HTML] {
    guard findings.hasChanges else {
      return [
        .text(
          "Nothing was changed in these pictures: only maps were compared, and the verdict rests on them alone."
        )
      ]
    }
    guard let found = findings.traits else {
      let reason = pair.unchanged[Interventions.traits]
      return [.text("The traits could not be taken away in enough pictures")]
        + (reason.map { [.text(": "), .own($0)] } ?? []) + [.text(".")]
    }
    let reliance = found.reliance
    let isFound = found.isSure(least: Verdict.traitShare)
    return [
      .text(pair.traitChange.name + " takes "), .link(reliance.share.percent, to: .share),
      .text(
        " of the margin away (\(reliance.interval.asPercents)); \(pair.traitChange.compared) It turns \(reliance.flips.percent) of \(counted(reliance.pictures, "picture")) "
          + "over. "
          + (isFound
            ? "" : "That is not enough: \(found.shortfall(least: Verdict.traitShare)). ")),
    ] + power(reliance, least: Verdict.traitShare)
      + WordsBeside(pair: pair).traits
  }

  private var othersLeg: HTML { leg("What else", saidOfOthers) }

  private var saidOfOthers: [HTML] {
    let deciding = findings.deciding
    guard deciding.isEmpty else {
      return deciding.flatMap { found -> [HTML] in
        [
          .text("Moving "), .own(found.phrase),
          .text(
            " toward the other class takes \(found.reliance.share.percent) of the margin away "
              + "(\(found.reliance.interval.asPercents)) and turns \(found.reliance.flips.percent) of "
              + "\(counted(found.reliance.pictures, "picture")) over. "),
        ] + power(found.reliance, least: Verdict.decisive)
          + WordsBeside(pair: pair).other(found.name)
          + [.text(" ")]
      }
    }
    guard let largest = findings.nuisances.max(by: { $0.reliance.share < $1.reliance.share }) else {
      return [.text("Nothing else could be changed in enough pictures.")]
    }
    let weakest = findings.nuisances.map(\.reliance.least).max() ?? 0
    return [
      .text(
        "None of \(counted(findings.nuisances.count, "other thing")) that were changed surely takes half of "
      ),
      .text("the margin away. The largest share is that of "), .own(largest.phrase),
      .text(
        ": \(largest.reliance.brief). A "), .link("reliance", to: .power),
      .text(
        " of \(weakest.percent) or more on any of them would have been found in four of five cases."
          + AuditPageEvidence.remark(power: weakest, least: Verdict.decisive)),
    ]
  }

  private func power(_ reliance: Reliance, least: Double) -> [HTML] {
    [
      .text("A "), .link("reliance", to: .power),
      .text(
        " of \(reliance.least.percent) or more would have been found in four of five cases."
          + AuditPageEvidence.remark(power: reliance.least, least: least)),
    ]
  }

  /// What little power means.
  private static func remark(power: Double, least: Double) -> String {
    power <= least
      ? ""
      : " That is more than the \(least.percent) that are asked, so that one which counts may have been missed."
  }
}

extension PairFindings.Found {
  /// Why it is not found.
  func shortfall(least: Double) -> String {
    reliance.share < least
      ? "at least \(least.percent) is asked"
      : "it may be chance (rate of false discoveries \(rate.asChance), where \(Verdict.sure) is allowed)"
  }
}

extension Double {
  fileprivate var inPoints: String { "\(Int(Swift.max(-1e6, Swift.min(1e6, self)).rounded()))" }
}
