import Encoders

/// Class activation maps from the gradient at a place inside the encoder. All are raw: nothing is
/// clipped unless a method's own formula does it.
extension Method {
  static let gradientMethods: [Method] = [
    gradCAM, gradCAMPlusPlus, xGradCAM, layerCAM, hiResCAM, eigenCAM, eigenGradCAM,
  ]

  /// Makes a method whose map is computed from the activation A (a row for each place, a column for
  /// each channel) and the gradient G of the score there.
  private static func cam(
    _ name: String, _ summary: String, paper: String,
    _ values: @escaping @Sendable (_ activation: Matrix, _ gradient: Matrix) -> [Float]
  ) -> Method {
    Method(name: name, summary: summary, paper: paper) { view, targets, _ in
      let activation = view.activation
      return try view.gradients(of: targets).map { gradient in
        try view.passes.check()
        return view.heatmap(values(activation, gradient))
      }
    }
  }

  /// sum_k mean(G_k) A_k
  public static let gradCAM = Method(
    name: "grad-cam", summary: "Channels weighted by their mean gradient.",
    paper: "Selvaraju et al. 2017, arXiv 1610.02391"
  ) { view, targets, _ in try view.gradCAMs(targets) }.linear()

  /// sum_k w_k A_k with w_k = sum over places of a_k relu(G_k),
  /// a_k = G_k^2 / (2 G_k^2 + sum(A_k) G_k^3 + epsilon)
  public static let gradCAMPlusPlus = cam(
    "grad-cam++", "Channels weighted by positive gradients, places by higher orders of them.",
    paper: "Chattopadhay et al. 2018, arXiv 1710.11063"
  ) { activation, gradient in
    let sums = activation.columnSums()
    // As in pytorch-grad-cam, this avoids a division by 0.
    let epsilon: Float = 1e-6
    var weights = [Float](repeating: 0, count: activation.columns)
    for row in 0..<gradient.rows {
      for (channel, g) in gradient[row: row].enumerated() where g > 0 {
        let share = g * g / (2 * g * g + sums[channel] * g * g * g + epsilon)
        weights[channel] += share * g
      }
    }
    return activation.rowSums(weightedBy: weights)
  }

  /// sum_k w_k A_k with w_k = sum(A_k G_k) / (sum(A_k) + epsilon)
  public static let xGradCAM = cam(
    "xgrad-cam", "Channels weighted by their gradient, places by their share of the channel.",
    paper: "Fu et al. 2020, arXiv 2008.02312"
  ) { activation, gradient in
    let sums = activation.columnSums()
    let products = activation.merged(gradient, *).columnSums()
    return activation.rowSums(weightedBy: zip(products, sums).map { $0 / ($1 + 1e-7) })
  }.linear()

  /// sum_k relu(G_k) A_k, place by place
  public static let layerCAM = cam(
    "layer-cam", "Each place weighted by its own positive gradients.",
    paper: "Jiang et al. 2021, IEEE TIP 30"
  ) { activation, gradient in
    activation.merged(gradient) { $0 * max(0, $1) }.rowSums()
  }

  /// sum_k G_k A_k, place by place
  public static let hiResCAM = cam(
    "hires-cam", "Each place weighted by its own gradients.",
    paper: "Draelos, Carin 2020, arXiv 2011.08891"
  ) { activation, gradient in
    activation.merged(gradient, *).rowSums()
  }.linear()

  /// The first principal component of A over the places. It is the same for every target.
  public static let eigenCAM = Method(
    name: "eigen-cam",
    summary: "The activation's first principal component; the same for every target.",
    paper: "Muhammad, Yeasin 2020, arXiv 2008.00299"
  ) { view, targets, _ in
    let map = view.heatmap(view.activation.firstPrincipalComponent())
    return targets.map { _ in map }
  }.ignoringTarget()

  /// The first principal component of A times G.
  public static let eigenGradCAM = cam(
    "eigen-grad-cam", "The first principal component of activation times gradient.",
    paper: "Muhammad, Yeasin 2020; pytorch-grad-cam"
  ) { activation, gradient in
    activation.merged(gradient, *).firstPrincipalComponent()
  }
}
