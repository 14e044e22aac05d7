import Encoders
import Ground

/// Methods that read the attention itself, for transformers only.
extension Method {
  static let attentionMethods: [Method] = [rollout, leGrad, gradECLIP]

  /// Makes a method out of a function that first computes, once for a picture, what all targets
  /// share, and then gives the value of each token for one target.
  static func attention(
    _ name: String, _ summary: String, paper: String,
    _ values: @escaping @Sendable (Activations) throws -> (Target) -> [Float]
  ) -> Method {
    Method(name: name, summary: summary, paper: paper) { view, targets, _ in
      guard let activations = view.activations else {
        throw InputError(
          "method \(name)", expected: "a transformer, whose attention it looks at",
          found: view.encoder.trunk.name, kind: .words)
      }
      let grid = view.encoder.patchGrid
      let values = try values(activations)
      return try targets.map { target in
        try view.passes.check()
        let patches = Array(values(target).dropFirst(activations.skipped))
        return view.heatmap(Matrix(rows: grid.height, columns: grid.width, patches))
      }
    }
  }

  /// The class token's row of the product of all blocks' attention. Each block's attention A is the
  /// mean over its heads, and half of it is replaced by the token itself: `(A + 1) / 2`. The map is
  /// the same for every target.
  public static let rollout = attention(
    "rollout", "Attention of all blocks, multiplied; the same for every target.",
    paper: "Abnar, Zuidema 2020, arXiv 2005.00928"
  ) { activations in
    // Going back from the last block, only one row is ever needed.
    var row = Matrix(rows: 1, columns: activations.streams[0].rows)
    row[0, try activations.readToken("rollout")] = 1
    for block in activations.blocks.indices.reversed() {
      let heads = activations.attention(block)
      let mean = (1 / Float(heads.count)) * heads.dropFirst().reduce(heads[0], +)
      row = 0.5 * (row * mean) + 0.5 * row
    }
    return { [row] _ in row.elements }
  }.ignoringTarget()

  /// The sum over the last two blocks of mean(relu(dy_l / dA_l)) over heads and rows, where A_l is
  /// the attention of block l and y_l the score of the mean over all tokens after it. (Two blocks
  /// as in the authors' code; the paper's figures take more for larger models.)
  public static let leGrad = attention(
    "legrad", "Positive gradients of the attention of the last two blocks.",
    paper: "Bousselham et al. 2024, arXiv 2404.03214"
  ) { activations in
    let tokens = activations.streams[0].rows
    let mean = Mean(Sequences(lengths: [tokens]))
    let blocks = activations.blocks.indices.suffix(2).map { block in
      let projected = activations.projected(block)
      let answers = activations.blocks[block].heads(projected)
      return (
        values: projected.third(2), heads: activations.blocks[block].heads.heads,
        ahead: Chain(activations.rest(of: block), mean, activations.after).traced(answers)
      )
    }
    return { target in
      var sums = [Float](repeating: 0, count: tokens)
      for (values, heads, ahead) in blocks {
        let gradient = ahead.pullback(target.scored(ahead.value).gradient)
        let width = values.columns / heads
        for head in 0..<heads {
          // answer = A v, so the gradient at A is that at the answer times v'.
          let columns = head * width..<(head + 1) * width
          let slopes = gradient.columns(columns).timesTurned(values.columns(columns))
          for (token, slope) in slopes.mapped({ max(0, $0) }).columnSums().enumerated() {
            sums[token] += slope / Float(heads * tokens)
          }
        }
      }
      return sums
    }
  }

  /// g . v_i times how near key i is to the class token's query, scaled from 0 for the farthest
  /// patch to 1. Here g is the gradient of the score at the output of the last block's heads for
  /// the class token, before the output projection. This is the paper's formula; the authors' code
  /// differs from it in two places. (Cyang-Zhao/Grad-Eclip at 5c1b5cc, `generate_emap.py`.) There
  /// nearness is the cosine of query and key after both went through the output projection, which
  /// is made for values; on maps from 0 to 1 this makes a difference of 0.44. And there the last
  /// block runs as if it had one head, which is another model; this makes 0.02 to 0.06. Here the
  /// last block keeps its heads, and queries and keys are those of its attention.
  public static let gradECLIP = attention(
    "grad-eclip", "Values along the gradient at the last attention, where keys are near the query.",
    paper: "Zhao et al. 2024, arXiv 2502.18816"
  ) { activations in
    let last = activations.blocks.count - 1
    let projected = activations.projected(last)
    let answers = activations.blocks[last].heads(projected)
    let read = try activations.readToken("grad-eclip")
    let ahead = Chain(activations.rest(of: last), Pick([read]), activations.after).traced(answers)
    let query = projected.third(0).rows(read..<read + 1).scaledToUnitRows()
    let nearness = projected.third(1).scaledToUnitRows().timesTurned(query).elements
    let patches = nearness.dropFirst(activations.skipped)
    let (least, most) = (patches.min() ?? 0, patches.max() ?? 0)
    let values = projected.third(2)
    return { target in
      let g = ahead.pullback(target.scored(ahead.value).gradient).rows(read..<read + 1)
      return zip(values.timesTurned(g).elements, nearness).map { product, near in
        most > least ? product * (near - least) / (most - least) : product
      }
    }
  }.linear()
}

extension Activations {
  /// Returns the row of the class token, for methods that ask what it attends to.
  fileprivate func readToken(_ method: String) throws -> Int {
    guard let classToken else {
      throw InputError(
        "method \(method)", expected: "a transformer with a class token, which it starts from",
        found: "one without", kind: .words)
    }
    return classToken
  }
}

extension Matrix {
  /// Returns the queries (0), keys (1) or values (2) of a matrix that has all three side by side.
  func third(_ index: Int) -> Matrix { columns(index * columns / 3..<(index + 1) * columns / 3) }
}
