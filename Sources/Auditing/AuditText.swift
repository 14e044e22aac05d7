import Ground
import Studies

extension AuditSummary {
  /// What a terminal shows: the verdicts, then the classes that are told by something else.
  public var text: String {
    var lines = extent.sentence.map { [$0, ""] } ?? []
    lines += [
      counted(classes.count, "class", "classes") + ", " + counted(pictures, "picture")
        + ", \(right) of them classified right.",
      "Faithfulness score \(score).", "",
    ]
    for verdict in Verdict.allCases where count(verdict) > 0 {
      let many = counted(count(verdict), "class", "classes")
      lines.append("\(many): \(verdict.sentence(about: thing, ofMany: true))")
    }
    if let unheld { lines += ["", unheld] }
    let alarms = worst.filter(\.verdict.isAlarm)
    if !alarms.isEmpty {
      lines += ["", "Told by something else, the worst first:"]
      lines += alarms.prefix(10).map { judged in
        "  \(printable(classNames[judged.group.label].utf8)): "
          + "\(judged.verdict.sentence(about: thing, ofMany: true)); score \(judged.group.score)"
      }
      if alarms.count > 10 { lines.append("  and " + counted(alarms.count - 10, "other")) }
    }
    if !neverLookedAt.isEmpty {
      lines += [
        "", "Never looked at: " + neverLookedAt.map(\.phrase).joined(separator: ", "),
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What its files end in.
  public static let endings = [".csv", ".json", ".jsonl"]

  /// Files named after the run's, which say that Fieldmark made them.
  public func write(_ run: RunFile, beside path: Path) throws -> [Path] {
    let (table, whole, lines) = (path.beside(".csv"), path.beside(".json"), path.beside(".jsonl"))
    try Ground.write(Array(csv.utf8), to: table)
    try Ground.write(Array((json.marked().written(.indented) + "\n").utf8), to: whole)
    try run.writeAudited(self, to: lines)
    return [table, whole, lines]
  }
}

extension AuditPicture {
  /// What a terminal shows of one picture.
  public func text(_ summary: AuditSummary) -> String {
    func name(_ label: Int?) -> String {
      label.flatMap { summary.classNames.indices.contains($0) ? summary.classNames[$0] : nil }
        .map { printable($0.utf8) } ?? "nothing"
    }
    func short(_ value: Double?) -> String { value.map(\.short) ?? "none" }
    let phrases = Dictionary(
      summary.attributes.map { ($0.name, $0.phrase) }, uniquingKeysWith: { first, _ in first })
    var lines = [
      "\(printable(record.path.utf8)): \(name(record.label)) against \(name(rival)), "
        + "taken for \(name(record.predicted))",
      verdict.sentence(about: summary.thing),
    ]
    for trait in traits + lacking {
      let values = trait.values.map { "\($0.agreement) \(short($0.value))" }
      let points = "\(trait.points > 0 ? "+" : "")\(Int(trait.points.rounded())) points"
      lines.append(
        "  \(phrases[trait.name] ?? trait.name) (\(points)): " + values.joined(separator: ", "))
    }
    for held in agreements where held.value != nil {
      let beside = held.beside.compactMap { beside in
        beside.p.map { "\(beside.control) \(short(beside.mean)) (p \(short($0)))" }
      }
      lines.append(
        "  \(held.agreement) \(short(held.value)), beside " + beside.joined(separator: ", "))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
