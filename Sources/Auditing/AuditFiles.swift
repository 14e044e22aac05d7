import Datasets
import Ground
import Studies

extension AuditSummary {
  /// The names of the columns, by which the file is recognized.
  static let csvHead =
    "class,verdict,score,low,high,p_absent,false_discovery_rate,p_directions,p_pictures,p_rows,p_blob,"
    + "inside,pictures,right"

  package static let formats = OwnFile.Format.tables(of: csvHead)

  /// A row for each class, for whoever goes on in a spreadsheet. Where the run is not finished a last
  /// column says so in every row.
  public var csv: String {
    let unfinished = extent.unfinished.map { [$0.asCSV] } ?? []
    let head = AuditSummary.csvHead + (unfinished.isEmpty ? "" : "," + RunExtent.column)
    let rows = classes.map { judged -> [String?] in
      let (group, score) = (judged.group, judged.group.score)
      let controls: [Control] = [.directions, .pictures, .rows, .blob]
      return [
        classNames[group.label].asCSV, judged.verdict.sentence(about: thing, ofMany: true).asCSV,
        score.mean.map { "\($0)" }, score.interval.map { "\($0.lowerBound)" },
        score.interval.map { "\($0.upperBound)" }, group.p(.absent).map { "\($0)" },
        judged.rate.map { "\($0)" },
      ] + controls.map { control in group.p(control).map { "\($0)" } } + [
        group.inside.map { "\($0)" }, "\(group.pictures)", "\(group.right)",
      ] + unfinished
    }
    let lines = rows.map { $0.map { $0 ?? "" }.joined(separator: ",") }
    return ([head] + lines).joined(separator: "\n") + "\n"
  }

  /// The whole as one object: what was asked, and every class and pair.
  public var json: JSON {
    .object(
      [JSON.Member("pictures", .integer(pictures))] + extent.members + [
        .init("right", .integer(right)),
        .init("score", .object(score.members)),
        .init(
          "verdicts",
          .object(
            Verdict.allCases.map {
              .init($0.sentence(about: thing, ofMany: true), .integer(count($0)))
            })),
        .init("classes", .array(classes.map { json(of: $0) })),
        .init("pairs", .array(pairs.map { json(of: $0) })),
        .init("never_looked_at", .array(neverLookedAt.map { .string($0.name) })),
        .init("failures", .array(failures.map(JSON.string))),
        .init("settings", .object(settings.members)),
      ])
  }

  private func json(of judged: Judged) -> JSON {
    let group = judged.group
    var members: [JSON.Member] = [.init("class", .string(classNames[group.label]))]
    if let rival = group.rival { members.append(.init("against", .string(classNames[rival]))) }
    func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
    members += [
      .init("verdict", .string(judged.verdict.sentence(about: thing, ofMany: true))),
      .init("score", .object(group.score.members)), .init("rate", number(judged.rate)),
      .init(
        "p", .object(Control.all.map { JSON.Member($0.name, number(group.p($0))) })),
      .init("inside", number(group.inside)),
      .init("traits", tally(group.traits)), .init("lacking", tally(group.lacking)),
      .init(
        "verdicts_of_pictures",
        tally(
          Dictionary(
            uniqueKeysWithValues: group.verdicts.map { ($0.key.sentence(about: thing), $0.value) }))
      ),
      .init("pictures", .integer(group.pictures)), .init("right", .integer(group.right)),
    ]
    return .object(members)
  }

  private func tally(_ names: [String: Int]) -> JSON {
    .object(names.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .integer($0.value)) })
  }
}

extension AuditPicture {
  /// All that is known of one picture, but its maps, as one line.
  public func json(_ classNames: [String], thing: String) -> JSON {
    func name(_ label: Int?) -> JSON {
      label.flatMap { classNames.indices.contains($0) ? .string(classNames[$0]) : nil } ?? .null
    }
    func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
    let traits = (traits + lacking).map { trait -> JSON in
      [
        "attribute": .string(trait.name), "points": .number(trait.points),
        "agreements": .object(trait.values.map { JSON.Member($0.agreement, number($0.value)) }),
      ]
    }
    let agreements = agreements.map { held -> JSON.Member in
      let beside = held.beside.map { beside -> JSON.Member in
        JSON.Member(beside.control, ["mean": number(beside.mean), "p": number(beside.p)])
      }
      return JSON.Member(
        held.agreement, ["value": number(held.value), "beside": .object(beside)])
    }
    return [
      "picture": .string(record.path), "class": name(record.label),
      "predicted": name(record.predicted), "against": name(rival),
      "verdict": .string(verdict.sentence(about: thing)), "score": number(score),
      "traits": .array(traits), "agreements": .object(agreements),
      "inside": number(inside?.energy), "area": number(inside?.area),
    ]
  }
}

extension RunFile {
  /// A line for each picture of an audit, those that failed last.
  public func writeAudited(_ summary: AuditSummary, to path: Path) throws {
    var file = try AtomicFile(path)
    try eachAudited { picture in
      let object = picture.json(summary.classNames, thing: summary.thing)
      let line = object.marked().written() + "\n"
      try file.append(Array(line.utf8))
    }
    for failure in summary.failures {
      let line: JSON = ["failure": .string(failure)]
      try file.append(Array((line.marked().written() + "\n").utf8))
    }
    try file.commit()
  }
}
