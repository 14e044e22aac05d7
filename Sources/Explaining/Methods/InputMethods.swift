import Encoders
import Ground

/// Methods that use the gradient at the picture itself. Their maps have a value for each pixel that
/// the model sees.
extension Method {
  static let inputMethods: [Method] = [
    gradient, gradientTimesInput, smoothGrad, integratedGradients,
  ]

  /// The largest absolute gradient of the three colors.
  public static let gradient = Method(
    "gradient", "The largest gradient of each pixel's colors.",
    paper: "Simonyan et al. 2014, arXiv 1312.6034"
  ) { view, target, _ in
    view.pixels(view.pixelGradient(target, at: view.planes).mapped(abs), by: max)
  }

  /// The sum over the colors of gradient times input.
  public static let gradientTimesInput = Method(
    "gradient-x-input", "Gradient times input, summed over each pixel's colors.",
    paper: "Shrikumar et al. 2016, arXiv 1605.01713"
  ) { view, target, _ in
    view.pixels(view.pixelGradient(target, at: view.planes).merged(view.planes, *), by: +)
  }.linear()

  /// The largest absolute value, over the colors, of the mean gradient over 25 noisy pictures. The
  /// noise has a deviation of a tenth of the range of the numbers.
  public static let smoothGrad = Method(
    "smoothgrad", "The gradient's mean over 25 noisy pictures.",
    paper: "Smilkov et al. 2017, arXiv 1706.03825", taking: [seed]
  ) { view, target, settings in
    let planes = view.planes
    let (least, most) = (planes.elements.min() ?? 0, planes.elements.max() ?? 0)
    let deviation = 0.1 * (most - least)
    let gradients = try view.manyGradients(target, count: 25) { turn in
      // Each turn has its own draws, so it does not matter which core takes it.
      var draws = SplitMix(seed: settings.seed, turn)
      return planes.mapped { $0 + deviation * draws.normal() }
    }
    return view.pixels(gradients.mapped(abs), by: max)
  }

  /// (x - x0) times the mean gradient on the line from x0, the mean color, to x, taken at the
  /// middles of 32 steps; summed over the colors. The sum over pixels approximates the difference
  /// of the scores.
  public static let integratedGradients = Method(
    "integrated-gradients",
    "The mean gradient on the line from the mean color to the picture, times the picture.",
    paper: "Sundararajan et al. 2017, arXiv 1703.01365"
  ) { view, target, _ in
    let steps = 32
    let planes = view.planes
    let gradients = try view.manyGradients(target, count: steps) { turn in
      (Float(turn) + 0.5) / Float(steps) * planes
    }
    return view.pixels(gradients.merged(planes, *), by: +)
  }.linear()
}

extension View {
  fileprivate func pixelGradient(_ target: Target, at planes: Matrix) -> Matrix {
    let traced = encoder.layers.traced(planes)
    return traced.pullback(target.scored(traced.value).gradient)
  }

  /// Returns the mean gradient over several pictures, which are made when needed, one on each core.
  fileprivate func manyGradients(
    _ target: Target, count: Int, _ planes: @escaping @Sendable (Int) -> Matrix
  ) throws -> Matrix {
    let all = try passes.concurrently(count) { [self] turn in
      pixelGradient(target, at: planes(turn))
    }
    return (1 / Float(count)) * all.dropFirst().reduce(all[0], +)
  }

  /// Combines three planes into one map.
  fileprivate func pixels(
    _ planes: Matrix, by combine: (Float, Float) -> Float
  ) -> Heatmap {
    let (width, height) = (encoder.preprocessing.width, encoder.preprocessing.height)
    let values = (0..<width * height).map { place in
      combine(combine(planes[0, place], planes[1, place]), planes[2, place])
    }
    return heatmap(Matrix(rows: height, columns: width, values))
  }
}
