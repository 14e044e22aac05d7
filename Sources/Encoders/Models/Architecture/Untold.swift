/// What shapes do not tell: heads, activation, epsilon, which token stands for a text.
extension ArchitectureReading {
  static let clipEpsilon: Float = 1e-5
  /// timm's and DINOv2's.
  static let dinoEpsilon: Float = 1e-6

  mutating func heads(_ tower: String, _ width: Int, _ layers: Int) throws -> Int {
    let name = "\(tower).heads"
    if let told = try settings.integer(name) {
      guard width % told.value == 0, let entry = settings[name] else {
        throw InputError(
          settings[name]?.place ?? name, expected: "a divisor of the width of \(width)",
          found: "\(told.value)")
      }
      return findings.take(name, told.value, entry.source)
    }
    if tower == "image", let told = try settings.integer("image.headWidth"),
      let entry = settings["image.headWidth"]
    {
      guard width % told.value == 0 else {
        throw InputError(
          entry.place, expected: "a divisor of the width of \(width)", found: "\(told.value)")
      }
      return findings.take(name, width / told.value, entry.source)
    }
    if let family = ModelFamily(width: width, layers: layers) {
      return findings.take(name, width / family.headWidth, "default of the family \(family.name)")
    }
    guard width % 64 == 0 else {
      throw InputError(
        tensors.place, expected: "something that tells the heads of its \(tower) tower",
        found: "a width of \(width), which is no multiple of the usual 64",
        hint: "a config of open_clip or transformers tells them", settings: ["config"])
    }
    return findings.take(name, width / 64, "width / 64, as heads usually are")
  }

  mutating func activation(_ tower: String) throws -> Activation {
    let name = tower == "image" ? "activation" : "text.activation"
    if let asked = circumstances.activation {
      return findings.take(name, asked, "as asked")
    }
    if let asked = circumstances.nameWithQuickGELU {
      return findings.take(name, .quickGELU, "name '\(asked)'")
    }
    let words: [(JSON, Activation)] = [
      ("quick_gelu", .quickGELU), ("gelu", .gelu), ("gelu_new", .geluTanh),
      ("gelu_pytorch_tanh", .geluTanh),
    ]
    if let told = try settings.choice("\(tower).activation", words) {
      return findings.take(name, told)
    }
    let flags: [(JSON, Activation)] = [(true, .quickGELU), (false, .gelu)]
    if let told = try settings.choice("isQuickGELU", flags) { return findings.take(name, told) }
    if circumstances.isTorchScript {
      return findings.take(name, .quickGELU, "TorchScript, as OpenAI published its models")
    }
    if tensors.hasScalarsOfOpenAI {
      return findings.take(
        name, .quickGELU,
        "the scalars input_resolution, context_length and vocab_size, as OpenAI's own files have "
          + "them")
    }
    if let tag = circumstances.pretrained {
      return findings.take(name, tag.hasQuickGELU ? .quickGELU : .gelu, "tag \(tag.tag)")
    }
    if let told = settings["isQuickGELU.default"] {
      return findings.take(name, .gelu, "\(told.source), which does not ask for QuickGELU")
    }
    if tensors.layout.family == .dinoV2 {
      return findings.take(name, .gelu, "default of the family DINOv2")
    }
    let isTransformers = tensors.layout.name == Layout.huggingFace.name
    let standard: Activation = isTransformers ? .quickGELU : .gelu
    // A ResNet's own pixels meet ReLU whatever anybody says; what is guessed is the texts'.
    if tower == "image" || isResNet {
      let trained = isResNet ? "the text tower of \(tensors.place)" : tensors.place
      findings.note(
        "Nothing says which activation \(trained) was trained with; \(standard.rawValue) is "
          + "taken. OpenAI's own weights and some others need quickgelu, which may be set.")
    }
    return findings.take(
      name, standard, "default of \(isTransformers ? "transformers" : "open_clip")")
  }

  mutating func epsilon(_ tower: String) throws -> Float {
    let name = "\(tower).epsilon"
    if let told = try settings.number(name), let entry = settings[name] {
      guard told.value > 0, told.value < 1 else {
        throw InputError(
          entry.place, expected: "a number between 0 and 1", found: entry.value.summary)
      }
      return findings.take(name, told)
    }
    return tensors.layout.family == .clip
      ? findings.take(name, Self.clipEpsilon, "default of the family CLIP")
      : findings.take(name, Self.dinoEpsilon, "default of the family DINOv2")
  }

  /// transformers takes the first token of a number, and the highest number where an old file
  /// says 2; OpenAI and open_clip always take the highest.
  mutating func pooling(vocabulary: Int) throws -> Architecture.Pooling {
    guard let told = try settings.integer("text.end"), let entry = settings["text.end"] else {
      return findings.take("text.pooling", .highestNumber, "default of the family CLIP")
    }
    if told.value == 2 { return findings.take("text.pooling", .highestNumber, told.source) }
    guard told.value < vocabulary else {
      throw InputError(
        entry.place, expected: "a token of the vocabulary of \(vocabulary)",
        found: "\(told.value)")
    }
    let end = min(vocabulary, Architecture.Text.largestVocabulary) - 1
    guard told.value == end || vocabulary <= Architecture.Text.largestVocabulary else {
      throw InputError(
        entry.place, expected: "\(end), the end of a text by CLIP's tokenizer",
        found: "\(told.value)", hint: "Fieldmark has CLIP's own tokenizer alone")
    }
    return findings.take("text.pooling", .first(told.value), told.source)
  }
}

/// What is known of a model before a byte of it is read.
struct Circumstances {
  /// What `--activation` says.
  var activation: Activation?
  /// The name that was asked for, where it asks for QuickGELU.
  var nameWithQuickGELU: String?
  var isTorchScript = false
  var pretrained: Pretrained?
}
