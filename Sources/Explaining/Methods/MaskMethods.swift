import Encoders

/// Maps by hiding parts of the picture: each part costs a pass. The model is asked for scores alone
/// (but by `mask`). Maps have a value for each pixel that it sees.
extension Method {
  static let maskMethods: [Method] = [
    occlusion, rise, lightGLAS, shadowGLAS, glas, recursiveGLAS, deletionMask, lime,
  ]

  /// f(x) - f(x without the window), the mean over the windows around each pixel.
  ///
  /// The window is mean colour. It is a seventh of the shorter side (32 of 224 pixels) and moves by
  /// half of itself, unless settings say otherwise: the paper has neither.
  public static let occlusion = Method(
    "occlusion", "What the score loses when a sliding square is hidden; slow.",
    paper: "Zeiler, Fergus 2014, arXiv 1311.2901", reading: .logit,
    taking: [hidden.told, moved.told]
  ) { view, target, settings in
    let windows = Windows(
      over: view.pixels, side: try hidden(settings, view), step: try moved(settings, view))
    return view.heatmap(try windows.losses(view.planes, view.score(target, settings)))
  }

  private static let hidden = window(part: 7)
  private static let moved = step(of: hidden)

  public static let rise = Method(
    "rise", "The mean of 4000 random masks, weighted by what is scored through them; very slow.",
    paper: "Petsiuk et al. 2018, arXiv 1806.07421", reading: .logit,
    taking: [tried.told, seed.told]
  ) { view, target, settings in
    let masks = RandomMasks(
      try tried(settings, view), over: view.pixels, seed: settings.seed)
    return view.heatmap(try masks.map(view.planes, view.score(target, settings)))
  }

  private static let tried = masks(4000)

  public static let lightGLAS = glas(
    "glas-light", "What the picture scores under soft spots of light on a grid; slow.",
    widths: [wideLight.told, wideSpace.told]
  ) { try $0.map($1, $2, .light) }

  public static let shadowGLAS = glas(
    "glas-shadow", "How much soft spots of shadow on a grid change the score; slow.",
    widths: [wideShadow.told, wideSpace.told]
  ) { try $0.map($1, $2, .shadow) }

  public static let glas = glas(
    "glas", "Light times shadow, spot by spot; slow."
  ) { try $0.map($1, $2, .fusion) }

  public static let recursiveGLAS = glas(
    "glas-recursive", "GLAS again and again on what is left of the picture; very slow."
  ) { try RecursiveGLAS(glas: $0).map($1, $2) }

  public static let deletionMask = Method(
    "mask", "The smallest part that must be blurred for the score to go, in 300 steps; very slow.",
    paper: "Fong, Vedaldi 2017, arXiv 1704.03296", reading: .logit,
    taking: [taken.told, seed.told]
  ) { view, target, settings in
    let layers = view.encoder.layers
    let steps = try taken(settings, view)
    let mask = DeletionMask(view.planes, view.pixels)
    let asked = target.read(as: settings.score)
    let isProbability = view.score(target, settings).isProbability
    return view.heatmap(
      try mask.map(
        steps: steps, seed: settings.seed, view.passes, isProbability: isProbability
      ) { planes in
        let embedding = layers.traced(planes)
        let scored = asked.scored(embedding.value)
        return (scored.score, embedding.pullback(scored.gradient))
      })
  }

  private static let taken = iterations(300)

  /// About 64 parts of 28 x 28 pixels where the model sees 224 x 224.
  public static let lime = Method(
    "lime", "What each part of one color adds to the score, by a linear model; very slow.",
    paper: "Ribeiro et al. 2016, arXiv 1602.04938", reading: .logit,
    taking: [sampled.told, seed.told]
  ) { view, target, settings in
    let parts = Superpixels(view.colors, over: view.pixels, count: 64)
    let lime = LIME(parts, samples: try sampled(settings, view), seed: settings.seed)
    return view.heatmap(try lime.map(view.planes, view.score(target, settings)))
  }

  private static let sampled = masks(1000)

  private static func glas(
    _ name: String, _ summary: String,
    widths: [Told] = [wideLight.told, wideShadow.told, wideSpace.told],
    _ map: @escaping @Sendable (GLAS, Matrix, Score) throws -> Matrix
  ) -> Method {
    Method(
      name, summary, paper: "Salient Explanation for Fine-grained Classification, anonymous",
      reading: .probability, taking: [searched.told] + widths
    ) { view, target, settings in
      let glas = GLAS(
        over: view.pixels, k: try searched(settings, view),
        light: Double(try wideLight(settings, view)),
        shadow: Double(try wideShadow(settings, view)),
        space: Double(try wideSpace(settings, view)))
      return view.heatmap(try map(glas, view.planes, view.score(target, settings)))
    }
  }

  private static let searched = points(15)
  private static let wideLight = sigma("sigma-light", \.sigmaLight, else: 3)
  private static let wideShadow = sigma("sigma-shadow", \.sigmaShadow, else: 3)
  private static let wideSpace = sigma("sigma-space", \.sigmaSpace, else: 3)
}

extension Windows {
  package func losses(_ planes: Matrix, _ score: Score) throws -> Matrix {
    let whole = score(planes)
    return means(try masks.scores(of: planes, score).map { whole - $0 })
  }
}
