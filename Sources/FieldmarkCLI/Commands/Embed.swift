import Encoders
import Ground

extension Command {
  /// `fieldmark embed photos/ --model ViT-B-16:openai -o photos.npy`: what a model makes of
  /// pictures, or of texts.
  package static func embed(_ environment: Environment) -> Command {
    Command(
      "embed", "Gives the embeddings of pictures, or of texts.",
      operands: .some("PICTURE", "Files, folders, or - for a list of paths; with --text, texts."),
      options: [text.declaration, unit.declaration] + RowSink.declarations
        + ModelOptions.declarations + TextOptions.declarations + PictureOptions.declarations,
      notes: """
        Prints an object on a line for every picture or text. With --out a matrix is written, and
        what each of its rows belongs to is printed instead, a line each. What reading a picture did to
        it (16 bits cut to 8, a palette, a turn by EXIF, the first picture of an animation) is noted.
        """
    ) { input, output in
      let pictures = try input[text] ? nil : Pictures(input, output)
      let model = try ModelOptions.open(
        input, environment, output, photographs: pictures?.havePhotographs ?? false)
      let sink = try RowSink(input, output, reading: pictures?.paths ?? [])
      let isUnit = input[unit]
      guard let pictures else {
        let texts = try input.texts()
        let embeddings = try TextOptions.embeddings(of: texts, input, model, environment, output)
        for (index, text) in texts.enumerated() {
          let embedding = embeddings.rows(index..<index + 1).scaled(toUnit: isUnit)
          try sink.take(text, embedding, ["text": .string(text), "embedding": embedding.json])
        }
        return try sink.end(.done)
      }
      try PictureOptions.refuseTiles(input)
      let encoder = try PictureOptions.encoder(input, model)
      let status = try pictures.each(output) { _, picture in
        (encoder(picture), encoder.preprocessing.converted(picture).notes)
      } then: { path, found in
        let (embedding, notes) = (found.0.scaled(toUnit: isUnit), found.1)
        Pictures.note(notes, of: path, output)
        try sink.take(
          path.description, embedding,
          [
            "picture": .string(path.description), "embedding": embedding.json,
            "notes": .array(notes.map(JSON.string)),
          ])
      }
      return try sink.end(status)
    }
  }

  private static let text = Option<Bool>("text", "The words that follow are texts, not pictures.")
  private static let unit = Option<Bool>("unit", "Scales embeddings to unit length.")
}

extension Matrix {
  fileprivate func scaled(toUnit isUnit: Bool) -> Matrix { isUnit ? scaledToUnitRows() : self }
}
