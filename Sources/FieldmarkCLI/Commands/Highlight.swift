import Ground
import Parsing
import Reports
import Synchronization

private struct Options: OptionGroup {
  let question = QuestionOptions()
  let method = MethodOptions()
  let group = PictureGroupOptions()
  let files = MapFiles.Options()
  let screen = Screen.Options()
  let model = ModelOptions()
  let texts = TextOptions()
  let pictures = PictureOptions()
}

extension Command {
  /// `fieldmark highlight photo.jpg -c "red epaulets" -a bird --model ViT-B-16:openai`: where in a
  /// picture a model sees a concept in words.
  package static func highlight(_ environment: Environment) -> Command {
    Command(
      "highlight", "Draws heatmaps of where pictures show a concept in words.",
      operands: .some("PICTURE", "Files, folders, or - for a list of paths on standard input."),
      options: Options.self,
      notes: """
        Writes one file for each picture and concept, and prints its name. Maps are in the pixels of the original
        picture; what the model did not see of it is dimmed. A JSON object has the method's own numbers, before
        they are clipped or scaled. With --like, there is one map of the picture and one of each picture that it
        is compared with. With --classifier and no --concept, the class is explained that the classifier predicts
        for the picture; the map, its page and its JSON object name the class.

        --method clip-surgery with several concepts and no references applies the feature surgery of CLIP
        Surgery: the mean over all concepts is subtracted from each map, weighted by how likely each concept is
        on the picture. "surgery" in the JSON object has the concepts and weights. One concept alone is mapped
        without it, and so are several with --strength 0.

        Files are named after the picture and the question: bird-red-epaulets-against-bird.png. The name spells
        a strength, a method or a model that is not the default. Other options that change a map or its drawing,
        and texts that cannot be spelled in a name, become six letters and digits at its end. So another question
        has other files, and the same command writes the same files again. Pictures with the same name are
        numbered in the given order. A file of another picture with that name, or one that Fieldmark did not
        make, is not overwritten without --force. In a folder, maps that Fieldmark drew and folders named
        \(OwnFile.folder) are skipped.
        """
    ) { input, output in
      let titles = try PictureGroupOptions.titles(input) ?? QuestionOptions.titles(input)
      QuestionOptions.noteIdle(
        [QuestionOptions.strength.declaration, QuestionOptions.weighting.declaration], input, output
      )
      let pictures = try PictureInputs(input, output)
      let files = try MapFiles(input, pictures.paths, titles)
      let model = try ModelOptions.open(
        input, environment, output, photographs: pictures.havePhotographs)
      let encoder = try PictureOptions.encoder(input, model)
      let block = try QuestionOptions.block(input, encoder)
      var outputs = Outputs(input, reading: pictures.paths)
      try files.claim(&outputs)
      let ask =
        try PictureGroupOptions.ask(input, model, encoder, block: block, environment, output)
        ?? QuestionOptions.ask(
          input, model, encoder, environment, output, leavingOutWords: files.tellAll)
      let provenance =
        try files.tellAll
        ? Provenance(input, model, encoder, environment)
        : Provenance(model: model.name, notes: model.notes)
      let printsJSON = input[MapFiles.Options.asJSON]
      let screen = Screen(input, environment)
      let sheet = Mutex(HighlightSheet(model: model.name, notes: model.notes))
      let status = try pictures.each(output) { path, picture, passes in
        // Maps are drawn on the picture that the model sees, in which transparent areas are white.
        let picture = encoder.preprocessing.converted(picture)
        let shown = try naming(path) {
          let tiles = try PictureOptions.tiles(input, encoder, picture, block: block, passes)
          return try ask(path, picture, tiles)
        }
        let top = files.top(of: shown)
        let answers = try shown.enumerated().map { index, shown in
          let (highlight, picture) = (shown.highlight, shown.picture)
          let object = files.withBoxes(
            highlight, highlight.json(picture: shown.path, provenance), top)
          let names = try files.write(
            highlight, picture, at: path, concept: index, object, scale: top)
          return Answer(
            title: "\(shown.path), '\(printable(highlight.title.utf8))'", object: object,
            files: names, notes: highlight.warnings,
            drawing: try screen?.lines(
              highlight, picture, input[DrawingOptions.colormap], scale: top) ?? [])
        }
        return (answers, try files.row(path, picture, shown, scale: top))
      } then: { _, done in
        if let row = done.1 { sheet.withLock { $0.rows.append(row) } }
        for answer in done.0 {
          for note in answer.notes { output.note("\(answer.title): \(note).") }
          // JSON objects are for programs, so a drawing goes to the notes and not between the
          // objects.
          for line in answer.drawing { try printsJSON ? output.note(line) : output.print(line) }
          if printsJSON {
            try output.print(answer.printed.written())
          } else {
            for file in answer.files { try output.print(file.description) }
          }
        }
      }
      if let page = try files.write(sheet.withLock { $0 }) {
        try printsJSON ? output.note("All maps are in \(page).") : output.print(page.description)
      }
      return status
    }
  }
}

/// Puts the picture's path before the place of an input error. Errors of other kinds end the whole
/// run and are not about one picture.
private func naming<Value>(_ picture: Path, _ body: () throws -> Value) throws -> Value {
  do { return try body() } catch var error as InputError where error.kind == .input {
    error.place = "\(picture), \(error.place)"
    throw error
  }
}

/// What is kept of a map once its files are written.
private struct Answer {
  /// How notes refer to the map.
  let title: String
  let object: JSON
  let files: [Path]
  let notes: [String]
  let drawing: [String]

  /// The JSON object with the names of the files, which do not follow from the picture's name
  /// alone.
  var printed: JSON {
    guard !files.isEmpty, let members = object.members else { return object }
    return .object(members + [.init("files", .array(files.map { .string($0.description) }))])
  }
}
