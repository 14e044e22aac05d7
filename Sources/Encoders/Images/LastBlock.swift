/// The last block of a vision transformer, whose class token alone is read: what its attention made,
/// and the way back from the embedding to there, which is one row.
///
///     let last = encoder.lastBlock(planes)
///     last.tail.value                        // the embedding
///     last.tail.pullback(directions)         // any number of rows: what each says of the answer
///
/// With A the output of the block's first norm, for each head:
///
///     s = q k' / sqrt(head width),  p = softmax s,  answer = p v;  q = A0 Wq' + bq,  ...
public struct LastBlock: Sendable {
  /// A: a row for the class token, registers, then patches.
  public let activation: Matrix
  /// s: a row for each head.
  public let scores: Matrix
  /// p: a row for each head.
  public let attention: Matrix
  /// v of all rows, heads side by side.
  public let values: Matrix
  /// q of the class token, and what is added to keys and to values.
  public let query: Matrix
  public let keyBias: Matrix
  public let valueBias: Matrix
  /// From the heads' answers, side by side, to the embedding. The way back takes any number of rows.
  public let tail: Traced
  private let projection: Linear

  public var heads: Int { scores.rows }
  public var headWidth: Int { values.columns / heads }
  /// What a score is multiplied by: 1 / sqrt(head width).
  public var scale: Float { 1 / Float(headWidth).squareRoot() }

  init(_ block: Block, _ stream: Matrix, tail: [any Layer]) {
    activation = block.normalization1(stream)
    projection = block.projection.parts[1]
    let query = block.projection.parts[0](activation.rows(0..<1))
    let both = projection(activation)
    let width = query.columns
    let keys = both.columns(0..<width)
    let values = both.columns(width..<2 * width)
    self.query = query
    self.values = values
    let biases = Matrix([projection.bias ?? [Float](repeating: 0, count: 2 * width)])
    keyBias = biases.columns(0..<width)
    valueBias = biases.columns(width..<2 * width)
    let heads = block.heads.heads
    let headWidth = width / heads
    let scale = 1 / Float(headWidth).squareRoot()
    let scores = Matrix.stacked(
      (0..<heads).map { head in
        let columns = head * headWidth..<(head + 1) * headWidth
        return scale * query.columns(columns).timesTurned(keys.columns(columns))
      })
    self.scores = scores
    let attention = scores.softmax()
    self.attention = attention
    let answers = Matrix.beside(
      (0..<heads).map { head in
        attention.rows(head..<head + 1)
          * values.columns(head * headWidth..<(head + 1) * headWidth)
      })
    let ahead: [any Layer] = [Added(to: stream.rows(0..<1), block.output), block.think] + tail
    self.tail = Chain(ahead).traced(answers)
  }

  /// Wk and below it Wv: a row for each of the columns of keys and of values.
  public var weights: Matrix {
    Matrix(rows: projection.outputs, columns: projection.inputs, projection.weights.plain)
  }
}
