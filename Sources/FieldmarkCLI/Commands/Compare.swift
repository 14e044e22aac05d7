import Explaining
import Ground
import Pictures
import Reports

extension Command {
  /// `fieldmark compare blackbird.jpg -c "red epaulets" -a bird --methods grad-cam,layer-cam`: one
  /// picture asked in several ways, side by side.
  package static func compare(_ environment: Environment) -> Command {
    Command(
      "compare", "Draws one sheet: methods, references and strengths side by side.",
      operands: .one("PICTURE", "The picture."),
      options: [
        QuestionOptions.concepts.declaration, QuestionOptions.against.declaration,
        MethodOptions.methods.declaration, strengths.declaration, weightings.declaration,
        out.declaration, Outputs.force.declaration, colours.declaration,
        DrawingOptions.quality.declaration, DrawingOptions.maxSide.declaration,
        asJSON.declaration,
      ] + HeadOptions.declarations + [QuestionOptions.layer.declaration] + MethodOptions.settings
        + ModelOptions.declarations + TextOptions.declarations
        + PictureOptions.declarations,
      notes: """
        A row for each concept and method; a column for the concept alone, then for each reference and
        strength, and for all references together where there are several. Each map is clipped and
        scaled by itself, and a bar below it says what its colors stand for. Without --out both a picture
        and a page are written to fieldmark-out, named after the picture and what was asked, as
        'fieldmark highlight --help' says. With --classifier and no --concept the class is explained that
        the classifier predicts.
        """
    ) { input, output in
      let path = try input.pictures()[0]
      _ = try QuestionOptions.titles(input)
      QuestionOptions.noteIdle([strengths.declaration, weightings.declaration], input, output)
      let sheets = try SheetFiles(input, input[out], for: path, isSilent: input[asJSON])
      let (quality, maxSide) = try (DrawingOptions.quality(input), DrawingOptions.maxSide(input))
      let stored = try Picture(path)
      let model = try ModelOptions.open(
        input, environment, output, photographs: !path.isDrawnBird)
      let encoder = try PictureOptions.encoder(input, model)
      let picture = encoder.preprocessing.converted(stored)
      let block = try QuestionOptions.block(input, encoder)
      var outputs = Outputs(input)
      try sheets.claim(&outputs)
      let vocabulary = try Vocabulary(
        input, model, encoder, environment, output, leavingOutWords: true)
      let work = LongWork(output)
      let tiles = try PictureOptions.tiles(input, encoder, picture, block: block, work.passes)
      var concepts = try vocabulary.targets(of: QuestionOptions.concepts(input))
      var notes = vocabulary.notes
      if let head = vocabulary.classifier, QuestionOptions.predicts(input) {
        let (concept, told) = head.predicted(of: tiles)
        concepts = [concept]
        notes[concept.name] = told
      }
      let plan = Comparison.Plan(
        try groups(input, vocabulary, concepts), strengths: input[strengths].values,
        weightings: input[weightings].values, words: vocabulary.leftOut, notes: notes)
      work.begin(of: 1, "Ctrl-C ends it")
      let comparison: Comparison
      do {
        defer { work.end() }
        comparison = try Comparison(
          concepts, plan, input[MethodOptions.methods].values, picture, tiles,
          MethodOptions.settings(input))
      } catch is Interrupted {
        output.note("Interrupted after \(work.reached); nothing is kept.")
        return .interrupted
      }
      for file in try sheets.write(
        comparison, model, input[colours], quality: quality, maxSide: maxSide)
      {
        try input[asJSON] ? output.note("The sheet is \(file).") : output.print(file.description)
      }
      if input[asJSON] {
        let provenance = try Provenance(input, model, encoder, environment)
        for object in comparison.json(picture: path, provenance) {
          try output.print(object.written())
        }
      }
      return .done
    }
  }

  /// Each reference by itself, then all of them; or those that a rule finds.
  private static func groups(
    _ input: Input, _ vocabulary: Vocabulary, _ concepts: [Target]
  ) throws -> [Comparison.Plan.Group] {
    if let rule = try QuestionOptions.rule(input) {
      let others = vocabulary.others
      for concept in concepts {
        try QuestionOptions.check(rule, others(concept, concepts).count, concept)
      }
      return [.init(rule) { others($0, concepts) }]
    }
    let references = try vocabulary.targets(of: input[QuestionOptions.against])
    let together = references.count > 1 ? [Comparison.Plan.Group(named: references)] : []
    return references.map { .init(named: [$0]) } + together
  }

  private static let strengths = Option<Listed<Float>>(
    "strengths", default: Listed([0.6]), "How strongly references are subtracted.")
  private static let weightings = Option<Listed<Weighting>>(
    "weightings", default: Listed([.mean]), "How several references are made one.")
  private static let out = Option<Path?>(
    "out", short: "o", placeholder: "FILE",
    "A name that ends in .png, .jpg or .html. Default: a .png and a .html file, in fieldmark-out.")
  private static let colours = Option<ColorMap>(
    "colours", default: .turbo, "What maps are drawn in.")
  private static let asJSON = Option<Bool>(
    "json", "Prints an object on a line for each map, in place of files unless --out asks.")
}
