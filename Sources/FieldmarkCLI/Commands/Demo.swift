import Aviary
import Encoders
import Explaining
import Ground
import Models
import Parsing
import Reports

private struct Options: OptionGroup {
  let out = Option<Path>(
    "out", short: "o", placeholder: "FOLDER", default: "fieldmark-out", role: .output,
    "The folder that files are written to.")
  let force = Outputs.Options.force
}

extension Command {
  /// `fieldmark demo`: highlights a concept on a drawn bird with the built-in model.
  package static func demo(_ environment: Environment) -> Command {
    Command(
      "demo", "Draws a bird and shows where its red epaulets are. Start here.",
      options: Options.self,
      notes: """
        Writes the picture, an overlay and a page. Needs no other file and no network.
        """
    ) { input, output in
      Cores.allowed = Cores.granted(environment)
      let sighting = World(seed: 4, size: 448).draw(try Species.find("Redshouldered Brackle"), 4)
      let (concept, reference) = ("red epaulets", "bird")
      let bird: Path = "bird.png"
      let folder = input[Options.out]
      let picture = sighting.picture
      // The files have the names that `highlight` gives to the same question.
      let name = QuestionName([concept], against: [reference]).written
      let base = FileNames([bird], [name])[bird, 0]
      let files = (folder / Path("\(base).png"), folder / Path("\(base).html"))
      var outputs = Outputs(input)
      try outputs.claim(folder / bird, as: .drawing)
      let source = input.source([folder / bird])
      try outputs.claim(files.0, as: .map, source: source)
      try outputs.claim(files.1, as: .page, source: source)
      try picture.write(to: folder / bird, text: [("Software", OwnFile.artist)])

      let clip = CLIP(try Model(.demo), remembering: nil)
      let view = View(try clip.images, picture)
      let epaulets = try clip.target(concept)
      let question = Question(
        epaulets, .named([try clip.target(reference)]),
        words: try LeftOutWords(of: epaulets, targets: { try clip.targets($0) }))
      let highlight = try Highlight(question, .gradCAM, view)

      var sheet = HighlightSheet(model: clip.model.name, notes: clip.model.notes)
      sheet.rows = [try HighlightSheet.row(bird, picture, [highlight], .turbo)]
      try HighlightFormat.png.write(
        highlight, picture, highlight.json(picture: bird, Provenance(model: clip.model.name)),
        to: files.0, .init(), source: source)
      try write(Array(sheet.page(source: source).utf8), to: files.1)

      for line in try Screen.small(environment).lines(highlight, picture, .turbo) {
        try output.print(line)
      }
      try output.print(
        """

        \(verdict(on: highlight.heatmap, of: concept, sighting))

        The picture       \(folder / bird)
        The overlay       \(files.0)
        Both on a page    \(files.1)

        Next, try other words; then a real CLIP, since the built-in model knows only drawn birds;
        then a photograph of your own:

          fieldmark highlight \(folder / bird) -c "black bill" -a bird --show
          fieldmark models get hf-hub:\(realModel)
          fieldmark highlight photo.jpg -c "red epaulets" -a bird --model hf-hub:\(realModel)
        """)
      return .done
    }
  }

  /// A CLIP model that anyone may download.
  private static let realModel = "laion/CLIP-ViT-B-16-laion2B-s34B-b88K"
}

/// Says whether a map is right, which is known because the bird was drawn.
private func verdict(on map: Heatmap, of phrase: String, _ sighting: Sighting) -> String {
  guard let trait = sighting.traits.first(where: { $0.phrase == phrase }) else {
    preconditionFailure("The bird of the demo shows what it is asked for.")
  }
  let mask = sighting.mask(of: trait)
  let (x, y) = (Int(map.peak.x), Int(map.peak.y))
  let isRight = mask[min(y, map.height - 1) * map.width + min(x, map.width - 1)]
  return
    "The map is highest at \(x), \(y): \(isRight ? "on" : "beside") the \(phrase), by the "
    + "drawing's own mask."
}
