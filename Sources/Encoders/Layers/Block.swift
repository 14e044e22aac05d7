/// A block of a transformer: rows attend to each other, then a small network works on each row.
public struct Block: Layer {
  public var normalization1: Normalization
  /// The projection to queries, keys and values.
  public var projection: Projection
  public var heads: Heads
  public var output: Linear
  public var normalization2: Normalization
  public var expansion: Linear
  /// An `Activation`, or SwiGLU's `Gate`.
  public var activation: any Layer
  public var contraction: Linear

  public init(
    normalization1: Normalization, projection: Projection, heads: Heads, output: Linear,
    normalization2: Normalization, expansion: Linear, activation: any Layer, contraction: Linear
  ) {
    self.normalization1 = normalization1
    self.projection = projection
    self.heads = heads
    self.output = output
    self.normalization2 = normalization2
    self.expansion = expansion
    self.activation = activation
    self.contraction = contraction
  }

  public var attention: Chain { Chain(projection, heads, output) }
  public var attend: Residual { Residual(Chain(normalization1, attention)) }
  public var think: Residual {
    Residual(Chain(normalization2, expansion, activation, contraction))
  }

  public func traced(_ x: Matrix) -> Traced { Chain(attend, think).traced(x) }
  public func callAsFunction(_ x: Matrix) -> Matrix { Chain(attend, think)(x) }

  /// Returns the same block for other sequences.
  public func on(_ sequences: Sequences) -> Block {
    var block = self
    block.heads.sequences = sequences
    return block
  }
}
