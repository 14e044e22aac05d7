import Ground
import Measures
import Studies

extension AuditSummary {
  /// What a terminal shows: one sentence, then the pairs by their verdicts, those that should be looked
  /// at first.
  public var text: String {
    var lines = extent.sentence.map { [$0, ""] } ?? []
    lines += [sentence, ""]
    for kind in Verdict.Kind.allCases where count(kind) > 0 {
      lines.append("\(counted(count(kind), "pair")): \(kind.summary)")
    }
    let alarms = worstFirst.filter(\.verdict.isAlarm)
    if !alarms.isEmpty {
      lines += ["", "Pairs in which something else decides:"]
      lines += alarms.prefix(10).map { "  " + line(of: $0) }
      if alarms.count > 10 { lines.append("  and " + counted(alarms.count - 10, "other")) }
    }
    let unjudged = pairs.filter { $0.verdict.kind == .unjudged }
    if !unjudged.isEmpty {
      lines += ["", "Pairs that cannot be judged:"]
      lines += unjudged.prefix(10).map { "  " + line(of: $0) }
      if unjudged.count > 10 { lines.append("  and " + counted(unjudged.count - 10, "other")) }
    }
    if !alarms.isEmpty { lines += ["", intervals] }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The whole in one or two sentences.
  public var sentence: String {
    let judged = pairs.count { $0.verdict.kind != .unjudged }
    guard judged > 0 else {
      return "None of \(counted(pairs.count, "pair")) of classes can be judged on "
        + "\(counted(pictures, "picture"))."
    }
    let alone = count(.traits)
    guard count(.open) < judged else {
      return
        "In none of \(counted(judged, "pair")) of classes that can be judged was it found what the "
        + "classifier goes by."
    }
    let others = othersThatDecide.map { other in
      "\(other.phrase) (\(counted(other.pairs, "pair")))"
    }
    return
      "In \(alone) of \(counted(judged, "pair")) of classes that can be judged, the classifier goes by "
      + "the listed traits and by nothing else that was tried. "
      + (others.isEmpty
        ? "Nothing else was found to decide."
        : "What else decides: \(others.joined(separator: ", ")).")
  }

  private func line(of judged: JudgedPair) -> String {
    let (pair, findings) = (judged.pair, judged.findings)
    var line =
      "\(name(of: pair.first)) and \(name(of: pair.second)): "
      + judged.verdict.sentence(about: thing)
    let numbers = findings.deciding.map { "\($0.name) \($0.reliance.inWords)" }
    if !numbers.isEmpty { line += " (\(numbers.joined(separator: "; ")))" }
    return line
  }

  func name(of label: Int) -> String {
    classNames.indices.contains(label) ? printable(classNames[label].utf8) : "class \(label)"
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

extension Verdict.Kind {
  /// What a verdict of this kind says of a pair, whatever decides.
  public var summary: String {
    switch self {
    case .traits: "goes by the listed traits"
    case .both: "goes by the listed traits and by something else"
    case .others: "goes by something else"
    case .open: "no evidence either way"
    case .unjudged: "cannot be judged"
    }
  }
}

extension Reliance {
  /// `takes 92 % of the margin away (81 % to 103 %) and turns 41 % of 24 pictures over`
  public var inWords: String {
    func percent(_ share: Double) -> String {
      "\(Int((100 * max(-1e6, min(1e6, share))).rounded())) %"
    }
    return "takes \(percent(share)) of the margin away (\(percent(interval.lowerBound)) to "
      + "\(percent(interval.upperBound))) and turns \(percent(flips)) of \(pictures) pictures over"
  }
}

extension AuditPicture {
  /// What a terminal shows of one picture.
  public func text(_ summary: AuditSummary) -> String {
    func name(_ label: Int?) -> String { label.map(summary.name) ?? "nothing" }
    func short(_ value: Double?) -> String { value.map(\.short) ?? "none" }
    let phrases = Dictionary(
      summary.attributes.map { ($0.name, $0.phrase) }, uniquingKeysWith: { first, _ in first })
    var lines = [
      "\(printable(record.path.utf8)): \(name(record.label)) against \(name(rival)), "
        + "taken for \(name(record.predicted)); margin \(short(margin))"
    ]
    for trait in traits + lacking {
      let values = trait.values.map { "\($0.agreement) \(short($0.value))" }
      let points = "\(trait.points > 0 ? "+" : "")\(Int(trait.points.rounded())) points"
      lines.append(
        "  \(phrases[trait.name] ?? trait.name) (\(points)): " + values.joined(separator: ", "))
    }
    for held in agreements {
      guard let value = held.value, let p = held.p else { continue }
      lines.append(
        "  \(held.agreement) of all traits \(value.short), of other pairs' traits \(short(held.mean)) "
          + "(p \(p.short))")
    }
    for (name, change) in changes.sorted(by: { $0.key < $1.key })
    where name != Interventions.margin {
      lines.append(
        name == Interventions.traits
          ? "  margin without the traits \(change.changed.short), without as much elsewhere "
            + change.compared.short
          : "  margin with \(name) changed \(change.changed.short), compared with "
            + change.compared.short)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
