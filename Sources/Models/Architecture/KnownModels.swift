import Ground

/// All that is known of the names in files of weights, in the order in which it is tried. The first
/// entry that fits counts, because some models have all names of simpler ones besides their own.
package struct KnownModels: Sendable {
  package enum Entry: Sendable {
    /// Models that are read.
    case form(ModelForm)
    /// Models that are not read yet, recognized by any of these lists of names.
    case unread(String, _ marks: [[String]])
    /// CLIPs whose text encoder is a model that is not read yet.
    case unreadTexts(String, _ marks: [[String]])
  }

  private let entries: [Entry]
  /// The usual names of models that are not read yet, by the `model_type` of transformers' configs.
  private let unreadTypes: [String: String]
  /// A hint for those whose model is not read.
  private let another: String

  package init(_ entries: [Entry], unreadTypes: [String: String], another: String) {
    self.entries = entries
    self.unreadTypes = unreadTypes
    self.another = another
  }

  private var forms: [ModelForm] {
    entries.compactMap { entry in
      if case .form(let form) = entry { form } else { nil }
    }
  }

  var refusal: Refusal {
    var names: [String] = []
    for form in forms where !names.contains(form.name) { names.append(form.name) }
    let all =
      names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " or \(names[names.count - 1])"
    return Refusal(expected: all, another: another)
  }

  /// Returns the form and the layout of a file's tensors.
  package func form(of file: FileTensors) throws -> (ModelForm, Layout) {
    let patterns = file.patterns
    let fits = { (marks: [[String]]) in
      marks.contains { $0.allSatisfy(patterns.contains) }
    }
    for entry in entries {
      switch entry {
      case .form(let form):
        if let layout = form.layouts.first(where: { fits($0.marks) }) { return (form, layout) }
      case .unread(let name, let marks):
        if fits(marks) { throw refusal(file.place, name) }
      case .unreadTexts(let name, let marks):
        guard fits(marks) else { continue }
        // The pictures are read by CLIP's own transformer, for which there is a hint, or by
        // something else that is not read either.
        throw refusal(
          file.place, "a CLIP whose texts are read by \(name)",
          hint: patterns.contains("visual.conv1.weight")
            ? "the tensors named visual.* alone, in a file of their own, are a model for pictures"
            : nil)
      }
    }
    throw unknown(file)
  }

  /// Returns how the configs of a model of this form are read.
  func configs(of form: ModelForm) -> ConfigTables {
    let types = forms.flatMap(\.transformers)
    return ConfigTables(
      openCLIP: form.openCLIP,
      transformers: Dictionary(
        [Array(form.transformers), types].joined().map { ($0.key, $0.value) }
      ) { first, _ in first },
      unreadTypes: unreadTypes, refusal: refusal)
  }

  /// The error for weights that are no model. If they are a classifier, the hint says how it is
  /// used.
  private func unknown(_ file: FileTensors) -> InputError {
    let tensors = file.tensors
    let matrices = tensors.values.filter { $0.shape.count == 2 }
    if let weight = matrices.first, matrices.count == 1, tensors.count <= 2,
      tensors.values.allSatisfy({ $0.shape == weight.shape || $0.shape == [weight.shape[0]] })
    {
      return InputError(
        file.place, expected: "a model",
        found: "a linear classifier of \(weight.shape[0]) classes over \(weight.shape[1]) numbers",
        hint: "it is used beside a model, as its classifier", settings: ["classifier"])
    }
    let some = tensors.keys.sorted().prefix(3).map { "'\(printable($0.utf8.prefix(80)))'" }
    return InputError(
      file.place, expected: "weights of \(refusal.expected)",
      found: some.isEmpty
        ? "no tensors" : "\(tensors.count) tensors such as \(some.joined(separator: ", "))")
  }
}
