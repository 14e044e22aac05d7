import Explaining
import Ground
import Parsing

private struct Options: OptionGroup {
  let asJSON = Option<Bool>("json", "Prints one JSON object on a line for each method.")
}

extension Command {
  /// `fieldmark methods`: the methods of `--method`, `--likeness` and `--against-pictures`.
  package static let methods = Command(
    "methods", "Lists the explanation methods.", options: Options.self
  ) { input, output in
    let width = sections.flatMap(\.lines).map(\.name.count).max() ?? 0
    for (index, section) in sections.enumerated() {
      if !input[Options.asJSON] { try output.print((index == 0 ? "" : "\n") + section.title) }
      for line in section.lines {
        let object: JSON = [
          "name": .string(line.name), "summary": .string(line.summary),
          "paper": .string(line.paper), "option": .string(section.option),
        ]
        try output.print(
          input[Options.asJSON]
            ? object.written()
            : "  \(line.name.padded(to: width))  \(line.summary) (\(line.paper))")
      }
    }
    return .done
  }

  private struct Line {
    let name: String
    let summary: String
    let paper: String
  }

  /// For each kind of method: its title, the option that takes it, and its methods.
  private static let sections: [(title: String, option: String, lines: [Line])] = [
    (
      "Methods that explain a concept, --method:", "--method",
      Method.all.map { Line(name: $0.name, summary: $0.summary, paper: $0.paper) }
    ),
    (
      "Methods that explain why pictures are similar, --like PICTURE --likeness:", "--likeness",
      Likeness.all.map { Line(name: $0.name, summary: $0.summary, paper: $0.paper) }
    ),
    (
      "The method that explains what sets a picture apart from others:", "--against-pictures",
      [
        Line(
          name: DiffCAM.name,
          summary:
            "Weights channels by how far they set the picture apart from a folder's pictures; "
            + "--against-pictures FOLDER.", paper: DiffCAM.paper)
      ]
    ),
  ]
}
