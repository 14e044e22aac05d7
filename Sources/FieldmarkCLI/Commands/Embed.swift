import Encoders
import Ground
import Parsing

private struct Options: OptionGroup {
  let text = Option<Bool>("text", "Takes the operands as texts, not as pictures.")
  let unit = Option<Bool>("unit", "Scales embeddings to unit length.")
  let rows = RowSink.Options()
  let model = ModelOptions()
  let texts = TextOptions()
  let pictures = PictureOptions()
}

extension Command {
  /// `fieldmark embed photos/ --model ViT-B-16:openai -o photos.npy`: the embeddings of pictures or
  /// texts.
  package static func embed(_ environment: Environment) -> Command {
    Command(
      "embed", "Prints or writes the embeddings of pictures, or of texts.",
      operands: .some(
        "PICTURE", "Files, folders, or - for a list of paths on standard input; with --text, texts."
      ),
      options: Options.self,
      notes: """
        Prints one JSON object on a line for each picture or text. With --out, a matrix is written, and the
        picture or text of each row is printed instead, one on a line. A note says what reading a picture
        changed: 16 bits rounded to 8, a palette, a rotation by EXIF, the first picture of an animation.
        """
    ) { input, output in
      let pictures = try input[Options.text] ? nil : PictureInputs(input, output)
      let model = try ModelOptions.open(
        input, environment, output, photographs: pictures?.havePhotographs ?? false)
      let sink = try RowSink(input, output, reading: pictures?.paths ?? [])
      let isUnit = input[Options.unit]
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
        PictureInputs.note(notes, of: path, output)
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
}

extension Matrix {
  fileprivate func scaled(toUnit isUnit: Bool) -> Matrix { isUnit ? scaledToUnitRows() : self }
}
