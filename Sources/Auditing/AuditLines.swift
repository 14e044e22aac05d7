import Ground
import Measures
import Studies

extension AuditPicture {
  /// All that is known of one picture, but its maps, as one line.
  public func json(_ classNames: [String]) -> JSON {
    func name(_ label: Int?) -> JSON {
      label.flatMap { classNames.indices.contains($0) ? .string(classNames[$0]) : nil } ?? .null
    }
    func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
    let traits = (traits + lacking).map { trait -> JSON in
      [
        "attribute": .string(trait.name), "points": .number(trait.points),
        "agreements": .object(trait.values.map { JSON.Member($0.agreement, number($0.value)) }),
        "on_parts": number(trait.onParts?.energy), "parts_area": number(trait.onParts?.area),
      ]
    }
    let agreements = agreements.map { held -> JSON.Member in
      JSON.Member(
        held.agreement,
        [
          "value": number(held.value), "others": number(held.mean), "p": number(held.p),
          "p_of_other_classes": number(held.pOfRows),
        ])
    }
    let changes = changes.sorted { $0.key < $1.key }.map { name, change -> JSON.Member in
      JSON.Member(
        name, ["margin": .number(change.changed), "compared": .number(change.compared)])
    }
    return [
      "picture": .string(record.path), "class": name(record.label),
      "predicted": name(record.predicted), "against": name(rival), "margin": number(margin),
      "traits": .array(traits), "agreements": .object(agreements), "changes": .object(changes),
      "inside": number(inside?.energy), "area": number(inside?.area),
    ]
  }
}

extension RunFile {
  /// A line for each picture of an audit, those that failed last.
  public func writeAudited(_ summary: AuditSummary, to path: Path) throws {
    var file = try AtomicFile(path)
    try eachAudited { picture in
      let line = picture.json(summary.classNames).marked().written() + "\n"
      try file.append(Array(line.utf8))
    }
    for failure in summary.failures {
      let line: JSON = ["failure": .string(failure)]
      try file.append(Array((line.marked().written() + "\n").utf8))
    }
    try file.commit()
  }
}
