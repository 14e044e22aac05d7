import Datasets
import Ground
import Measures

/// `Measure` conforms here because `all`, which `Named` requires, is defined in this file.
extension Measure: Named {}

/// Measures that run the model again on changed pictures.
extension Measure {
  public static let faithfulness: [Measure] = [
    .deletion, .insertion, .gap20, .relativeDrop5, .relativeDrop10, .confidenceDrop5,
    .averageDrop, .increase, .gain, .road, .roadMostFirst, .roadLeastFirst, .infidelity,
    .faithfulnessCorrelation,
  ]

  public static let all: [Measure] =
    places + gathered + galore + faithfulness + again + [.seconds]

  /// Finds a measure of `all` by its name, or parses `rd-N` and `drop-N` for the best N percent of
  /// the pixels.
  public init?(named name: String) {
    if let measure = Measure.listed(name) {
      self = measure
      return
    }
    let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let percent = Double(parts[1]), percent > 0, percent <= 100,
      "\(percent)" == parts[1] || "\(Int(percent))" == parts[1]
    else { return nil }
    switch parts[0] {
    case "rd": self = .relativeDrop(percent)
    case "drop": self = .confidenceDrop(percent)
    default: return nil
    }
  }

  /// A measure that uses the model and the map's numbers for the pixels that the model sees,
  /// without negative ones.
  static func asked(
    _ name: String, _ summary: String, paper: String, better: Better,
    map: String = "numbers below 0 become 0", _ settings: KeyValuePairs<String, JSON>,
    leftOut: [String] = [], taking taken: Set<String> = [],
    number: @escaping @Sendable ([Float], MeasuredMap.ModelContext) throws -> Double?
  ) -> Measure {
    finding(
      name, summary, paper: paper, better: better, map: map, settings, leftOut: leftOut,
      taking: taken
    ) { MeasureResult(number: try number($0, $1)) }
  }

