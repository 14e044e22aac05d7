import Encoders
import Pictures

/// Class activation maps with weights from scores: a channel's weight is how much the score changes
/// when the picture is seen through it, or when it is taken away. The weights need no gradient, but
/// each channel costs a pass.
extension Method {
  static let scoreMethods: [Method] = [
    scoreCAM, scoreCAMOfDifferences, softmaxScoreCAM, gScoreCAM, ablationCAM,
  ]

  /// sum_k alpha_k A_k with alpha_k = f(x * H_k) - f(0), where H_k is A_k enlarged to the picture
  /// and scaled to 0...1, and 0 is a picture of mean color. This is eq. 3 of Finer-CAM.
  ///
  /// With a contrast f = y_c - strength y_d this is its eq. 9, which subtracts f(0) of the concept
  /// alone:  alpha_k = y_c(x * H_k) - strength y_d(x * H_k) - y_c(0).
  public static let scoreCAM = Method(
    "score-cam", "Channels weighted by the picture's score when it is seen through each; slow.",
    paper: "Wang et al. 2020, arXiv 1910.01279", reading: .logit, taking: []
  ) { view, target, settings in
    let activation = view.activation
    let gains = try activation.gainsThroughEachColumn(
      view.grid, of: view.planes, view.pixels, view.score(target, settings),
      above: view.score(target.concept, settings))
    return view.heatmap(activation.rowSums(weightedBy: gains))
  }

  /// The same with f(0) of the whole contrast. Eq. 9 adds -strength y_d(0) to the weight of every
  /// channel, although no channel caused it. Without this term the map of a contrast is the map of
  /// c minus strength times the map of d.
  public static let scoreCAMOfDifferences = Method(
    "score-cam-difference",
    "Score-CAM with the baseline of the whole contrast, so that maps subtract; slow.",
    paper: "Zhang et al. 2025, arXiv 2501.11309, with another baseline", reading: .logit,
    taking: []
  ) { view, target, settings in
    let activation = view.activation
    let score = view.score(target, settings)
    let gains = try activation.gainsThroughEachColumn(
      view.grid, of: view.planes, view.pixels, score, above: score)
    return view.heatmap(activation.rowSums(weightedBy: gains))
  }.linear()

  /// alpha = the softmax of f(x * H_k) over the channels, as in the common implementations. f(0)
  /// cancels, no weight is negative, and if logits are many units apart, few channels have all the
  /// weight.
  public static let softmaxScoreCAM = Method(
    "score-cam-softmax",
    "Score-CAM with its weights put through a softmax, as other implementations do; slow.",
    paper: "Wang et al. 2020; pytorch-grad-cam", reading: .logit, taking: []
  ) { view, target, settings in
    let channels = Array(0..<view.activation.columns)
    return try view.mapBySoftmax(target, channels, settings)
  }

  /// The same for only the channels with the largest mean gradients; the others have weight 0.
  ///
  /// As in the paper's code, largest means most positive, which fits weights that are never
  /// negative. In that code the softmax also runs over the channels left out, with scores of 0,
  /// which favors them wherever a contrast is negative. Here it runs over the channels that were
  /// tried.
  public static let gScoreCAM = Method(
    "gscore-cam", "Score-CAM over the channels with the largest gradients alone; slow.",
    paper: "Chen et al. 2022, ACCV", reading: .logit, taking: [channels.declaration]
  ) { view, target, settings in
    let gradient = view.gradient(target.read(as: settings.score)).meanRow().elements
    return try view.mapBySoftmax(target, gradient.largest(try channels(settings, view)), settings)
  }

  /// The value is at most the number of channels that there are.
  public static let channels = Setting<Int>(
    "channels", "How many channels are tried", default: "300", .atLeast1
  ) { asked, _, encoder, block in
    min(asked ?? 300, encoder.channels(block: block))
  }

  /// sum_k w_k A_k with w_k = y - (y without A_k). Without A_k, that channel is 0 in all places of
  /// the picture, and all other rows (class token, registers) are left alone.
  ///
  /// The paper divides by y, which is one number for all channels. The y of a contrast may be 0 or
  /// negative; dividing would then blow up its map or flip its sign. So nothing is divided, and the
  /// map is in units of the score. For an activation with negative numbers, other implementations
  /// fill the channel with the minimum minus 10^7 instead of 0, which through a transformer's
  /// attention says nothing about that channel.
  public static let ablationCAM = Method(
    "ablation-cam", "Channels weighted by the score that is lost without them; slow.",
    paper: "Desai, Ramaswamy 2020, WACV", reading: .logit, taking: []
  ) { view, target, settings in
    let tap = view.tap
    let losses = try tap.activation.lossesWithoutEachColumn(
      from: tap.skipped, view.scoreAhead(target, settings))
    return view.heatmap(tap.patches(tap.activation).rowSums(weightedBy: losses))
  }.linear()
}

extension View {
  fileprivate func mapBySoftmax(
    _ target: Target, _ channels: [Int], _ settings: Method.Settings
  ) throws -> Heatmap {
    let scores = try activation.masks(channels, grid, pixels)
      .scores(of: planes, score(target, settings))
    var weights = [Float](repeating: 0, count: activation.columns)
    for (channel, share) in zip(channels, Matrix([scores]).softmax().elements) {
      weights[channel] = share
    }
    return heatmap(activation.rowSums(weightedBy: weights))
  }
}

extension Matrix {
  /// Returns H_k of some columns: each as a grid, enlarged to the pixels and scaled to 0...1. A
  /// channel that is the same everywhere hides the whole picture.
  package func masks(_ channels: [Int], _ grid: Grid, _ pixels: Grid) -> Masks {
    precondition(rows == grid.pixels, "\(self) has a row for each place of the grid.")
    // Masks of all channels are the same for every target; a few channels are chosen for one
    // target.
    let name = channels.count == columns ? "channels" : nil
    return Masks(channels.count, named: name) { index in
      let places = columns(channels[index]..<channels[index] + 1).elements
      return Matrix(rows: grid.height, columns: grid.width, places)
        .stretched(width: pixels.width, height: pixels.height).scaledToUnit()
    }
  }

  /// score(x * H_k) - base(0) for each k.
  package func gainsThroughEachColumn(
    _ grid: Grid, of planes: Matrix, _ pixels: Grid, _ score: Score, above base: Score
  ) throws -> [Float] {
    let none = base(planes.hidden)
    return try masks(Array(0..<columns), grid, pixels).scores(of: planes, score).map { $0 - none }
  }

  /// score(A) - score(A with column k set to 0 from some row on), for each k.
  package func lossesWithoutEachColumn(
    from first: Int, _ score: Score
  ) throws -> [Float] {
    let whole = score(self)
    return try score.scores(columns, named: "without channels") { column in
      var changed = self
      for row in first..<rows { changed[row, column] = 0 }
      return changed
    }.map { whole - $0 }
  }
}

extension [Float] {
  /// Returns the places of the largest numbers, in ascending order. Of equals the first counts.
  package func largest(_ count: Int) -> [Int] {
    indices.sorted { self[$0] == self[$1] ? $0 < $1 : self[$0] > self[$1] }.prefix(count).sorted()
  }
}
