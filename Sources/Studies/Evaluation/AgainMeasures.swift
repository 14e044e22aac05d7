import Datasets
import Explaining
import Ground
import Measures

/// Measures that need the map again, for a slightly changed picture or for a model with randomized
/// layers.
extension Measure {
  static let again: [Measure] = [
    .arcc, .sensitivity, .sanitySpearman, .sanitySimilarity,
  ]

  private static func again(
    _ name: String, _ summary: String, paper: String, better: Better,
    _ settings: KeyValuePairs<String, JSON>, leftOut: [String] = [], taking taken: Set<String> = [],
    number:
      @escaping @Sendable (MeasuredMap, MeasuredMap.ModelContext, MeasuredMap.Again) throws ->
      Double?
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: .model, better: better,
      settings: settings.map { .init($0.key, $0.value) }, leftOut: [notFinite] + leftOut,
      taking: taken
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
    [
      "map": .string(ConfidenceChange.Scaling.clippedMinMax.rawValue),
      "percentiles": .array(ARCC().road.percentiles.map(JSON.number)),
      "fill": "noisy linear imputation", "seed": JSON(seed: ARCC().road.seed),
      "score": "softmax over all classes", "mean": "harmonic",
    ], taking: ["score", "seed"]
  ) { measured, asked, again in
    func unit(_ map: Heatmap) -> [Float] {
      map.clipped().scaledToUnit().values.stretched(
        width: asked.pixels.width, height: asked.pixels.height
      ).elements.map { min(1, max(0, $0)) }
    }
    var arcc = ARCC()
    arcc.road.seed = asked.seed
    return try arcc(
      asked.planes, asked.pixels, unit(again.planes(asked.planes)), of: asked.label, asked.scorer
    ) { unit(try again.planes($0)) }.value
  }

  public static let sensitivity = again(
    "max-sensitivity", "How much the map changes at most when the picture changes slightly.",
    paper: "Yeh et al. 2019, arXiv 1901.09392; by captum", better: .lower,
    [
      "map": "as it is", "changes": .string(Infidelity.Changes.uniform().name),
      "seed": JSON(seed: 0), "steps": .integer(Infidelity.Changes.uniform().count),
    ], taking: ["seed"]
  ) { _, asked, again in
    try MapSensitivity(.uniform(seed: asked.seed))(asked.planes) {
      try again.planes($0).values.elements
    }.value
  }

  private static func sanity(
    _ name: String, _ summary: String, map: String,
    _ likeness: @escaping @Sendable (PixelMap, PixelMap) -> Double?
  ) -> Measure {
    again(
      name, summary, paper: "Adebayo et al. 2018, arXiv 1810.03292", better: .lower,
      [
        "map": .string(map),
        "weights": "one more layer is drawn anew at each step, from the last to the first",
        "seed": JSON(seed: 0), "mean": "of all steps",
      ], leftOut: ["its maps had the same value everywhere"], taking: ["seed"]
    ) { measured, _, again in
      let likenesses = try again.randomized().map { likeness(measured.map, $0.resized()) }
      let known = likenesses.compactMap { $0 }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }

  public static let sanitySpearman = sanity(
    "sanity-spearman",
    "How similar the order of the map's pixels stays while the model's layers are randomized one by "
      + "one.",
    map: "magnitudes"
  ) { $0.magnitudes().spearman(with: $1.magnitudes()) }

  public static let sanitySimilarity = sanity(
    "sanity-ssim",
    "How similar the map's structure stays while the model's layers are randomized one by one.",
    map: "scaled from 0 for the lowest value to 1 for the highest"
  ) { $0.structuralSimilarity(with: $1) }

  public static let seconds = Measure(
    "seconds", "How long the map takes, including the pass through the model.",
    paper: "GLAS, tables 1 and 2", needs: .mapAlone, better: .lower,
    settings: [
      .init("clock", "wall-clock time, while other pictures run on the other cores"),
      .init("together", "maps that are made together share their time evenly"),
    ], leftOut: []
  ) { $0.seconds }
}
