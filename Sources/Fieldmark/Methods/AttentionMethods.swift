import Encoders

/// Maps that look at attention itself; for transformers alone.
extension Method {
  static let attentionMethods: [Method] = [maskCLIP, rollout, leGrad, gradECLIP]

  private static func attention(
    _ name: String, _ summary: String, paper: String,
    _ values: @escaping @Sendable (Inside, View, Target) -> [Float]
  ) -> Method {
    Method(name, summary, paper: paper) { view, target, _ in
      guard let inside = view.encoder.inside(view.planes) else {
        throw InputError(
          "method \(name)", expected: "a transformer, whose attention it looks at",
          found: "a ResNet", kind: .words)
      }
      let grid = view.encoder.patchGrid
      let all = values(inside, view, target)
      return view.heatmap(
        Matrix(rows: grid.height, columns: grid.width, Array(all.dropFirst(inside.skipped))))
    }
  }

  /// Each patch's own embedding, scored: its value in the last block, through the output, the last
  /// norm and the projection, without attention to others, residual or MLP.
  public static let maskCLIP = attention(
    "maskclip", "The score of each patch's own value in the last block.",
    paper: "Zhou et al. 2022, arXiv 2112.01071"
  ) { inside, _, target in
    let last = inside.blocks.count - 1
    let projected = inside.projected(last)
    let values = projected.columns(projected.columns / 3 * 2..<projected.columns)
    let embeddings = inside.after(inside.blocks[last].output(values))
    return (0..<embeddings.rows).map { target(embeddings.rows($0..<$0 + 1)) }
  }

  /// What the class token's row of the product of all blocks' attention is, each the mean over its
  /// heads, half of it the token itself: `(A + 1) / 2`. It does not ask for any target.
  public static let rollout = attention(
    "rollout", "Attention of all blocks, multiplied; the same for every target.",
    paper: "Abnar, Zuidema 2020, arXiv 2005.00928"
  ) { inside, _, _ in
    // From the last block back only one row is ever needed.
    var row = Matrix(rows: 1, columns: inside.streams[0].rows)
    row[0, 0] = 1
    for block in inside.blocks.indices.reversed() {
      let heads = inside.attention(block)
      let mean = (1 / Float(heads.count)) * heads.dropFirst().reduce(heads[0], +)
      row = 0.5 * (row * mean) + 0.5 * row
    }
    return row.elements
  }

  /// The sum over the last two blocks of mean(relu(dy_l / dA_l)) over heads and rows: y_l the score
  /// of the mean over all tokens behind block l, A_l its attention. (Layers as in its code; the
  /// paper's figures take more of them for larger models.)
  public static let leGrad = attention(
    "legrad", "Positive gradients of the attention of the last two blocks.",
    paper: "Bousselham et al. 2024, arXiv 2404.03214"
  ) { inside, _, target in
    let tokens = inside.streams[0].rows
    let mean = Mean(Sequences(lengths: [tokens]))
    var sums = [Float](repeating: 0, count: tokens)
    for block in inside.blocks.indices.suffix(2) {
      let projected = inside.projected(block)
      let width = projected.columns / 3
      let answers = inside.blocks[block].heads(projected)
      let ahead = Chain(inside.rest(of: block), mean, inside.after).traced(answers)
      let gradient = ahead.pullback(target.scored(ahead.value).gradient)
      let heads = inside.blocks[block].heads.heads
      let headWidth = width / heads
      for head in 0..<heads {
        // answer = A v, so the gradient at A is that at the answer times v'.
        let columns = head * headWidth..<(head + 1) * headWidth
        let values = projected.columns(
          2 * width + columns.lowerBound..<2 * width + columns.upperBound)
        let slopes = gradient.columns(columns).timesTurned(values).mapped { max(0, $0) }
        for (token, slope) in slopes.columnSums().enumerated() {
          sums[token] += slope / Float(heads * tokens)
        }
      }
    }
    return sums
  }

  /// g . v_i times how near key i is to the class token's query, from 0 for the farthest patch to 1:
  /// g the gradient of the score at the last block's answer for the class token, before the output's
  /// product. (The authors' code runs the last block as if it had one head, which is another model;
  /// here it keeps its heads.)
  public static let gradECLIP = attention(
    "grad-eclip", "Values along the gradient at the last attention, where keys are near the query.",
    paper: "Zhao et al. 2024, arXiv 2502.18816"
  ) { inside, _, target in
    let last = inside.blocks.count - 1
    let projected = inside.projected(last)
    let width = projected.columns / 3
    let answers = inside.blocks[last].heads(projected)
    let ahead = Chain(inside.rest(of: last), Pick([0]), inside.after).traced(answers)
    let g = ahead.pullback(target.scored(ahead.value).gradient).rows(0..<1)
    let query = projected.rows(0..<1).columns(0..<width).scaledToUnitRows()
    let keys = projected.columns(width..<2 * width).scaledToUnitRows()
    let nearness = keys.timesTurned(query).elements
    let patches = nearness.dropFirst(inside.skipped)
    let (least, most) = (patches.min() ?? 0, patches.max() ?? 0)
    let products = projected.columns(2 * width..<3 * width).timesTurned(g).elements
    return zip(products, nearness).map { product, near in
      most > least ? product * (near - least) / (most - least) : product
    }
  }
}
