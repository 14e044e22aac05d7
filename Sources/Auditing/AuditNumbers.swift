import Studies

extension Audit {
  /// What a run keeps of a picture's traits: each by itself, and what they come to beside each control.
  func numbers(_ audit: AuditCase, _ chosen: Chosen) -> [RunRecord.Number] {
    var numbers: [RunRecord.Number] = []
    func add(_ traits: [AuditTraits.Entry], _ points: [Double]) {
      for (trait, points) in zip(traits, points) {
        let name = vocabulary.table.attributes[trait.attribute].name
        numbers.append(.init(map: name, measure: "points", value: points))
        numbers += Agreement.all.map {
          .init(
            map: name, measure: $0.name,
            value: $0(audit.classifier, trait.evidence, near: trait.near))
        }
      }
    }
    // What the class lacks has fewer points than none.
    add(audit.traits.own, chosen.own.map { Double($0.points) })
    add(audit.traits.lacking, chosen.lacking.map { -Double($0.points) })
    guard !chosen.isEmpty else { return numbers }
    for agreement in Agreement.all {
      let value = audit.traits.value(agreement, audit.classifier)
      numbers.append(.init(map: Audit.traits, measure: agreement.name, value: value))
      for control in Control.all {
        let values = control.values(agreement, audit)
        let name = "\(agreement.name):\(control.name)"
        guard let value, !values.isEmpty else {
          numbers.append(
            .init(map: Audit.traits, measure: name, value: nil, reason: "nothing to hold against"))
          continue
        }
        // Verdicts about many pictures need every draw of what they are made of.
        let isKept = agreement.name == Agreement.together.name
        let counts =
          isKept ? values.map { Float($0) } : [Float(values.reduce(0, +) / Double(values.count))]
        numbers.append(
          .init(
            map: Audit.traits, measure: name,
            value: Chance.p(of: value, among: values, isHigherBetter: agreement.isHigherBetter),
            counts: counts))
      }
    }
    return numbers
  }
}
