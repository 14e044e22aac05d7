import Explaining
import Ground
import Studies
import Traits

/// What `audit` was asked: how a class's traits are chosen, named and held against the classifier.
///
/// ```swift
/// let plan = try AuditPlan(inputs, of: audit, texts: texts)
/// let run = try RunFile("audit.run", plan)
/// try AuditPlan(run).classes[9]      // Red-winged Blackbird
/// ```
public struct AuditPlan: RunPlan {
  public var inputs: RunInputs
  /// How relevance is spread.
  public var method: Method?
  public var seed: UInt64
  /// What the method takes besides.
  public var methodSettings: JSON?
  /// The rule that finds the class that a picture is told apart from, or that class, as it was named.
  public var lookAlike: String?
  /// How much of it is subtracted.
  public var strength: Float?
  /// How many classes the second map of the classifier is against.
  public var references: Int?
  /// What phrases are compared with, and how much of that is subtracted.
  public var base: AuditVocabulary.Base?
  public var attributeStrength: Float?
  public var choice: AttributeChoice
  /// What is moved toward the look-alike; nil where only maps are compared.
  public var nuisances: [String]?
  /// The fingerprint of the file of pictures that somebody changed.
  public var counterfactuals: String?
  /// How many heads were trained again, and the fingerprint of the dataset whose pictures they were
  /// trained on, or of their files.
  public var retrained: Int?
  public var retrainedOn: String?
  public var texts: Texts
  /// What all pictures show: "bird".
  public var thing: String?
  public var classes: [String]
  public var attributes: [String]
  /// What is said for each attribute, and what that is compared with.
  public var phrases: [String]
  public var bases: [String]
  /// The fingerprint of the table of classes and attributes.
  public var percentages: String?
  public var part: RunPart

  /// What makes embeddings of phrases.
  public struct Texts: Equatable, Sendable {
    /// The fingerprint of the tower that reads texts.
    public var weights: String?
    /// How texts are cleaned.
    public var normalizer: String?
    /// The sentences that phrases are put into.
    public var sentences: [String]

    public init(weights: String?, normalizer: String?, sentences: [String] = []) {
      (self.weights, self.normalizer, self.sentences) = (weights, normalizer, sentences)
    }
  }

  /// Of an audit that is ready to begin; its look-alike as it was named.
  public init(
    _ inputs: RunInputs, of audit: Audit, lookAlike: String = LookAlike.attributes.name,
    texts: Texts, part: RunPart = .whole
  ) throws {
    let (context, vocabulary) = (audit.context, audit.vocabulary)
    self.inputs = inputs
    self.lookAlike = lookAlike
    self.texts = texts
    self.part = part
    method = audit.method
    seed = context.seed
    methodSettings = .object(
      try audit.method.settings(
        audit.settings, context.encoder, block: context.place))
    strength = audit.strength
    references = audit.others
    base = vocabulary.base
    attributeStrength = vocabulary.strength
    choice = audit.choice
    nuisances = audit.interventions.map { $0.nuisances.map(\.name) }
    counterfactuals =
      audit.interventions?.counterfactuals?.fingerprint ?? audit.groups?.fingerprint
    retrained = audit.again.isEmpty ? nil : audit.again.count
    thing = vocabulary.words.thing
    classes = context.classifier.targets.map(\.name)
    attributes = vocabulary.table.attributes.map(\.name)
    phrases = vocabulary.words.all.map(\.phrase)
    bases = vocabulary.words.all.map(\.base)
    percentages = vocabulary.table.fingerprint
  }
}

