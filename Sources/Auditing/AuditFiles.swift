import Datasets
import Ground
import Measures
import Nuisances
import Studies

extension AuditSummary {
  /// The names of the columns, by which the file is recognized.
  static let csvHead =
    ([pairColumns]
    + Nuisance.all.flatMap { nuisance in
      ["share", "low", "high", "rate"].map { "\(nuisance.name)_\($0)" }
    }).joined(separator: ",")

  private static let pairColumns =
    "class,look_alike,verdict,also_by,pictures,right,words_auc,words_low,words_high,agreement,"
    + "agreement_of_others,agreement_p,other_classes,other_classes_p,other_pictures,other_pictures_p,"
    + "intervals_cover,traits_share,traits_low,traits_high,traits_rate"

  package static let formats = OwnFile.Format.tables(of: csvHead)

  /// A row for each pair of classes, for whoever goes on in a spreadsheet; after the traits, each nuisance
  /// has four columns. Where the run is not finished a last column says so in every row.
  public var csv: String {
    let unfinished = extent.unfinished.map { [$0.asCSV] } ?? []
    let nuisances = Nuisance.all.map(\.name)
    let head = AuditSummary.csvHead + (unfinished.isEmpty ? "" : "," + RunExtent.column)
    let rows = pairs.map { judged -> [String] in
      let (pair, findings) = (judged.pair, judged.findings)
      func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
      func cells(_ found: PairFindings.Found?) -> [String] {
        [
          text(found?.reliance.share), text(found?.reliance.interval.lowerBound),
          text(found?.reliance.interval.upperBound), text(found?.rate),
        ]
      }
      let agreement = pair.agreement(.decisive)
      return [
        name(ofClass: pair.first).asCSV, name(ofClass: pair.second).asCSV,
        judged.verdict.sentence(about: thing).asCSV,
        findings.deciding.map(\.name).joined(separator: " ").asCSV,
        "\(pair.pictures)", "\(pair.right)", text(findings.fit?.auc),
        text(findings.fit?.interval.lowerBound), text(findings.fit?.interval.upperBound),
        text(agreement?.value), text(agreement?.others), text(agreement?.p),
        text(pair.agreementOfRows?.others), text(pair.agreementOfRows?.p),
        text(findings.match?.others), text(findings.match?.p), intervalsCover,
      ] + cells(findings.traits)
        + nuisances.flatMap { name in cells(findings.nuisances.first { $0.name == name }) }
        + unfinished
    }
    return ([head] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
  }

  private func name(ofClass label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : "class \(label)"
  }

  /// The whole as one object: what was asked, and every pair.
  public var json: JSON {
    .object(
      [JSON.Member("pictures", .integer(pictures))] + extent.members + [
        .init("right", .integer(right)),
        .init("summary", .string(sentence)), .init("intervals", .string(intervals)),
        .init(
          "verdicts",
          .object(Verdict.Kind.allCases.map { .init($0.summary, .integer(count($0))) })),
        .init("pairs", .array(pairs.map { json(of: $0) })),
        .init(
          "classes",
          .array(
            classes.map { count in
              [
                "class": .string(name(ofClass: count.label)),
                "pictures": .integer(count.pictures), "right": .integer(count.right),
              ]
            })),
        .init("failures", .array(failures.map(JSON.string))),
        .init("settings", .object(settings.members)),
      ])
  }

  private func json(of judged: JudgedPair) -> JSON {
    let (pair, findings) = (judged.pair, judged.findings)
    func list(_ points: [String: Double]) -> JSON {
      .object(points.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .number($0.value)) })
    }
    var members: [JSON.Member] = [
      .init("class", .string(name(ofClass: pair.first))),
      .init("look_alike", .string(name(ofClass: pair.second))),
      .init("verdict", .string(judged.verdict.sentence(about: thing))),
      .init("kind", .string(judged.verdict.kind.rawValue)),
      .init("also_by", .array(findings.deciding.map { .string($0.name) })),
      .init("pictures", .integer(pair.pictures)), .init("right", .integer(pair.right)),
      .init("traits", list(pair.traits)), .init("lacking", list(pair.lacking)),
    ]
    if let fit = findings.fit {
      members.append(
        .init(
          "words",
          [
            "auc": .number(fit.auc), "low": .number(fit.interval.lowerBound),
            "high": .number(fit.interval.upperBound),
          ]))
    }
    members.append(
      .init("agreement", .object(Agreement.ofPlaces.compactMap { json(of: $0, pair) })))
    if let rows = pair.agreementOfRows {
      members.append(
        .init(
          "other_classes",
          ["value": .number(rows.others), "p": .number(rows.p), "pairs": .integer(rows.count)]))
    }
    if let p = findings.mapsP { members.append(.init("maps_p", .number(p))) }
    if let match = findings.match {
      members.append(
        .init(
          "other_pictures",
          [
            "value": .number(match.value), "others": .number(match.others), "p": .number(match.p),
            "pictures": .integer(match.pictures),
          ]))
    }
    let changes = [findings.traits].compactMap { $0 } + findings.nuisances
    members.append(
      .init(
        "changes",
        .object(changes.map { .init($0.name, $0.json(words: pair.relianceOfWords($0.name))) })))
    let exchanged = [
      ("exchanged", pair.exchanged.reliance),
      ("exchanged_beside_own", pair.exchanged.relianceBesideOwn),
    ]
    for (name, reliance) in exchanged {
      if let reliance { members.append(.init(name, .object(reliance.members))) }
    }
    if let power = findings.power { members.append(.init("least_share_found", .number(power))) }
    if !pair.unchanged.isEmpty {
      members.append(
        .init(
          "unchanged",
          .object(
            pair.unchanged.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })))
    }
    return .object(members)
  }

  private func json(of agreement: Agreement, _ pair: AuditPair) -> JSON.Member? {
    pair.agreement(agreement).map { found in
      .init(
        agreement.name,
        ["value": .number(found.value), "others": .number(found.others), "p": .number(found.p)])
    }
  }
}

extension PairFindings.Found {
  fileprivate func json(words: Reliance?) -> JSON {
    .object(
      reliance.members + [
        .init("rate", .number(rate)),
        .init("share_of_words", words.map { .number($0.share) } ?? .null),
      ])
  }
}

extension Reliance {
  fileprivate var members: [JSON.Member] {
    let members: [JSON.Member] = [
      .init("share", .number(share)), .init("low", .number(interval.lowerBound)),
      .init("high", .number(interval.upperBound)), .init("p", .number(p)),
      .init("flips", .number(flips)), .init("pictures", .integer(pictures)),
      .init("least_share_found", .number(least)),
    ]
    guard trainings > 0 else { return members }
    return members + [
      .init("trainings", .integer(trainings)),
      .init("low_over_pictures", .number(intervalOverPictures.lowerBound)),
      .init("high_over_pictures", .number(intervalOverPictures.upperBound)),
    ]
  }
}
