import Encoders
import Explaining
import Ground
import Parsing

private struct Options: OptionGroup {
  let concepts = QuestionOptions.concepts
  let head = HeadOptions()
  let rows = RowSink.Options()
  let model = ModelOptions()
  let texts = TextOptions()
  let pictures = PictureOptions()
}

extension Command {
  /// `fieldmark classify photos/ -c "red epaulets" -c bird --model ViT-B-16:openai`: how strongly a
  /// model sees each concept in each picture, or what a trained head predicts.
  package static func classify(_ environment: Environment) -> Command {
    Command(
      "classify",
      "Scores pictures by concepts in words, or by a classifier.",
      operands: .some("PICTURE", "Files, folders, or - for a list of paths on standard input."),
      options: Options.self,
      notes: """
        Prints the probability and the logit of each concept for each picture, the most likely ones first. A
        logit is exp(logit scale) times the cosine of the picture's and the concept's embedding, plus the logit
        bias of a model that has one. Probabilities are the softmax over the given concepts, and say nothing
        about other concepts. With --classifier, the classes are those of a trained classifier, and
        probabilities are over all of them. The \(most) most likely classes are shown; --json prints all of
        them, and --concept limits both to the classes that it names. With --out, the logits are written, with
        a row for each picture and a column for each concept or class in the given order, and the pictures are
        printed, one on a line.
        """
    ) { input, output in
      if let head = try HeadOptions.read(input) {
        return try predict(head, input, environment, output)
      }
      let concepts = input[Options.concepts]
      guard !concepts.isEmpty else {
        throw InputError(
          input.name, expected: "at least one concept, or a classifier", found: "neither",
          hint:
            "name a concept with --concept, or a trained classifier with --classifier, whose "
            + "predictions are then printed", kind: .words)
      }
      let pictures = try PictureInputs(input, output)
      let model = try ModelOptions.open(
        input, environment, output, photographs: pictures.havePhotographs)
      let texts = try TextOptions.embeddings(of: concepts, input, model, environment, output)
        .scaledToUnitRows()
      let scale = try model.logitScale()
      let bias = try model.logitBias()
      let encoder = try PictureOptions.encoder(input, model)
      let sink = try RowSink(input, output, reading: pictures.paths) { name, logits in
        table(name, logits.softmax().elements, logits, concepts, places: order(logits))
      }
      let status = try pictures.each(output) { _, picture in
        let logits = try PictureOptions.tiles(input, encoder, picture).mean {
          (scale * $0.embedding.scaledToUnitRows().timesTurned(texts)).mapped { $0 + bias }
        }
        return (logits, encoder.preprocessing.converted(picture).notes)
      } then: { path, found in
        let (logits, notes) = found
        PictureInputs.note(notes, of: path, output)
        try sink.take(
          path.description, logits,
          [
            "picture": .string(path.description),
            "concepts": .array(concepts.map(JSON.string)),
            "logits": logits.json,
            "probabilities": logits.softmax().json,
            "notes": .array(notes.map(JSON.string)),
          ])
      }
      return try sink.end(status)
    }
  }

  /// Prints or writes a head's predictions for each picture.
  private static func predict(
    _ head: Classifier, _ input: Input, _ environment: Environment, _ output: Output
  ) throws -> ExitStatus {
    try TextOptions.refuseSentences(input)
    let named = try input[Options.concepts].map { try head.place(of: $0) }
    let pictures = try PictureInputs(input, output)
    let model = try ModelOptions.open(
      input, environment, output, photographs: pictures.havePhotographs)
    let encoder = try PictureOptions.encoder(input, model)
    let head = try HeadOptions.checked(head, input, model, encoder, environment, output)
    let names = head.names
    let columns = named.isEmpty ? Array(names.indices) : named
    let shown = Set(columns)
    // The table shows the classes that --concept names, or the most likely ones if it names none.
    let sink = try RowSink(input, output, reading: pictures.paths) { name, logits in
      let prediction = Prediction(logits)
      let places = prediction.order.filter(shown.contains)
      return table(
        name, prediction.probabilities, logits, names,
        places: named.isEmpty ? Array(places.prefix(most)) : places)
    } kept: { logits in
      Matrix([columns.map { logits.elements[$0] }])
    }
    let status = try pictures.each(output) { _, picture in
      (
        try head.prediction(of: PictureOptions.tiles(input, encoder, picture)),
        encoder.preprocessing.converted(picture).notes
      )
    } then: { path, found in
      let (prediction, notes) = found
      PictureInputs.note(notes, of: path, output)
      let places = prediction.order.filter(shown.contains)
      let (logits, probabilities) = (prediction.logits.elements, prediction.probabilities)
      try sink.take(
        path.description, prediction.logits,
        [
          "picture": .string(path.description),
          "classifier": .string(head.place),
          "concepts": .array(places.map { .string(names[$0]) }),
          "logits": .array(places.map { JSON(logits[$0]) }),
          "probabilities": .array(places.map { JSON(probabilities[$0]) }),
          "notes": .array((notes + head.notes).map(JSON.string)),
        ])
    }
    return try sink.end(status)
  }

  /// How many classes of a head a table shows if --concept names none.
  private static let most = 5

  private static func order(_ logits: Matrix) -> [Int] { Prediction(logits).order }

  private static func table(
    _ name: String, _ probabilities: [Float], _ logits: Matrix, _ concepts: [String], places: [Int]
  ) -> String {
    let rows = places.map { index in
      "  \(fixed(probabilities[index], 3))  \(fixed(logits.elements[index], 2).padded(to: 7))"
        + "  \(printable(concepts[index].utf8))"
    }
    return ([printable(name.utf8)] + rows).joined(separator: "\n")
  }
}