extension AuditPlan {
  private static let method = RunSetting<Method>.word("method", "a method", \.name) {
    Method(named: $0)
  }
  private static let seed = RunSetting<UInt64>.seed("seed")
  private static let methodSettings = RunSetting<JSON>.object("method settings")
  private static let lookAlike = RunSetting<String>.text("look-alike")
  private static let strength = RunSetting<Float>.number("strength")
  private static let references = RunSetting<Int>.integer("references")
  private static let base = RunSetting<AuditVocabulary.Base>.choice("compare")
  private static let attributeStrength = RunSetting<Float>.number("attribute strength")
  private static let count = RunSetting<Int>.integer("traits")
  private static let least = RunSetting<Float>.number("least")
  private static let isLocal = RunSetting<Bool>.flag("local")
  private static let isOnePerPart = RunSetting<Bool>.flag("one per part")
  private static let isNormalized = RunSetting<Bool>.flag("normalise")
  private static let nuisances = RunSetting<[String]>.texts("nuisances", "names")
  private static let counterfactuals = RunSetting<String>.text("counterfactuals")
  private static let retrained = RunSetting<Int>.integer("retrained")
  private static let retrainedOn = RunSetting<String>.text("retrained on")
  private static let textWeights = RunSetting<String>.text("text_weights")
  private static let normalizer = RunSetting<String>.text("normalizer")
  private static let thing = RunSetting<String>.text("thing")
  private static let sentences = RunSetting<[String]>.texts("sentences")
  private static let classes = RunSetting<[String]>.texts("classes", "names")
  private static let attributes = RunSetting<[String]>.texts("attributes", "names")
  private static let phrases = RunSetting<[String]>.texts("phrases")
  private static let bases = RunSetting<[String]>.texts("bases")
  private static let percentages = RunSetting<String>.text("percentages")

  public var settings: RunSettings {
    typealias Own = AuditPlan
    let members: [JSON.Member?] = [
      method.map(Own.method.member), Own.seed.member(seed),
      methodSettings.map(Own.methodSettings.member), lookAlike.map(Own.lookAlike.member),
      strength.map(Own.strength.member), references.map(Own.references.member),
      base.map(Own.base.member), attributeStrength.map(Own.attributeStrength.member),
      Own.count.member(choice.count), Own.least.member(choice.least),
      Own.isLocal.member(choice.isLocal), Own.isOnePerPart.member(choice.isOnePerPart),
      Own.isNormalized.member(choice.isNormalized), nuisances.map(Own.nuisances.member),
      counterfactuals.map(Own.counterfactuals.member), retrained.map(Own.retrained.member),
      retrainedOn.map(Own.retrainedOn.member),
      texts.weights.map(Own.textWeights.member),
      Own.normalizer.member(texts.normalizer ?? "none"), thing.map(Own.thing.member),
      Own.sentences.member(texts.sentences), Own.classes.member(classes),
      Own.attributes.member(attributes), Own.phrases.member(phrases), Own.bases.member(bases),
      percentages.map(Own.percentages.member), RunPart.setting.member(part),
    ]
    return RunSettings(
      [RunKind.setting.member(.audit)] + inputs.members + members.compactMap { $0 })
  }

  public init(_ settings: RunSettings, of path: Path) throws {
    typealias Own = AuditPlan
    inputs = try RunInputs(settings, of: path)
    method = try Own.method.read(settings, of: path)
    seed = try Own.seed.read(settings, of: path) ?? 0
    methodSettings = try Own.methodSettings.read(settings, of: path)
    lookAlike = try Own.lookAlike.read(settings, of: path)
    strength = try Own.strength.read(settings, of: path)
    references = try Own.references.read(settings, of: path)
    base = try Own.base.read(settings, of: path)
    attributeStrength = try Own.attributeStrength.read(settings, of: path)
    var choice = AttributeChoice()
    choice.count = try Own.count.read(settings, of: path) ?? choice.count
    choice.least = try Own.least.read(settings, of: path) ?? choice.least
    choice.isLocal = try Own.isLocal.read(settings, of: path) ?? choice.isLocal
    choice.isOnePerPart = try Own.isOnePerPart.read(settings, of: path) ?? choice.isOnePerPart
    choice.isNormalized = try Own.isNormalized.read(settings, of: path) ?? choice.isNormalized
    self.choice = choice
    nuisances = try Own.nuisances.read(settings, of: path)
    counterfactuals = try Own.counterfactuals.read(settings, of: path)
    retrained = try Own.retrained.read(settings, of: path)
    retrainedOn = try Own.retrainedOn.read(settings, of: path)
    let normalizer = try Own.normalizer.read(settings, of: path)
    texts = Texts(
      weights: try Own.textWeights.read(settings, of: path),
      normalizer: normalizer == "none" ? nil : normalizer,
      sentences: try Own.sentences.read(settings, of: path) ?? [])
    thing = try Own.thing.read(settings, of: path)
    classes = try Own.classes.read(settings, of: path) ?? []
    attributes = try Own.attributes.read(settings, of: path) ?? []
    phrases = try Own.phrases.read(settings, of: path) ?? []
    bases = try Own.bases.read(settings, of: path) ?? []
    percentages = try Own.percentages.read(settings, of: path)
    part = try RunPart.setting.read(settings, of: path) ?? .whole
  }
}
