import Measures
import Nuisances
import Studies
import Traits

/// The pictures of a run, gathered by the two classes that they tell apart.
struct GatheredPairs {
  private let plan: AuditPlan
  private var pairs: [ClassPair: AuditPair] = [:]
  /// Of each class how far the words for every attribute fit each of its pictures.
  private var words: [Int: [[Float]]] = [:]
  private var effects: [ClassPair: [(number: Int, changes: [String: Double])]] = [:]
  private var sets: [ClassPair: Int] = [:]
  /// The pictures that the classifier gets right, by their class.
  private var right: [ClassPair: [Int: [AuditPicture.Listed]]] = [:]
  private var hasChanges = false

  init(_ plan: AuditPlan) { self.plan = plan }

  mutating func add(_ picture: AuditPicture) {
    guard let label = picture.record.label else { return }
    words[label, default: []].append(picture.words)
    guard let rival = picture.rival, plan.classes.indices.contains(rival), rival != label else {
      return
    }
    let pair = ClassPair(label, rival).sorted
    pairs[pair, default: AuditPair(pair)].add(picture)
    sets[pair] = max(sets[pair] ?? 0, picture.held(.decisive)?.draws.count ?? 0)
    if !picture.changes.isEmpty { hasChanges = true }
    guard picture.isRight else { return }
    var changes: [String: Double] = [:]
    for name in picture.changes.keys {
      if let change = picture.change(name), change.margin > 0 {
        changes[name] = change.fall / change.margin
      }
    }
    effects[pair, default: []].append((picture.record.number, changes))
    right[pair, default: [:]][label, default: []].append(picture.listed)
  }

  /// Reads the maps of one pair of classes after the other.
  func judged(_ run: RunFile) throws -> [JudgedPair] {
    let all = pairs.values.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    let traits = rates(all.map { $0.traitReliance?.p })
    let names = all.map(\.nuisances)
    var nuisances = rates(
      zip(all, names).flatMap { pair, names in
        names.map { pair.reliance($0)?.p }
      })[...]
    return try all.indices.map { index in
      let pair = all[index]
      var findings = PairFindings()
      (findings.pictures, findings.right) = (pair.pictures, pair.right)
      findings.hasTraits = !(pair.traits.isEmpty && pair.lacking.isEmpty)
      findings.fit = fit(pair)
      findings.untested = [pair.first, pair.second].first { words[$0] == nil }
        .map { plan.classes[$0] }
      findings.agreement = pair.agreement(.decisive)?.p
      findings.rows = pair.agreementOfRows.map { .init(p: $0.p, count: $0.count) }
      findings.sets = sets[ClassPair(pair.first, pair.second)] ?? 0
      findings.match = try match(pair, run)
      findings.hasChanges = hasChanges
      if let reliance = pair.traitReliance, let rate = traits[index] {
        findings.traits = .init(
          name: Interventions.traits, phrase: "the listed traits", reliance: reliance, rate: rate)
      }
      let knowsWords = findings.fit?.isSufficient(mark: Verdict.mark) ?? false
      findings.nuisances = names[index].compactMap { name in
        guard let rate = nuisances.removeFirst(), let reliance = pair.reliance(name) else {
          return nil
        }
        return .init(
          name: name, phrase: phrase(of: name), reliance: reliance, rate: rate,
          words: knowsWords ? pair.relianceOfWords(name)?.share : nil)
      }
      return JudgedPair(
        pair: pair, findings: findings, verdict: findings.verdict,
        examples: examples(pair, findings))
    }
  }

  /// Maps on grids of different shapes cannot be compared, so that only those on the commonest are.
  private func match(_ pair: AuditPair, _ run: RunFile) throws -> PictureMatch? {
    var classes: [[PictureMatch.Maps]] = []
    for (_, pictures) in (right[ClassPair(pair.first, pair.second)] ?? [:]).sorted(by: {
      $0.key < $1.key
    }) {
      let maps = try pictures.spread(most: PictureMatch.most).compactMap { try run.match(of: $0) }
      let sizes = Dictionary(grouping: maps, by: \.classifier.count)
      if let most = sizes.max(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) {
        classes.append(most.value)
      }
    }
    return PictureMatch(of: classes, seed: plan.seed &+ UInt64(pair.first << 20 + pair.second))
  }

  /// Rates of false discoveries of those that have a p.
  private func rates(_ ps: [Double?]) -> [Double?] {
    var rates = Chance.falseDiscoveryRates(ps.compactMap { $0 })[...]
    return ps.map { $0 == nil ? nil : rates.popFirst() }
  }

  /// How well the words for the traits of a pair tell its pictures apart: the mean over what the first
  /// class has less the mean over what it lacks, on the pictures of either class.
  private func fit(_ pair: AuditPair) -> WordFit? {
    let columns = Dictionary(
      plan.attributes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let set = TraitSet(
      own: pair.traits.keys.compactMap { columns[$0] }.sorted(),
      lacking: pair.lacking.keys.compactMap { columns[$0] }.sorted())
    func scores(_ label: Int) -> [Double] {
      (words[label] ?? []).compactMap { scores in
        set.difference { scores.indices.contains($0) ? Double(scores[$0]) : nil }
      }
    }
    return WordFit(own: scores(pair.first), others: scores(pair.second))
  }

  /// What a verdict calls something that is no trait.
  private func phrase(of name: String) -> String {
    guard name.hasPrefix(CounterfactualPictures.other) else {
      return Nuisance(named: name)?.phrase ?? name
    }
    return name.dropFirst(CounterfactualPictures.other.count) + ", as changed pictures show"
  }

  private func examples(_ pair: AuditPair, _ findings: PairFindings) -> [Int] {
    let shown = findings.deciding.first?.name ?? Interventions.traits
    let known = (effects[ClassPair(pair.first, pair.second)] ?? []).compactMap { effect in
      effect.changes[shown].map { (number: effect.number, change: $0) }
    }.sorted { ($0.change, $0.number) < ($1.change, $1.number) }
    guard let least = known.first, let best = known.last else { return [] }
    return best.number == least.number ? [best.number] : [best.number, least.number]
  }
}

extension Array {
  /// At most so many, evenly spread.
  fileprivate func spread(most: Int) -> [Element] {
    count <= most ? self : (0..<most).map { self[$0 * count / most] }
  }
}

extension RunFile {
  /// The maps of a picture that are held against those of others; nil where it has none.
  fileprivate func match(of picture: AuditPicture.Listed) throws -> PictureMatch.Maps? {
    let grids = Dictionary(
      try maps(of: picture.number).map { ($0.name, $0.grid) },
      uniquingKeysWith: { first, _ in first })
    let (own, lacking) = (
      picture.traits.compactMap { grids[$0] }, picture.lacking.compactMap { grids[$0] }
    )
    guard let classifier = grids[Audit.map], own.count == picture.traits.count,
      lacking.count == picture.lacking.count
    else { return nil }
    return PictureMatch.Maps(classifier: classifier, own: own, lacking: lacking)
  }
}
