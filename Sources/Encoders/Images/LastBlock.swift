/// The last block of a vision transformer of which only the class token is read. It holds the
/// intermediate values of the attention, and the layers from there to the embedding, which run on a
/// single row.
///
/// ```swift
/// let last = encoder.lastBlock(planes)
/// last?.tail.value                       // the embedding
/// last?.tail.pullback(directions)        // any number of rows: what each says of the answer
/// ```
///
/// With A the output of the block's first norm, for each head:
///
///     s = q k' / sqrt(head width),  p = softmax s,  answer = p v;  q = A0 Wq' + bq,  ...
public struct LastBlock: Sendable {
  /// A: a row for the class token, then the registers, then the patches.
  public let activation: Matrix
  /// s: a row for each head.
  public let scores: Matrix
  /// p: a row for each head.
  public let attention: Matrix
  /// v of all rows, with the heads side by side.
  public let values: Matrix
  /// q of the class token, followed by the biases of keys and values.
  public let query: Matrix
  public let keyBias: Matrix
  public let valueBias: Matrix
  /// The output of each head for the class token, side by side.
  public let answers: Matrix
  /// The layers from `answers` to the embedding. The pullback takes any number of rows.
  public let tail: Traced
  private let projection: Linear

  public var heads: Int { scores.rows }
  public var headWidth: Int { values.columns / heads }
  /// The factor of the scores: 1 / sqrt(head width).
  public var scale: Float { 1 / Float(headWidth).squareRoot() }

  init(_ block: Block, _ stream: Matrix, tail: [any Layer]) {
    let activation = block.normalization1(stream)
    self.activation = activation
    projection = block.projection.parts[1]
    let query = block.projection.parts[0](activation.rows(0..<1))
    let both = projection(activation)
    let width = query.columns
    self.query = query
    values = both.columns(width..<2 * width)
    let biases = Matrix([projection.bias ?? [Float](repeating: 0, count: 2 * width)])
    keyBias = biases.columns(0..<width)
    valueBias = biases.columns(width..<2 * width)
    let heads = block.heads.heads
    let headWidth = width / heads
    // Each head is read in place; `both` has the keys first and then the values.
    let scores = both.withView { both in
      query.withView { query in
        (0..<heads).map { head in
          query.at(0, head * headWidth).multiplied(
            by: both.at(0, head * headWidth).turned, rows: 1, inner: headWidth,
            columns: activation.rows)
        }
      }
    }
    self.scores = (1 / Float(headWidth).squareRoot()) * .stacked(scores)
    let attention = self.scores.softmax()
    self.attention = attention
    answers = both.withView { both in
      attention.withView { attention in
        .beside(
          (0..<heads).map { head in
            attention.at(head, 0).multiplied(
              by: both.at(0, width + head * headWidth), rows: 1, inner: activation.rows,
              columns: headWidth)
          })
      }
    }
    let ahead: [any Layer] = [Added(to: stream.rows(0..<1), block.output), block.think] + tail
    self.tail = Chain(ahead).traced(answers)
  }

  /// Wk and Wv stacked: a row for each column of the keys, then one for each column of the values.
  public var weights: Matrix {
    Matrix(rows: projection.outputs, columns: projection.inputs, projection.weights.plain)
  }
}
