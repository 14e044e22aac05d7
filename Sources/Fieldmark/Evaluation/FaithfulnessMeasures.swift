import Encoders

/// Measures that ask the model again, of changed pictures.
extension Measure {
  public static let faithfulness: [Measure] = [
    .deletion, .insertion, .relativeDrop5, .relativeDrop10, .confidenceDrop5, .averageDrop,
    .increase, .gain, .road, .roadMostFirst, .roadLeastFirst,
  ]

  public static let all: [Measure] = places + faithfulness

  public init?(named name: String) {
    guard let measure = Measure.all.first(where: { $0.name == name }) else { return nil }
    self = measure
  }

  /// A measure of a map as numbers for the pixels that the model sees, what speaks against it counted
  /// as nothing, and of a model that is asked.
  private static func asked(
    _ name: String, _ summary: String, paper: String, better: Better,
    map: String = "numbers below 0 become 0", _ settings: KeyValuePairs<String, JSON>,
    leftOut: [String] = [],
    number: @escaping @Sendable ([Float], Measured.Asked) throws -> Double?
  ) -> Measure {
    Measure(
      name, summary, paper: paper, needs: .model, better: better,
      settings: [.init("map", .string(map))] + settings.map { .init($0.key, $0.value) } + [
        .init("score", "softmax over all classes"),
        .init("ties", .string(PixelOrder.firstOfEquals.rawValue)),
      ], leftOut: [notFinite] + leftOut
    ) { measured in
      guard let asked = measured.asked, let values = measured.pixelValues,
        values.allSatisfy(\.isFinite)
      else { return nil }
      return try number(values.map { max(0, $0) }, asked)
    }
  }

  private static let finer = "Zhang et al. 2025, Finer-CAM, arXiv 2501.11309, eq. 10"

  public static let deletion = asked(
    "deletion", "The mean probability of the class while the map's best pixels go first.",
    paper: "Petsiuk et al. 2018, RISE, arXiv 1806.07421", better: .lower,
    ["fill": "zero", "pixels_a_step": .integer(PixelPath.deletion.step)]
  ) { map, asked in
    try PixelPath.deletion.curve(asked.planes, asked.pixels, map, asked.judge).area(of: asked.label)
  }

  public static let insertion = asked(
    "insertion", "The mean probability of the class while the map's best pixels come first.",
    paper: "Petsiuk et al. 2018, RISE, arXiv 1806.07421", better: .higher,
    ["fill": "blur", "pixels_a_step": .integer(PixelPath.insertion.step)]
  ) { map, asked in
    try PixelPath.insertion.curve(asked.planes, asked.pixels, map, asked.judge).area(
      of: asked.label)
  }

  private static func drop(
    _ name: String, _ summary: String, _ share: Double,
    _ read: @escaping @Sendable (RelativeDrop.Drop) -> Double
  ) -> Measure {
    asked(
      name, summary, paper: finer, better: .higher, ["fill": "zero", "share": .number(share)]
    ) { map, asked in
      read(
        try RelativeDrop(share: share)(
          asked.planes, asked.pixels, map, of: asked.label, against: asked.reference, asked.judge))
    }
  }

  public static let relativeDrop5 = drop(
    "rd-5", "How much more the class loses than the most similar one, by the best 5 %.", 0.05
  ) { $0.relative }

  public static let relativeDrop10 = drop(
    "rd-10", "How much more the class loses than the most similar one, by the best 10 %.", 0.1
  ) { $0.relative }

  public static let confidenceDrop5 = drop(
    "drop-5", "What the class loses by the best 5 % of the pixels.", 0.05
  ) { $0.drop }

  private static func change(
    _ name: String, _ summary: String, better: Better, leftOut: [String] = [],
    _ read: @escaping @Sendable (ConfidenceChange.Change) -> Double?
  ) -> Measure {
    asked(
      name, summary, paper: "Chattopadhyay et al. 2018, arXiv 1710.11063", better: better,
      map: ConfidenceChange.Scaling.clippedMinMax.rawValue, ["fill": "zero"], leftOut: leftOut
    ) { map, asked in
      read(try ConfidenceChange()(asked.planes, map, of: asked.label, asked.judge))
    }
  }

  public static let averageDrop = change(
    "average-drop", "The share of its probability that the class loses seen through the map.",
    better: .lower, leftOut: ["the class had a probability of 0"]
  ) { $0.averageDrop.value }

  public static let increase = change(
    "increase", "Whether the class is more probable seen through the map.", better: .higher
  ) { $0.isIncrease ? 1 : 0 }

  public static let gain = change(
    "gain", "How much of the doubt goes when the picture is seen through the map.",
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
        "seed": .string("\(ROAD().seed)"),
        "percentiles": .array(ROAD().percentiles.map(JSON.number)),
        "removal": .string(ROAD().removal.rawValue),
      ]
    ) { map, asked in
      read(try ROAD()(asked.planes, asked.pixels, map, of: asked.label, asked.judge))
    }
  }

  public static let road = road(
    "road", "Remove and debias: half of what the least relevant lose less than the most.",
    better: .higher
  ) { $0.combined }

  public static let roadMostFirst = road(
    "road-morf", "What the class gains when the most relevant pixels go first.", better: .lower
  ) { mean($0.mostRelevantFirst) }

  public static let roadLeastFirst = road(
    "road-lerf", "What the class gains when the least relevant pixels go first.", better: .higher
  ) { mean($0.leastRelevantFirst) }
}

@Sendable private func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
