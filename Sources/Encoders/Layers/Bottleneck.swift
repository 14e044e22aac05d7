import Pictures

/// A block of CLIP's ResNets, whose inner convolution has fewer channels than its input and output.
///
///     x -> 1 x 1 -> 3 x 3 -> pool -> 1 x 1 -> + -> rectifier
///     '---------> pool -> 1 x 1 ------------'
///
/// In the first block of every later stage the pool stands where other ResNets have a stride. The
/// lower path is more than a copy only in the first block of a stage. (He et al. 2016,
/// arXiv 1512.03385; Radford et al. 2021, 2103.00020, section 2.4.)
public struct Bottleneck: Sendable {
  public let narrowing: Convolution
  public let looking: Convolution
  public let widening: Convolution
  /// The convolution of the lower path; nil if the input is added as it is.
  public let shortcut: Convolution?
  /// The side of the squares of pixels that the pool turns into one.
  public let stride: Int

  /// Makes a block for pictures of the size that the first convolution is for.
  public init(
    narrowing: Convolution, looking: Convolution, widening: Convolution, shortcut: Convolution?,
    stride: Int = 1
  ) {
    precondition(
      shortcut != nil || stride == 1, "A block that shrinks pictures cannot add them as they are.")
    let grid = narrowing.grid
    let after = grid.divided(by: stride)
    self.narrowing = narrowing
    self.looking = looking.on(grid)
    self.widening = widening.on(after)
    self.shortcut = shortcut?.on(after)
    self.stride = stride
  }

  public func on(_ grid: Grid) -> Bottleneck {
    Bottleneck(
      narrowing: narrowing.on(grid), looking: looking, widening: widening, shortcut: shortcut,
      stride: stride)
  }

  /// The size of the pictures that come in.
  public var grid: Grid { narrowing.grid }
  /// The size of the pictures that leave.
  public var result: Grid { widening.result }

  var pool: AveragePool? { stride > 1 ? AveragePool(side: stride, on: grid) : nil }

  /// The plain version, one layer after the other, of what `Bottlenecks` computes fast.
  public var plain: Chain {
    let pooling: [any Layer] = pool.map { [$0] } ?? []
    let branch = Chain([narrowing, looking] + pooling + [widening])
    return Chain(
      Residual(branch, shortcut: shortcut.map { Chain(pooling + [$0]) }), Rectifier())
  }
}
