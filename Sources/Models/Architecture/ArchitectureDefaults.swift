import Ground

/// What shapes do not tell: heads, activation, epsilon, which token stands for a text.
extension ArchitectureReading {
  /// Returns the heads of an encoder. `known` lists encoders whose heads are not 64 wide, by width
  /// and depth.
  package mutating func heads(
    _ tower: String, _ width: Int, _ layers: Int, _ known: [HeadWidth]
  ) throws -> Int {
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
    if let model = known.first(where: { $0.width == width && $0.layers == layers }) {
      return findings.take(name, width / model.headWidth, "default of the family \(model.model)")
    }
    guard width % 64 == 0 else {
      throw InputError(
        tensors.place,
        expected:
          "a setting for the number of heads of its \(tower == "image" ? "picture" : "text") encoder",
        found: "a width of \(width), which is no multiple of the usual 64",
        hint: "a config of open_clip or transformers has it", settings: ["config"])
    }
    return findings.take(name, width / 64, "width / 64, as heads usually are")
  }

  /// Returns the activation of an encoder's blocks. If nothing tells it and the layout's is
  /// doubtful, a note says so, in which `noting` names what was trained. If `noting` is nil there
  /// is no note, since one note per model is enough.
  package mutating func activation(
    _ tower: String, noting place: String? = nil
  ) throws -> Activation {
    let name = tower == "image" ? "activation" : "text.activation"
    if let asked = hints.activation {
      return findings.take(name, asked, "as asked")
    }
    if let asked = hints.nameWithQuickGELU {
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
    if hints.isTorchScript {
      return findings.take(name, .quickGELU, "TorchScript, as OpenAI published its models")
    }
    if tensors.hasScalarsOfOpenAI {
      return findings.take(
        name, .quickGELU,
        "the scalars input_resolution, context_length and vocab_size, as OpenAI's own files have "
          + "them")
    }
    if let tag = hints.pretrained {
      return findings.take(name, tag.hasQuickGELU ? .quickGELU : .gelu, "tag \(tag.tag)")
    }
    if let told = settings["isQuickGELU.default"] {
      return findings.take(name, .gelu, "\(told.source), which does not ask for QuickGELU")
    }
    let usual = layout.activation
    if usual.isDoubtful, let place {
      findings.note(
        "Nothing says which activation \(place) was trained with; \(usual.activation.rawValue) is "
          + "taken. OpenAI's own weights and some others need quickgelu, which may be set.")
    }
    return findings.take(name, usual.activation, usual.source)
  }

  /// Returns what every norm of an encoder adds to the variance.
  package mutating func epsilon(_ tower: String, _ usual: Float) throws -> Float {
    let name = "\(tower).epsilon"
    if let told = try settings.number(name), let entry = settings[name] {
      guard told.value > 0, told.value < 1 else {
        throw InputError(
          entry.place, expected: "a number between 0 and 1", found: entry.value.summary)
      }
      return findings.take(name, told)
    }
    return findings.take(name, usual, "default of the family \(family)")
  }

  /// Returns which token stands for a text. transformers takes the first token of a number, or the
  /// highest number if an old file says 2; OpenAI and open_clip always take the highest.
  package mutating func pooling(vocabulary: Int) throws -> Architecture.Pooling {
    guard let told = try settings.integer("text.end"), let entry = settings["text.end"] else {
      return findings.take("text.pooling", .highestNumber, "default of the family \(family)")
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
        found: "\(told.value)", hint: "Fieldmark has only CLIP's own tokenizer")
    }
    return findings.take("text.pooling", .first(told.value), told.source)
  }
}
