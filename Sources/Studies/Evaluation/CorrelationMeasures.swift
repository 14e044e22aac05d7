import Encoders
import Ground
import Measures

/// Measures of whether a map's numbers predict what the model's score loses without the
/// corresponding pixels.
extension Measure {
  public static let infidelity = asked(
    "infidelity", "How badly the map predicts what small changes do to the class's score.",
    paper: "Yeh et al. 2019, arXiv 1901.09392; by captum", better: .lower,
    [
      "changes": .string(Infidelity.Changes.normal().name),
      "seed": JSON(seed: 0), "steps": .integer(Infidelity.Changes.normal().count),
      "normalized": true,
    ], taking: ["seed"]
  ) { map, asked in
    try Infidelity(.normal(seed: asked.seed))(
      asked.planes, Matrix([map]), of: asked.label, asked.scorer
    ).value
  }

  public static let faithfulnessCorrelation: Measure = {
    let usual = SubsetCorrelation()
    return Measure(
      "faithfulness-correlation",
      "How well the map's sum over a random set of pixels predicts what the class loses without the set.",
      paper: "Bhatt et al. 2020, arXiv 2005.00631; by Quantus", needs: .model, better: .higher,
      settings: [
        .init("map", "as it is"), .init("fill", .string(usual.fill.name)),
        .init("pixels", .integer(usual.size)), .init("steps", .integer(usual.runs)),
        .init("seed", JSON(seed: usual.seed)), .init("score", "softmax over all classes"),
      ],
      leftOut: [
        notFinite, "the map's sums, or the scores, are all the same",
        "the model sees no more than \(usual.size) pixels",
      ], taking: ["fill", "score", "seed"]
    ) { measured in
      guard let asked = measured.asked, let values = measured.pixelValues,
        values.allSatisfy(\.isFinite), values.count > usual.size
      else { return nil }
      return try SubsetCorrelation(fill: asked.changes.fill ?? usual.fill, seed: asked.seed)(
        asked.planes, asked.pixels, values, of: asked.label, asked.scorer
      ).value
    }
  }()
}
