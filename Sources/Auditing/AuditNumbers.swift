import Measures
import Studies
import Traits

extension Audit {
  /// What a run keeps of each trait by itself.
  func numbers(of traits: AuditTraits, _ classifier: Evidence) -> [RunRecord.Number] {
    traits.all.flatMap { trait -> [RunRecord.Number] in
      let name = name(of: trait)
      let onParts = Agreement.parts(trait.evidence, trait.evidence, near: trait.near)
      let area = trait.near.isEmpty ? nil : trait.near.map(Double.init).mean
      return [
        .init(map: name, measure: "points", value: trait.points),
        // Whether the words are seen at the parts that carry the trait, and how much of the picture
        // these are.
        .init(
          map: name, measure: "on parts", value: onParts, reason: "no part is seen",
          counts: [Float(area ?? .nan)]),
      ]
        + Agreement.all.map {
          .init(
            map: name, measure: $0.name, value: $0(classifier, trait.evidence, near: trait.near))
        }
    }
  }

  /// What the traits of the pair have together, and each of the sets of other pairs that they are held
  /// against. Verdicts about many pictures need every draw.
  func numbers(
    of own: TraitSet, beside others: [TraitSet], _ classifier: Evidence,
    _ attributes: [Int: Evidence], _ rows: [Evidence]
  ) -> [RunRecord.Number] {
    var numbers: [RunRecord.Number] = []
    let maps = TraitMaps(classifier, attributes, of: [own] + others)
    for agreement in Agreement.ofPlaces {
      let all = attributes.mapValues { agreement(classifier, $0) }
      if agreement.name == Agreement.decisive.name {
        // Every attribute that has a map: what a class is seen to be looked at for.
        numbers.append(
          .init(
            map: Audit.attributes, measure: agreement.name, value: nil,
            counts: vocabulary.table.attributes.indices.map {
              all[$0].flatMap { $0 }.map { Float($0) } ?? .nan
            }))
      }
      guard !own.isEmpty else { continue }
      func held(_ set: TraitSet) -> Double? {
        agreement.name == Agreement.decisive.name
          ? maps.correlation(with: set) : set.difference { all[$0].flatMap { $0 } }
      }
      let value = held(own)
      numbers.append(.init(map: Audit.sets, measure: agreement.name, value: value))
      let draws = others.compactMap(held)
      let name = "\(agreement.name):others"
      guard let value, draws.count == others.count, !draws.isEmpty else {
        numbers.append(
          .init(map: Audit.sets, measure: name, value: nil, reason: "nothing to hold against"))
        continue
      }
      numbers.append(
        .init(
          map: Audit.sets, measure: name, value: Chance.p(of: value, among: draws),
          counts: draws.map { Float($0) }))
    }
    if !own.isEmpty { numbers.append(self.number(of: own, maps, rows)) }
    return numbers
  }

  /// What the maps of other classes against one another have in common with the traits of this pair.
  private func number(
    of own: TraitSet, _ maps: TraitMaps, _ rows: [Evidence]
  ) -> RunRecord.Number {
    let name = "\(Agreement.decisive.name):rows"
    let draws = rows.compactMap { maps.correlation(of: $0, with: own) }
    guard let value = maps.correlation(with: own), draws.count == rows.count, !draws.isEmpty else {
      return .init(map: Audit.sets, measure: name, value: nil, reason: "nothing to hold against")
    }
    return .init(
      map: Audit.sets, measure: name, value: Chance.p(of: value, among: draws),
      counts: draws.map { Float($0) })
  }
}
