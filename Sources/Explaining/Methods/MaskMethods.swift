import Encoders
import Ground

/// Methods that hide parts of the picture, each of which costs a pass. Only `mask` needs gradients;
/// the others need scores alone. Maps have a value for each pixel that the model sees.
extension Method {
  static let maskMethods: [Method] = [
    occlusion, rise, lightGLAS, shadowGLAS, glas, recursiveGLAS, deletionMask, lime,
  ]

  /// f(x) - f(x without the window), averaged over the windows that cover each pixel.
  ///
  /// The window is filled with the mean color. By default its side is a seventh of the shorter side
  /// (32 of 224 pixels) and it moves by half of that; the paper gives neither number.
  public static let occlusion = Method(
    "occlusion", "What the score loses when a sliding square is hidden; slow.",
    paper: "Zeiler, Fergus 2014, arXiv 1311.2901", reading: .logit,
    taking: [window.declaration, step.declaration]
  ) { view, target, settings in
    let (side, step) = (try window(settings, view), try step(settings, view))
    guard step <= side else {
      throw InputError(
        "method occlusion, its step", expected: "at most the side of the square, \(side)",
        found: "\(step)", hint: "larger steps leave pixels that are never hidden", kind: .words)
    }
    let windows = Windows(over: view.pixels, side: side, step: step)
    return view.heatmap(try windows.losses(view.planes, view.score(target, settings)))
  }.linear()

  /// The default of a seventh of the shorter side (32 of 224 pixels) is Fieldmark's own, since the
  /// paper has none.
  public static let window = Setting<Int>(
    "window", "The side of the square that is hidden, in pixels of the model's input",
    default: "a seventh of the input's shorter side", .atLeast1
  ) { asked, _, encoder, _ in
    let preprocessing = encoder.preprocessing
    return asked ?? max(1, min(preprocessing.width, preprocessing.height) / 7)
  }

  public static let step = Setting<Int>(
    "step", "How many pixels the square moves at a time", default: "half of its side", .atLeast1
  ) { asked, settings, encoder, block in
    try asked ?? max(1, window(settings, encoder, block: block) / 2)
  }

  public static let rise = Method(
    "rise",
    "The mean of 4000 random masks, weighted by the picture's score through each; very slow.",
    paper: "Petsiuk et al. 2018, arXiv 1806.07421", reading: .logit,
    taking: [masks.declaration, seed]
  ) { view, target, settings in
    let masks = RandomMasks(
      try masks(settings, view), over: view.pixels, seed: settings.seed)
    return view.heatmap(try masks.map(view.planes, view.score(target, settings)))
  }.linear()

  public static let masks = Setting<Int>(
    "masks", "How many random masks are drawn", 4000, .upTo(1_000_000))

  public static let lightGLAS = glas(
    "glas-light", "The picture's score under soft spots of light on a grid; slow.",
    widths: [sigmaLight, sigmaSpace]
  ) { try $0.map($1, $2, .light) }

  public static let shadowGLAS = glas(
    "glas-shadow", "How much soft spots of shadow on a grid change the score; slow.",
    widths: [sigmaShadow, sigmaSpace]
  ) { try $0.map($1, $2, .shadow) }

  public static let glas = glas(
    "glas", "Light times shadow, spot by spot; slow."
  ) { try $0.map($1, $2, .fusion) }

  public static let recursiveGLAS = glas(
    "glas-recursive", "GLAS again and again on what is left of the picture; very slow."
  ) { try RecursiveGLAS(glas: $0).map($1, $2) }

  public static let deletionMask = Method(
    "mask",
    "The smallest part that must be blurred for the score to vanish, in 300 steps; very slow.",
    paper: "Fong, Vedaldi 2017, arXiv 1704.03296", reading: .logit,
    taking: [iterations.declaration, seed]
  ) { view, target, settings in
    let layers = view.encoder.layers
    let steps = try iterations(settings, view)
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

  public static let iterations = Setting<Int>(
    "iterations", "How many steps of optimization are taken", 300, .upTo(1_000_000))

  /// The picture has about 64 parts, which are of 28 x 28 pixels if the model sees 224 x 224.
  public static let lime = Method(
    "lime", "What each part of one color adds to the score, by a linear model; very slow.",
    paper: "Ribeiro et al. 2016, arXiv 1602.04938", reading: .logit,
    taking: [samples.declaration, seed]
  ) { view, target, settings in
    let parts = Superpixels(view.colors, over: view.pixels, count: 64)
    let lime = LIME(parts, samples: try samples(settings, view), seed: settings.seed)
    return view.heatmap(try lime.map(view.planes, view.score(target, settings)))
  }.linear()

  public static let samples = Setting<Int>(
    masks.name, masks.help, 1000, .upTo(1_000_000))

  private static func glas(
    _ name: String, _ summary: String,
    widths: [Setting<Float>] = [sigmaLight, sigmaShadow, sigmaSpace],
    _ map: @escaping @Sendable (GLAS, Matrix, Score) throws -> Matrix
  ) -> Method {
    Method(
      name, summary, paper: "Salient Explanation for Fine-grained Classification, anonymous",
      reading: .probability, taking: [points.declaration] + widths.map(\.declaration)
    ) { view, target, settings in
      let glas = GLAS(
        over: view.pixels, k: try points(settings, view),
        light: Double(try sigmaLight(settings, view)),
        shadow: Double(try sigmaShadow(settings, view)),
        space: Double(try sigmaSpace(settings, view)))
      return view.heatmap(try map(glas, view.planes, view.score(target, settings)))
    }
  }

  public static let points = Setting<Int>(
    "points", "How many points a side of the search grid has", 15, .upTo(256))

  /// The width of all spots whose own width is not set.
  public static let sigma = Setting<Float>(
    "sigma", "How wide all spots are, in steps of the search grid", 3, .above0(upTo: 1000))
  public static let sigmaLight = Setting<Float>(
    "sigma-light", "How wide the spots of light are", 3, .above0(upTo: 1000)
  ).orElse(sigma)
  public static let sigmaShadow = Setting<Float>(
    "sigma-shadow", "How wide the spots of shadow are", 3, .above0(upTo: 1000)
  ).orElse(sigma)
  /// D in the paper's eq. 3 is the squared distance.
  public static let sigmaSpace = Setting<Float>(
    "sigma-space", "How wide each spot is on the map", 3, .above0(upTo: 1000)
  ).orElse(sigma)
}

extension Windows {
  package func losses(_ planes: Matrix, _ score: Score) throws -> Matrix {
    let whole = score(planes)
    return means(try masks.scores(of: planes, score).map { whole - $0 })
  }
}
