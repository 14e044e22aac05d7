import Ground
import Pictures
import Words

/// A model that was found, recognized and checked. It has its weights in one form, whatever the
/// file's layout, and all that is known of how to run it, each value with its source.
///
/// ```swift
/// let model = try Model("ViT-B-16:openai", in: Caches(.process))
/// model.architecture.image.patch              // 16
/// model.weight("visual.proj").shape           // [768, 512]
/// model.source(of: "activation")              // "tag openai"
/// ```
///
/// Opening reads names, shapes and settings; numbers are read when a weight is used.
public struct Model: Sendable {
  public typealias Source = ValueSource

  /// What a user may say that files do not, or say wrong.
  public struct Overrides: Sendable {
    public var config: Path?
    public var activation: Activation?
    public var normalizer: Normalizer?

    public init(
      config: Path? = nil, activation: Activation? = nil, normalizer: Normalizer? = nil
    ) {
      self.config = config
      self.activation = activation
      self.normalizer = normalizer
    }
  }

  public let name: String
  public let file: Path
  /// The size in bytes of the file or, if the model is in pieces, of all its files.
  public let bytes: Int
  public let format: Checkpoint.Format
  package let form: ModelForm
  public let layout: Layout
  public let architecture: Architecture
  public let preprocessing: Preprocessing
  /// The cleaning of texts that the model was trained with; nil if it has no text encoder.
  public let normalizer: Normalizer?
  public let sources: [Source]
  /// What a user should know before trusting the model.
  public private(set) var notes: [String]
  /// What a user who asks the model about photographs should know; nil if it was trained on them.
  public let caution: String?
  /// The weights, in the order in which a picture and a text meet them.
  public internal(set) var weights: [Weight]
  /// Whether the weights are those of the files and have not been drawn anew since.
  package internal(set) var isItsFiles = true
  private let places: [String: Int]

  /// Opens a model of one of the families that are known.
  package init(_ found: FoundModel, _ overrides: Overrides, _ known: KnownModels) throws {
    let checkpoint = try found.checkpoint()
    let tensors = FileTensors(checkpoint)
    let (form, layout) = try known.form(of: tensors)
    let named = try NamedTensors(tensors, layout: layout.name, layout.renaming())
    let configs = known.configs(of: form)
    var settings = Settings()
    if let config = overrides.config {
      try settings.add(JSON(file: config), from: config, configs)
    }
    for file in found.settings where layout.settings.contains(file.lastComponent) {
      try settings.add(found.settings(in: file), from: file, configs)
    }
    var reading = ArchitectureReading(
      named, layout, settings,
      ModelHints(
        activation: overrides.activation,
        nameWithQuickGELU: found.asksForQuickGELU
          ? found.pretrained.map { $0.model + Pretrained.quickGELUSuffix } : nil,
        isTorchScript: checkpoint.format == .torchScript, pretrained: found.pretrained),
      family: form.name, refusal: known.refusal)
    reading.findings.note(source: "names of the tensors", of: "kind")
    architecture = try form.read(&reading)
    weights = try named.weights(form.shapes(architecture))
    preprocessing = try reading.preprocessing(for: architecture, form)
    normalizer = architecture.text == nil ? nil : reading.normalizer(overrides.normalizer)
    name = found.name
    file = found.weights
    bytes = found.bytes
    format = checkpoint.format
    self.form = form
    self.layout = layout
    sources = reading.findings.sources
    notes = reading.findings.notes
    caution = found.isBuiltIn ? FoundModel.demoNote : nil
    places = Dictionary(uniqueKeysWithValues: weights.enumerated().map { ($1.name, $0) })
  }

  /// The model for questions about photographs. Its notes begin with `caution`, if there is one.
  public var askedAboutPhotographs: Model {
    var model = self
    if let caution { model.notes.insert(caution, at: 0) }
    return model
  }

  /// Returns a weight that the architecture has.
  public func weight(_ name: String) -> Weight {
    guard let place = places[name] else {
      preconditionFailure("A model of this architecture has no weight '\(name)'.")
    }
    return weights[place]
  }

  /// Whether the architecture has a weight of this name.
  package func has(_ name: String) -> Bool { places[name] != nil }

  /// Returns where a value comes from, by its name in `models show --json`.
  public func source(of name: String) -> String? { sources.first { $0.name == name }?.source }

  /// How many numbers the weights have in all.
  public var parameters: Int { weights.reduce(0) { $0 + $1.count } }
}

extension ArchitectureReading {
  /// Returns how texts are cleaned. Fast tokenizers of transformers do it in one way, OpenAI and
  /// open_clip in another.
  mutating func normalizer(_ asked: Normalizer?) -> Normalizer {
    if let asked { return findings.take("normalizer", asked, "as asked") }
    return findings.take(
      "normalizer", layout.normalizer, "layout \(layout.name)")
  }
}
