import Datasets
import Encoders
import Explaining
import Ground
import Nuisances
import Studies
import Traits

/// Whether a classifier looks at what tells classes apart: what is asked of every picture.
///
/// ```swift
/// let audit = Audit(context, vocabulary)
/// let record = try audit.record(example)      // maps, agreements, and what changes do to the margin
/// ```
///
/// Of a picture of class c and its look-alike d, it asks three things. Do the words for their traits
/// tell such pictures apart (the instrument)? Does the classifier's map of c against d lie where the
/// maps of the traits do (where)? And what happens to the margin between c and d when the traits are
/// taken away, or something else is moved toward d (why)? (After Zhang et al. 2025, arXiv 2501.11309,
/// appendix A.2, who compare the maps by eye.)
public struct Audit: Sendable {
  public let context: EvaluationContext
  public let vocabulary: AuditVocabulary
  public let lookAlike: LookAlike
  public let choice: AttributeChoice
  /// How much of the look-alike is subtracted: all of it by default, since what both share is not what
  /// is asked about.
  public let strength: Float
  /// How many look-alikes the second map of the classifier is against.
  public let others: Int
  /// What is moved toward the look-alike.
  public var nuisances: [Nuisance] { interventions?.nuisances ?? [] }
  let method: Method
  let settings: Method.Settings
  package let sets: TraitSets
  let donors: AuditDonors
  let groups: CounterfactualGroups?
  /// The targets of heads that were trained again.
  let again: [[Target]]
  /// Nil where only maps are compared.
  let interventions: Interventions?
  /// What all pictures of a class and its look-alike share. A few megabytes for each pair, so that
  /// pictures had better come class by class.
  private let questions = OnceEach<ClassPair, [Target]>(most: 16)

  /// - Parameter nuisances: What is moved toward the look-alike, beside taking the traits away; nil
  ///   to compare maps only, which is about eight times as fast.
  /// - Parameter counterfactuals: Pictures in which somebody changed one thing.
  /// - Parameter groups: Such pictures without the pictures before.
  /// - Parameter again: Heads like the classifier's that were trained on other draws of its pictures.
  public init(
    _ context: EvaluationContext, _ vocabulary: AuditVocabulary,
    lookAlike: LookAlike = .attributes, choice: AttributeChoice = .init(), strength: Float = 1,
    others: Int = 3, nuisances: [Nuisance]? = Nuisance.all,
    counterfactuals: CounterfactualPictures? = nil, groups: CounterfactualGroups? = nil,
    again: [LinearHead] = [],
    method: Method = .gradCAM, _ settings: Method.Settings = .init()
  ) {
    self.context = context
    self.vocabulary = vocabulary
    self.lookAlike = lookAlike
    self.choice = choice
    self.strength = strength
    self.others = others
    self.method = method
    self.settings = settings
    self.groups = groups
    self.again = again.map { $0.targets(context.classifier.names) }
    sets = TraitSets(vocabulary.table, choice, vocabulary.words, seed: context.seed)
    let size = context.encoder.preprocessing
    donors = AuditDonors(
      context.dataset, seed: context.seed, shortest: min(size.width, size.height)
    ) { [passes = context.passes] in try passes.check() }
    hasPictures = context.classifier.targets.indices.map(donors.has)
    interventions = nuisances.map { [donors] in
      Interventions(
        $0, PictureChanges(donors, seed: context.seed), counterfactuals: counterfactuals)
    }
  }

  /// Whether the dataset has a picture of each class.
  private let hasPictures: [Bool]

  static let groups = AuditNames.groups
  static let map = AuditNames.map
  static let mapOfSeveral = AuditNames.mapOfSeveral
  static let sets = AuditNames.sets
  static let attributes = AuditNames.attributes

  /// All that is to be known of one picture. What fails for it alone is its failure; the run goes on.
  public func record(_ example: Example) throws -> RunRecord {
    let subject = try EvaluationCase(of: example, context)
    var record = subject.record
    guard let rival = lookAlike.rival(of: subject, vocabulary.table, among: hasPictures) else {
      return record
    }
    let set = sets.of(subject.label, against: rival)
    let others = sets.others(than: subject.label, against: rival)
    // No other attribute was ever in question, so that it needs no map.
    let attributes = Set(([set] + others).flatMap { $0.own + $0.lacking }).sorted()
    let rows = otherRows(than: subject.label, against: rival)
    let targets = questions.value(of: ClassPair(subject.label, rival)) {
      questions(subject, against: rival, attributes, rows)
    }
    let evidence = try evidence(targets, subject.view)
    let classifier = evidence[0]
    let ofAttributes = Dictionary(uniqueKeysWithValues: zip(attributes, evidence[2...]))
    let ofRows = Array(evidence[(2 + attributes.count)...])
    let traits = traits(subject, against: rival, set, ofAttributes, on: classifier.map)

    record.maps = [.init(name: Audit.map, grid: classifier.map.values)]
    record.maps.append(.init(name: Audit.mapOfSeveral, grid: evidence[1].map.values))
    for trait in traits.all {
      record.maps.append(.init(name: name(of: trait), grid: trait.evidence.map.values))
    }
    record.numbers = [
      .init(map: Audit.map, measure: "rival", value: Double(rival)),
      .init(
        map: Audit.map, measure: "margin",
        value: subject.margin(over: rival, of: subject.view.embedding)),
      try onTheThing(subject, classifier.map, rival),
    ]
    record.numbers += numbers(of: traits, classifier)
    record.numbers += numbers(of: set, beside: others, classifier, ofAttributes, ofRows)
    record.numbers.append(
      .init(
        map: Audit.attributes, measure: "words", value: nil,
        counts: vocabulary.scores(subject.view.embedding)))
    if let interventions {
      let region = try TraitRegion(
        dataset: context.dataset, example: example, picture: subject.view.picture,
        words: vocabulary.words
      ).mask(of: set, maps: traits.all.map(\.evidence.map))
      let words: (Matrix) -> Double? = { [vocabulary] embedding in
        set.difference { Double(vocabulary.score(of: $0, embedding)) }
      }
      let margins = Margins(of: subject, over: rival, words: words, heads: again)
      record.numbers += try interventions.numbers(
        subject, against: rival, margins, traits: region)
      record.numbers +=
        groups?.numbers(of: subject.label, over: rival, vocabulary.table, choice, margins) ?? []
    }
    return record
  }

