import Encoders

/// The gradient at the last block of a transformer whose class token is read, in closed form
/// instead of by a pass back through the block. It is exact, and takes any number of scores at
/// once.
///
///     let closed = ClosedForm(last, patches: 196)
///     closed.gradCAM(directions)      // a row of map for each row of directions
///
/// Let g be the gradient at the output of the heads, with one row for each score. Then for head h
/// and row j:
///
///     dp_hj = g_h . v_hj
///     ds_hj = p_hj (dp_hj - sum_i p_hi dp_hi)                 softmax pullback
///     dA_j  = sum_h [ p_hj a_h + ds_hj b_h ]                  the gradient at row j
///       a_h = Wv_h' g_h,  b_h = Wk_h' q_h scale
///
/// The gradient through the query reaches only row 0, which maps drop.
struct ClosedForm: Sendable {
  let last: LastBlock
  /// The rows that are places in the picture: all but the first few.
  let patches: Range<Int>

  init(_ last: LastBlock, patches: Int) {
    self.last = last
    self.patches = last.activation.rows - patches..<last.activation.rows
  }

  /// Returns Grad-CAM maps without forming gradients or reading activations. The channel weights
  /// are the mean of dA_j, and the map at i is their product with A_i. With
  ///
  ///     <A_i, a_h> = dp_hi - bv_h . g_h,  <A_i, b_h> = s_hi - bk_h . q_h scale
  ///
  /// this is
  ///
  ///     M_i = 1/N sum_h [ P_h (dp_hi - bv_h . g_h) + D_h (s_hi - bk_h . q_h scale) ]
  ///       P_h, D_h = sums over patches of p_hj and of ds_hj
  ///
  /// The ds_hj of all rows sum to 0, so D_h follows from the few rows that are not patches. With
  /// the head's output o_h = sum_i p_hi v_hi:
  ///
  ///     D_h = g_h . sum_j p_hj (o_h - v_hj)                     j: class token, registers
  ///
  /// Everything that depends on both score and place is one product of matrices, for any number of
  /// heads.
  func gradCAM(_ gradients: Matrix) -> Matrix {
    let g = (1 / Float(patches.count)) * last.tail.pullback(gradients)
    let others = 0..<patches.lowerBound
    let first = last.values.rows(others)
    var (weights, slopes): ([Matrix], [Matrix]) = ([], [])
    var constants = Matrix(rows: g.rows, columns: 1)
    for head in 0..<last.heads {
      let columns = columns(head)
      let shares = last.attention.rows(head..<head + 1)
      let weight = shares.elements[patches].reduce(0, +) * g.columns(columns)
      let slope = g.columns(columns).timesTurned(
        shares.elements[others].reduce(0, +) * last.answers.columns(columns)
          - shares.columns(others) * first.columns(columns))
      let keys = product(last.keyBias.columns(columns), last.query.columns(columns)) * last.scale
      constants += weight.timesTurned(last.valueBias.columns(columns)) + keys * slope
      weights.append(weight)
      slopes.append(slope)
    }
    let one = Matrix(rows: 1, columns: patches.count, repeating: 1)
    let places = Matrix.stacked([last.scores.columns(patches), one]).turned
    return Matrix.beside(weights + slopes + [-1 * constants])
      .timesTurned(.beside([last.values.rows(patches), places]))
  }

  /// Returns a function that gives the gradient of one score at every patch. Its rank is twice the
  /// number of heads, and it is built from a_h and b_h when asked for. The pullback through the
  /// layers ahead runs once for all scores.
  func gradients(_ gradients: Matrix) -> (_ score: Int) -> Matrix {
    let g = last.tail.pullback(gradients)
    let weights = last.weights
    let parts = (0..<last.heads).map { weights.rows(columns($0, from: g.columns)) }
    let keys = (0..<last.heads).map { head in
      last.scale * last.query.columns(columns(head)) * weights.rows(columns(head))
    }
    return { [self] score in
      let g = g.rows(score..<score + 1)
      let values = (0..<last.heads).map { g.columns(columns($0)) * parts[$0] }
      var shares = Matrix(rows: patches.count, columns: 2 * last.heads)
      for head in 0..<last.heads {
        let part = self.head(head, g)
        for (place, row) in patches.enumerated() {
          let p = last.attention[head, row]
          shares[place, head] = p
          shares[place, last.heads + head] = p * (part.dp[0, row] - part.means[0])
        }
      }
      return shares * .stacked(values + keys)
    }
  }

  /// Returns dp of every score and row for one head, and its mean weighted by attention.
  private func head(_ head: Int, _ g: Matrix) -> (dp: Matrix, means: [Float]) {
    let columns = columns(head)
    let dp = g.columns(columns).timesTurned(last.values.columns(columns))
    return (dp, dp.timesTurned(last.attention.rows(head..<head + 1)).elements)
  }

  private func columns(_ head: Int, from start: Int = 0) -> Range<Int> {
    start + head * last.headWidth..<start + (head + 1) * last.headWidth
  }

  private func product(_ a: Matrix, _ b: Matrix) -> Float {
    zip(a.elements, b.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
