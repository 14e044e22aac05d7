import Explaining
import Ground
import Parsing
import Pictures
import Reports

extension Command {
  /// `fieldmark compare blackbird.jpg -c "red epaulets" -a bird --methods grad-cam,layer-cam`: maps
  /// of one picture by several methods, references and strengths, side by side.
  package static func compare(_ environment: Environment) -> Command {
    Command(
      "compare", "Draws maps of one picture side by side: methods, references and strengths.",
      operands: .one("PICTURE", "The picture that is explained."),
      options: CompareOptions.self,
      notes: """
        The sheet has a row for each concept and method. Its columns are the concept alone, then each reference
        with each strength, and all references together if there are several. Each map is clipped and scaled by
        itself, and a color bar below it says what its colors stand for. Without --out, both a picture and a
        page are written to fieldmark-out; they are named after the picture and the question, as 'fieldmark
        highlight --help' says. With --classifier and no --concept, the class is explained that the classifier
        predicts.
        """
    ) { input, output in
      let path = try input.pictures()[0]
      _ = try QuestionOptions.titles(input)
      QuestionOptions.noteIdle(
        [CompareOptions.strengths.declaration, CompareOptions.weightings.declaration], input, output
      )
      let sheets = try SheetFiles(
        input, input[CompareOptions.out], for: path, isSilent: input[CompareOptions.asJSON])
      let (quality, maxSide) = try (
        DrawingOptions.checkedQuality(input), DrawingOptions.checkedMaxSide(input)
      )
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
      var concepts = try vocabulary.targets(of: QuestionOptions.askedConcepts(input))
      var notes = vocabulary.notes
      if let head = vocabulary.classifier, QuestionOptions.predicts(input) {
        let (concept, told) = head.predicted(of: tiles)
        concepts = [concept]
        notes[concept.name] = told
      }
      let plan = Comparison.Plan(
        try groups(input, vocabulary, concepts), strengths: input[CompareOptions.strengths].values,
        weightings: input[CompareOptions.weightings].values, words: vocabulary.leftOut, notes: notes
      )
      work.begin(of: 1, "Ctrl-C ends it")
      let comparison: Comparison
      do {
        defer { work.end() }
        comparison = try Comparison(
          concepts, plan, input[CompareOptions.methods].values, picture, tiles,
          MethodOptions.settings(input))
      } catch is Interrupted {
        output.note("Interrupted after \(work.reached); nothing is kept.")
        return .interrupted
      }
      for file in try sheets.write(
        comparison, model, input[DrawingOptions.colormap], quality: quality, maxSide: maxSide)
      {
        try input[CompareOptions.asJSON]
          ? output.note("The sheet is \(file).") : output.print(file.description)
      }
      if input[CompareOptions.asJSON] {
        let provenance = try Provenance(input, model, encoder, environment)
        for object in comparison.json(picture: path, provenance) {
          try output.print(object.written())
        }
      }
      return .done
    }
  }

  /// Each reference by itself and then all of them together, or those that a rule finds.
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
}