  func name(of trait: AuditTraits.Entry) -> String {
    vocabulary.table.attributes[trait.attribute].name
  }

  /// How many pairs of other classes a pair's maps are held against.
  private static let mostRows = 39

  /// Pairs of other classes, drawn by the seed; the other way around for pictures of the look-alike.
  func otherRows(than label: Int, against rival: Int) -> [ClassPair] {
    let pair = ClassPair(label, rival).sorted
    let others = context.classifier.targets.indices.filter { $0 != label && $0 != rival }
    guard others.count > 1 else { return [] }
    var random = SplitMix(seed: context.seed, 1 << 40 + pair.first << 20 + pair.second)
    var (found, seen): ([ClassPair], Set<ClassPair>) = ([], [])
    // Of few classes there are fewer pairs than are wanted.
    for _ in 0..<20 * Audit.mostRows where found.count < Audit.mostRows {
      let row = ClassPair(
        others[random.below(others.count)], others[random.below(others.count)])
      if row.first != row.second, seen.insert(row).inserted { found.append(row) }
    }
    return pair.first == label ? found : found.map { ClassPair($0.second, $0.first) }
  }

  /// The classifier's score of the class against its look-alike, then against several, then the score of
  /// each attribute, then the classifier's scores of other classes against one another.
  private func questions(
    _ subject: EvaluationCase, against rival: Int, _ attributes: [Int], _ rows: [ClassPair]
  ) -> [Target] {
    func contrast(_ others: [Int]) -> Target {
      subject.targets[subject.label].compared(
        with: others.map { subject.targets[$0] }, strength: strength
      ).asOneDirection
    }
    let several = subject.rivals(ReferenceRule(others))
    let contrasts = vocabulary.contrasts(against: rival)
    let ofRows = rows.map { row in
      subject.targets[row.first].compared(with: [subject.targets[row.second]], strength: strength)
        .asOneDirection
    }
    return [contrast([rival]), contrast(several)] + attributes.map { contrasts[$0] } + ofRows
  }

  private func traits(
    _ subject: EvaluationCase, against rival: Int, _ set: TraitSet, _ evidence: [Int: Evidence],
    on map: Heatmap
  ) -> AuditTraits {
    var near = NearParts(map, subject.parts)
    let table = vocabulary.table
    func entries(_ attributes: [Int]) -> [AuditTraits.Entry] {
      attributes.compactMap { attribute in
        guard let evidence = evidence[attribute] else { return nil }
        return .init(
          attribute: attribute, evidence: evidence,
          near: near.shares(of: vocabulary.words.all[attribute].parts ?? []),
          points: Double(
            table.percentages[subject.label, attribute] - table.percentages[rival, attribute]))
      }
    }
    return AuditTraits(own: entries(set.own), lacking: entries(set.lacking))
  }

  /// How much of the classifier's energy lies on the thing, and, as the count, of the picture does.
  private func onTheThing(
    _ subject: EvaluationCase, _ map: Heatmap, _ rival: Int
  ) throws -> RunRecord.Number {
    guard let truth = try TruthChoice.any.truth(of: subject, against: rival) else {
      return .init(map: Audit.map, measure: "inside", value: nil, reason: "no box and no mask")
    }
    let flat = map.with(map.values.mapped { _ in 1 })
    return .init(
      map: Audit.map, measure: "inside", value: map.clipped().resized().energy(in: truth),
      counts: [Float(flat.resized().energy(in: truth) ?? .nan)])
  }

  /// Evidence for each of many scores: what they share is worked out once.
  private func evidence(_ targets: [Target], _ view: View) throws -> [Evidence] {
    let maps = try method.maps(view, targets, settings)
    let gradients = Target.gradients(of: targets, at: view.embedding)
    return maps.indices.map { Evidence(maps[$0], gradient: gradients.rows($0..<$0 + 1)) }
  }
}