  private static func finding(
    _ name: String, _ summary: String, paper: String, better: Better,
    map: String = "numbers below 0 become 0", _ settings: KeyValuePairs<String, JSON>,
    leftOut: [String] = [], taking taken: Set<String> = [],
    finding: @escaping @Sendable ([Float], MeasuredMap.ModelContext) throws -> MeasureResult
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: .model, better: better,
      settings: [.init("map", .string(map))] + settings.map { .init($0.key, $0.value) } + [
        .init("score", "softmax over all classes"),
        .init("ties", .string(PixelOrder.firstOfEquals.rawValue)),
      ], leftOut: [notFinite] + leftOut, taking: taken.union(["score"]), .mean
    ) { measured in
      guard let asked = measured.asked, let values = measured.pixelValues,
        values.allSatisfy(\.isFinite)
      else { return MeasureResult() }
      return try finding(values.map { max(0, $0) }, asked)
    }
  }

  /// The settings of deletion and insertion that a run may change.
  private static let wayChanges: Set = ["fill", "pixels_a_step"]

  /// The scores of all classes on the path of deletion or insertion.
  private static func way(
    _ path: PixelPath, _ map: [Float], _ asked: MeasuredMap.ModelContext
  ) throws -> ScoreCurve {
    var path = path
    if let fill = asked.changes.fill { path.fill = fill }
    if let step = asked.changes.step { path.step = step }
    return try asked.answers.answer("\(path.direction)") {
      try path.curve(asked.planes, asked.pixels, map, asked.scorer)
    }
  }

  private static func area(_ curve: ScoreCurve, _ asked: MeasuredMap.ModelContext) -> MeasureResult
  {
    MeasureResult(
      number: curve.area(of: asked.label),
      curve: MeasureResult.Curve(
        shares: curve.shares.map { Float($0) },
        target: curve.scores(of: asked.label).map { Float($0) },
        rival: curve.scores(of: asked.reference).map { Float($0) }))
  }

  /// The default rule for the rival, which a run may change.
  private static let ordinaryRival = JSON.string(ClassComparison().rival.rawValue)

  private static let finer = "Zhang et al. 2025, Finer-CAM, arXiv 2501.11309, eq. 10"

  public static let deletion = finding(
    "deletion", "The mean probability of the class while the map's best pixels are removed first.",
    paper: "Petsiuk et al. 2018, RISE, arXiv 1806.07421", better: .lower,
    ["fill": "zero", "pixels_a_step": .integer(PixelPath.deletion.step)], taking: wayChanges
  ) { map, asked in
    area(try way(.deletion, map, asked), asked)
  }

  public static let insertion = finding(
    "insertion", "The mean probability of the class while the map's best pixels are put in first.",
    paper: "Petsiuk et al. 2018, RISE, arXiv 1806.07421", better: .higher,
    ["fill": "blur", "pixels_a_step": .integer(PixelPath.insertion.step)], taking: wayChanges
  ) { map, asked in
    area(try way(.insertion, map, asked), asked)
  }

  public static let gap20 = asked(
    "gap-20",
    "How far the class lies above the most similar one while the best fifth of the pixels is removed.",
    paper: "Zhang et al. 2025, Finer-CAM, arXiv 2501.11309, figure 5", better: .lower,
    [
      "fill": "zero", "pixels_a_step": .integer(PixelPath.deletion.step), "share": 0.2,
      "rival": ordinaryRival,
    ], taking: wayChanges.union(["rival"])
  ) { map, asked in
    try way(.deletion, map, asked).gap(between: asked.label, and: asked.reference)
  }

  private static func drop(
    _ name: String, _ summary: String, _ percent: Double,
    _ settings: KeyValuePairs<String, JSON>, taking taken: Set<String> = ["fill"],
    _ read: @escaping @Sendable (RelativeDrop.Drop) -> Double
  ) -> Measure {
    let (share, short) = (
      percent / 100, percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
    )
    return asked(
      "\(name)-\(short)", "\(summary) when the best \(short) % of the pixels are removed.",
      paper: finer, better: .higher,
      settings, taking: taken
    ) { map, asked in
      read(
        try asked.answers.answer("drop \(share)") {
          try RelativeDrop(share: share, fill: asked.changes.fill ?? .zero)(
            asked.planes, asked.pixels, map, of: asked.label, against: asked.reference, asked.scorer
          )
        })
    }
  }

  public static func relativeDrop(_ percent: Double) -> Measure {
    drop(
      "rd", "How much more the class loses than the most similar one", percent,
      ["fill": "zero", "share": .number(percent / 100), "rival": ordinaryRival],
      taking: ["fill", "rival"]
    ) { $0.relative }
  }

  public static func confidenceDrop(_ percent: Double) -> Measure {
    drop(
      "drop", "How much the class loses", percent,
      ["fill": "zero", "share": .number(percent / 100)]
    ) { $0.drop }
  }

  /// The two settings of the Finer-CAM paper.
  public static let relativeDrop5 = relativeDrop(5)
  public static let relativeDrop10 = relativeDrop(10)
  public static let confidenceDrop5 = confidenceDrop(5)

  private static func change(
    _ name: String, _ summary: String, better: Better, leftOut: [String] = [],
    _ read: @escaping @Sendable (ConfidenceChange.Change) -> Double?
  ) -> Measure {
    asked(
      name, summary, paper: "Chattopadhyay et al. 2018, arXiv 1710.11063", better: better,
      map: ConfidenceChange.Scaling.clippedMinMax.rawValue, ["fill": "zero"], leftOut: leftOut
    ) { map, asked in
      read(
        try asked.answers.answer("change") {
          try ConfidenceChange()(asked.planes, map, of: asked.label, asked.scorer)
        })
    }
  }

  public static let averageDrop = change(
    "average-drop",
    "The share of its probability that the class loses when the picture is seen through the map.",
    better: .lower, leftOut: ["the class had a probability of 0"]
  ) { $0.averageDrop.value }

  public static let increase = change(
    "increase", "Whether the class is more probable when the picture is seen through the map.",
    better: .higher
  ) { $0.isIncrease ? 1 : 0 }

  public static let gain = change(
    "gain", "How much of the doubt disappears when the picture is seen through the map.",
    better: .higher, leftOut: ["the class had a probability of 1"]
  ) { $0.averageGain.value }

  private static func road(
    _ name: String, _ summary: String, better: Better,
    _ read: @escaping @Sendable (ROAD.Result) -> Double?
  ) -> Measure {
    asked(
      name, summary, paper: "Rong et al. 2022, arXiv 2202.00449", better: better,
      [
        "fill": "noisy linear imputation", "noise": JSON(ROAD().noise),
        "seed": JSON(seed: ROAD().seed),
        "percentiles": .array(ROAD().percentiles.map(JSON.number)),
        "removal": .string(ROAD().removal.rawValue),
      ], taking: ["seed"]
    ) { map, asked in
      read(
        try asked.answers.answer("road") {
          try ROAD(seed: asked.seed)(asked.planes, asked.pixels, map, of: asked.label, asked.scorer)
        })
    }
  }

  public static let road = road(
    "road",
    "Remove and debias: half the difference between removing the least and the most relevant pixels "
      + "first.",
    better: .higher
  ) { $0.combined }

  public static let roadMostFirst = road(
    "road-morf", "How much the class gains when the most relevant pixels are removed first.",
    better: .lower
  ) { mean($0.mostRelevantFirst) }

  public static let roadLeastFirst = road(
    "road-lerf", "How much the class gains when the least relevant pixels are removed first.",
    better: .higher
  ) { mean($0.leastRelevantFirst) }
}

@Sendable private func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
