import Ground
import Models
import Parsing

private struct Options: OptionGroup {
  let asJSON = Option<Bool>("json", "Prints one JSON object on a line for each model.")
}

extension Command {
  /// `fieldmark models`: the built-in model and those that other programs have downloaded.
  package static func models(_ environment: Environment) -> Command {
    Command(
      "models", "Lists the models that are found on this machine.", options: Options.self,
      notes: """
        Models are looked for where huggingface_hub, open_clip, OpenAI's clip and torch.hub keep them; HF_HUB_CACHE,
        HF_HOME, XDG_CACHE_HOME and TORCH_HOME are respected. --model takes a name of the list, a file or a
        folder.
        """
    ) { input, output in
      let caches = Caches(environment)
      var rows: [(name: String, layout: String, size: Int)] = []
      for found in FoundModel.all(in: caches) {
        do {
          let row = (found.name, try found.layout().name, found.bytes)
          rows.append(row)
          if input[Options.asJSON] { try output.print(json(found, layout: row.1).written()) }
        } catch let error as InputError where error.kind == .input {
          output.note("\(found.name) is left out: \(error)")
        }
      }
      if !input[Options.asJSON] { try table(rows).forEach(output.print) }
      if rows.count == 1 {
        let folders = caches.folders.map { "'\($0)'" }.joined(separator: ", ")
        output.note(
          "No models but the built-in one, which knows drawn birds, in "
            + "\(folders.isEmpty ? "any cache" : folders); "
            + "'fieldmark models get hf-hub:ORG/NAME' downloads one.")
      }
      return .done
    }
  }

  private static func json(_ found: FoundModel, layout: String) -> JSON {
    [
      "name": .string(found.name), "layout": .string(layout), "bytes": .integer(found.bytes),
      "file": .string(found.weights.description),
    ]
  }

  private static func table(_ rows: [(name: String, layout: String, size: Int)]) -> [String] {
    let names = rows.map(\.name.count).max() ?? 0
    let layouts = rows.map(\.layout.count).max() ?? 0
    return rows.map { row in
      "\(row.name.padded(to: names))  \(row.layout.padded(to: layouts))  \(megabytes(row.size))"
    }
  }
}
