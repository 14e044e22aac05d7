import Encoders

/// Measures that ask for the map again: of a picture that is changed a little, or of a model that has
/// lost what it learned.
extension Measure {
  static let again: [Measure] = [
    .arcc, .sensitivity, .sanitySpearman, .sanitySimilarity,
  ]

  private static func again(
    _ name: String, _ summary: String, paper: String, better: Better, steps: String,
    fill: String? = nil, leftOut: String = "",
    number: @escaping @Sendable (Measured, Measured.Asked, Measured.Again) throws -> Double?
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: .model, better: better,
      card: Card(
        steps: steps, fill: fill, ties: PixelOrder.firstOfEquals.rawValue,
        leftOut: "maps that are not finite" + leftOut)
    ) { measured in
      guard measured.map.isSound, let asked = measured.asked, let again = asked.again else {
        return nil
      }
      return try number(measured, asked, again)
    }
  }

  public static let arcc = again(
    "arcc", "Coherency, simplicity and ROAD in one number: their harmonic mean.",
    paper: "Poppi et al. 2021, arXiv 2104.10252; by grad-cam 1.5.7", better: .higher,
    steps:
      "numbers below 0 become 0, then from 0 for the least to 1 for the most; softmax over all "
      + "classes; ROAD at percentiles 20, 40, 60 and 80", fill: "noisy linear imputation, seed 0"
  ) { measured, asked, again in
    func unit(_ map: Heatmap) -> [Float] {
      map.clipped().scaledToUnit().values.stretched(
        width: asked.pixels.width, height: asked.pixels.height
      ).elements.map { min(1, max(0, $0)) }
    }
    return try ARCC()(
      asked.planes, asked.pixels, unit(again.planes(asked.planes)), of: asked.label, asked.judge
    ) { unit(try again.planes($0)) }.value
  }

  public static let sensitivity = again(
    "max-sensitivity", "How much the map changes, at most, when the picture hardly does.",
    paper: "Yeh et al. 2019, arXiv 1901.09392; by captum", better: .lower,
    steps: "the map as it is; 10 changes, uniform up to 0.02, seed 0"
  ) { _, asked, again in
    try MapSensitivity()(asked.planes) { try again.planes($0).values.elements }.value
  }

  private static func sanity(
    _ name: String, _ summary: String, steps: String,
    _ likeness: @escaping @Sendable (PixelMap, PixelMap) -> Double?
  ) -> Measure {
    again(
      name, summary, paper: "Adebayo et al. 2018, arXiv 1810.03292", better: .lower,
      steps: steps + "; the mean over steps in which one layer more is drawn anew, from the end",
      leftOut: ", maps that are the same everywhere"
    ) { measured, _, again in
      let likenesses = try again.randomised().map { likeness(measured.map, $0.resized()) }
      let known = likenesses.compactMap { $0 }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  public static let sanitySpearman = sanity(
    "sanity-spearman", "How alike the map stays in order while the model forgets, layer by layer.",
    steps: "sizes"
  ) { $0.magnitudes().spearman(with: $1.magnitudes()) }

  public static let sanitySimilarity = sanity(
    "sanity-ssim", "How alike the map stays in structure while the model forgets, layer by layer.",
    steps: "from 0 for the least to 1 for the most"
  ) { $0.structuralSimilarity(with: $1) }

  public static let seconds = Measure(
    "seconds", "How long the map takes, the pass through the model included.",
    paper: "GLAS, tables 1 and 2", needs: .mapAlone, better: .lower,
    card: Card(
      steps:
        "of the wall, while other pictures run on the other cores; maps that are made together "
        + "share their time evenly", ties: "none", leftOut: "none")
  ) { $0.seconds }
}
