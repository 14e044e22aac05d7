import Ground
import Models
import Parsing

private struct Options: OptionGroup {
  let config = ModelOptions.config
  let activation = ModelOptions.activation
  let normalizer = ModelOptions.normalizer
  let asJSON = Option<Bool>("json", "Prints one JSON object.")
}

extension Command {
  /// `fieldmark models show ViT-B-16:openai`: a model's architecture and preprocessing, and where
  /// each value comes from.
  package static func modelsShow(_ environment: Environment) -> Command {
    Command(
      "models show",
      "Shows the architecture and preprocessing of a model, and where each value comes from.",
      operands: .one("MODEL", "A file, a folder, or a name that 'fieldmark models' lists."),
      options: Options.self,
      notes: """
        Names are looked up in the caches of other programs: ViT-B-16:openai, ViT-B/16,
        hf-hub:imageomics/bioclip, openai/clip-vit-base-patch16@main, dinov2_vitb14.
        """
    ) { input, output in
      let overrides = Model.Overrides(
        config: input[ModelOptions.config], activation: input[ModelOptions.activation],
        normalizer: input[ModelOptions.normalizer])
      let model = try Model(input.paths[0], in: Caches(environment), overrides)
        .askedAboutPhotographs
      model.notes.forEach(output.note)
      if input[Options.asJSON] {
        try output.print(model.json.written())
      } else {
        try model.lines.forEach(output.print)
      }
      return .done
    }
  }
}

extension Model {
  /// A line for each value, with its name and its source.
  fileprivate var lines: [String] {
    let values =
      architectureJSON.leaves("")
      + [("activation", .string(activation.rawValue))]
      + preprocessing.json.leaves("preprocessing.")
      + (normalizer.map { [("normalizer", .string($0.name))] } ?? [])
    let rows = values.map { name, value in
      (name: name, value: value.string ?? value.written(), source: source(of: name) ?? "")
    }
    let names = rows.map(\.name.count).max() ?? 0
    let texts = rows.map(\.value.count).max() ?? 0
    return [
      name, "\(file): \(format.rawValue), layout \(layout.name), \(parameters) parameters", "",
    ] + rows.map { "\($0.name.padded(to: names))  \($0.value.padded(to: texts))  \($0.source)" }
  }
}

extension JSON {
  /// Every value that is not an object, with the path of names that leads to it: `image.width`.
  fileprivate func leaves(_ prefix: String) -> [(String, JSON)] {
    (members ?? []).flatMap { member in
      member.value.members == nil
        ? [(prefix + member.key, member.value)] : member.value.leaves("\(prefix)\(member.key).")
    }
  }
}
