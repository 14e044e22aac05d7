import Datasets
import Explaining
import Ground
import Studies

/// Whether a classifier looks at what tells classes apart: what is asked of every picture.
///
/// ```swift
/// let audit = Audit(context, vocabulary)
/// let record = try audit.record(example)      // maps, agreements, what controls have
/// ```
///
/// Of a picture of class c and its look-alike d: the classifier's map of c against d; a map for each
/// attribute, and of those that c has and d has not, how far the classifier's evidence is where theirs
/// is, beside controls. (After Zhang et al. 2025, arXiv 2501.11309, appendix A.2, who judge by eye.)
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
  let method: Method
  let settings: Method.Settings
  let directions: [Target]
  private let pictures: Once<[(example: Example, view: View)]>
  private let draws: ControlDraws
  /// What all pictures of a class and its look-alike share: questions, and what attributes have on
  /// other pictures. A few megabytes for each pair, so that pictures had better come class by class.
  private let questions = OnceEach<Pair, AuditQuestions>(most: 16)
  private let elsewhere = OnceEach<Pair, [(number: Int, traits: AuditTraits)]>(most: 16)

  public init(
    _ context: EvaluationContext, _ vocabulary: AuditVocabulary,
    lookAlike: LookAlike = .attributes, choice: AttributeChoice = .init(), strength: Float = 1,
    others: Int = 3, method: Method = .gradCAM, _ settings: Method.Settings = .init()
  ) {
    self.context = context
    self.vocabulary = vocabulary
    self.lookAlike = lookAlike
    self.choice = choice
    self.strength = strength
    self.others = others
    self.method = method
    self.settings = settings
    directions = AuditQuestions.directions(context)
    draws = ControlDraws(seed: context.seed)
    pictures = Once { try context.otherPictures(Control.pictureCount + 1) }
  }

  /// What a run calls what is no attribute's: no attribute may be called so.
  static let names: Set = [map, mapOfSeveral, traits, attributes]
  static let map = "classifier"
  static let mapOfSeveral = "classifier, several"
  static let traits = "traits"
  static let attributes = "attributes"

  /// All that is to be known of one picture. What fails for it alone is its failure; the run goes on.
  public func record(_ example: Example) throws -> RunRecord {
    let subject = try EvaluationCase(of: example, context)
    var record = subject.record
    guard let rival = lookAlike.rival(of: subject, vocabulary.table) else { return record }
    let pair = Pair(label: subject.label, rival: rival)
    let questions = questions.value(of: pair) {
      AuditQuestions(
        subject, against: rival, vocabulary, strength: strength, others: others,
        directions: directions)
    }
    let evidence = try evidence(questions.all, subject.view)
    func part(_ range: Range<Int>) -> [Evidence] { Array(evidence[range]) }
    let table = vocabulary.table
    let chosen = Chosen(
      own: choice(table, of: subject.label, against: rival, vocabulary.words),
      lacking: choice(table, of: rival, against: subject.label, vocabulary.words))
    let ofAttributes = part(questions.attributes)
    var near = NearParts(evidence[0].map, subject.parts)
    func traits(_ attributes: [Int]) -> [AuditTraits.Entry] {
      attributes.map {
        .init(attribute: $0, evidence: ofAttributes[$0], near: near.shares(of: parts(of: $0)))
      }
    }
    let absent = AttributeChoice.absent(table, in: [subject.label, rival]).filter {
      !choice.isLocal || vocabulary.words.isLocal($0)
    }
    let audit = AuditCase(
      classifier: evidence[0],
      traits: AuditTraits(
        own: traits(chosen.own.map(\.attribute)), lacking: traits(chosen.lacking.map(\.attribute))),
      absent: traits(absent), directions: part(questions.directions),
      elsewhere: try elsewhere(chosen, pair, but: example),
      rows: part(questions.rows), shuffles: questions.shuffles, draws: draws)

    record.maps = [.init(name: Audit.map, grid: evidence[0].map.values)]
    record.maps.append(.init(name: Audit.mapOfSeveral, grid: evidence[1].map.values))
    for trait in audit.traits.own + audit.traits.lacking {
      record.maps.append(
        .init(name: table.attributes[trait.attribute].name, grid: trait.evidence.map.values))
    }
    record.numbers = [.init(map: Audit.map, measure: "rival", value: Double(rival))]
    record.numbers.append(try onTheThing(subject, evidence[0].map, rival))
    record.numbers += numbers(audit, chosen)
    record.numbers += [Agreement.together, .rank, .direction].map { agreement in
      // Every attribute, chosen or not: what a class is seen to be looked at for.
      let values = ofAttributes.map { Float(agreement(audit.classifier, $0) ?? .nan) }
      return .init(map: Audit.attributes, measure: agreement.name, value: nil, counts: values)
    }
    record.numbers.append(
      .init(
        map: Audit.attributes, measure: "absent", value: nil, counts: absent.map { Float($0) }))
    return record
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

  /// The attributes that tell two classes apart.
  struct Chosen {
    let own: [ClassAttributes.Difference]
    let lacking: [ClassAttributes.Difference]

    var isEmpty: Bool { own.isEmpty && lacking.isEmpty }
  }

  private struct Pair: Hashable {
    let label: Int
    let rival: Int
  }

  private func parts(of attribute: Int) -> [String] { vocabulary.words.all[attribute].parts ?? [] }

  /// The same attributes on other pictures.
  private func elsewhere(
    _ chosen: Chosen, _ pair: Pair, but example: Example
  ) throws -> [AuditTraits] {
    guard !chosen.isEmpty else { return [] }
    let others = try elsewhere.value(of: pair) {
      let contrasts = vocabulary.contrasts(against: pair.rival)
      let attributes = (chosen.own + chosen.lacking).map(\.attribute)
      return try pictures.value().map { other in
        let evidence = try evidence(attributes.map { contrasts[$0] }, other.view)
        let subject = EvaluationCase(other.example, other.view, label: 0, context)
        var near = NearParts(evidence[0].map, subject.parts)
        let traits = zip(attributes, evidence).map {
          AuditTraits.Entry(attribute: $0, evidence: $1, near: near.shares(of: parts(of: $0)))
        }
        let own = chosen.own.count
        return (
          other.example.number,
          AuditTraits(own: Array(traits.prefix(own)), lacking: Array(traits.dropFirst(own)))
        )
      }
    }
    return others.filter { $0.number != example.number }.prefix(Control.pictureCount).map(\.traits)
  }
}
