import Encoders

extension Command {
  /// `fieldmark classify photos/ -c "red epaulets" -c bird --model ViT-B-16:openai`: how much of
  /// each concept a model sees in each picture.
  package static func classify(_ environment: Environment) -> Command {
    Command(
      "classify", "Scores pictures against concepts, in words.",
      operands: .some("PICTURE", "Files, folders, or - for a list of paths."),
      options: [concepts.declaration] + RowSink.declarations + ModelOptions.declarations
        + TextOptions.declarations + PictureOptions.declarations,
      notes: """
        Prints for each picture the probability and the logit of each concept, likely ones first. A
        logit is exp(logit scale) times the cosine of picture and concept; probabilities are their
        softmax over the concepts given, and say nothing about others. With --out the logits are
        written, a row for each picture, and the pictures are printed, a line each.
        """
    ) { input, output in
      let concepts = input[Self.concepts]
      guard !concepts.isEmpty else {
        throw InputError(
          input.name, expected: "at least one concept", found: "none",
          hint: "--concept takes one, and may be repeated", kind: .words)
      }
      let pictures = try Pictures(input, output)
      let model = try ModelOptions.open(input, environment, output)
      let texts = try TextOptions.embeddings(of: concepts, input, model, environment, output)
        .scaledToUnitRows()
      let scale = try model.logitScale()
      let encoder = try PictureOptions.encoder(input, model)
      let sink = try RowSink(input, output, reading: pictures.paths) { table($0, $1, concepts) }
      let status = try pictures.each(output) { _, picture in
        try PictureOptions.tiles(input, encoder, picture).mean {
          scale * $0.embedding.scaledToUnitRows().timesTurned(texts)
        }
      } then: { path, logits in
        try sink.take(
          path.description, logits,
          [
            "picture": .string(path.description),
            "concepts": .array(concepts.map(JSON.string)),
            "logits": logits.json,
            "probabilities": logits.softmax().json,
          ])
      }
      return try sink.end(status)
    }
  }

  private static let concepts = Option<[String]>(
    "concept", short: "c", placeholder: "TEXT", "What to look for, in words.")

  private static func table(_ name: String, _ logits: Matrix, _ concepts: [String]) -> String {
    let probabilities = logits.softmax().elements
    let order = concepts.indices.sorted {
      (-logits.elements[$0], $0) < (-logits.elements[$1], $1)
    }
    let rows = order.map { index in
      "  \(fixed(probabilities[index], 3))  \(fixed(logits.elements[index], 2).padded(to: 7))"
        + "  \(printable(concepts[index].utf8))"
    }
    return ([printable(name.utf8)] + rows).joined(separator: "\n")
  }
}

/// A number with so many digits behind the point.
private func fixed(_ number: Float, _ digits: Int) -> String {
  let unit = (0..<digits).reduce(1.0) { unit, _ in unit * 10 }
  let whole = Int((Double(number.magnitude) * unit).rounded())
  let rest = String(whole % Int(unit))
  let sign = number < 0 && whole > 0 ? "-" : ""
  return "\(sign)\(whole / Int(unit))." + String(repeating: "0", count: digits - rest.count) + rest
}
