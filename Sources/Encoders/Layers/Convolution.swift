import CFieldmark
import Pictures

/// Turns each pixel into a weighted sum over the window around it, `y = x * W + b`, or if it is
/// rectified, `y = max(0, x * W + b)`.
///
/// ```swift
/// let layer = Convolution(
///   weights, Window(inputs: 3, outputs: 32, side: 3, stride: 2, padding: 1),
///   on: Grid(width: 224, height: 224))
/// layer(pixels)      // 12544 x 32
/// ```
///
/// Each row is a pixel, in the picture's row order, and its columns are channels. Several pictures
/// are stacked.
public struct Convolution: Layer {
  let filters: PackedFilters
  let bias: [Float]?
  /// Whether negative outputs become 0.
  public var isRectified: Bool
  /// The size of the pictures that come in.
  public private(set) var grid: Grid

  public var window: Window { filters.window }

  /// `weights` are outputs x inputs x rows x columns, as PyTorch keeps them.
  public init(
    _ weights: [Float], _ window: Window, bias: [Float]? = nil, isRectified: Bool = false,
    on grid: Grid, precision: Precision = .fp32
  ) {
    precondition(bias?.count ?? window.outputs == window.outputs, "Each output has its bias.")
    filters = PackedFilters(weights, window, usually: grid, precision: precision)
    self.bias = bias
    self.isRectified = isRectified
    self.grid = grid
  }

  /// Returns the same layer for pictures of another size.
  public func on(_ grid: Grid) -> Convolution {
    var convolution = self
    convolution.grid = grid
    return convolution
  }

  /// The size of the pictures that come out.
  public var result: Grid { window.result(of: grid) }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(x.columns == window.inputs, "A window on \(window.inputs) channels got \(x).")
    let count = grid.pictures(in: x.rows)
    return x.elements.withUnsafeBufferPointer { x in
      Matrix(rows: count * result.pixels, columns: window.outputs) { y in
        guard count > 0, let from = x.baseAddress, let to = y.baseAddress else { return }
        guard filters.precision == .bf16 else { return run(from, count, into: to) }
        withUnsafeTemporaryAllocation(byteCount: 2 * x.count, alignment: 64) { rounded in
          fm_round_to_bfloats(from, Int64(x.count), rounded.baseAddress!)
          run(rounded.baseAddress!, count, into: to)
        }
      }
    }
  }

  /// Does the same for `count` pictures between places in memory; x has the precision of the
  /// weights. The sums may be added to what y already holds, and then be rectified.
  func run(
    _ x: UnsafeRawPointer, _ count: Int, into y: UnsafeMutableRawPointer, adds: Bool = false,
    rectifies: Bool = false, result: Precision = .fp32
  ) {
    let ending = PreparedConvolution.Ending(
      hasBias: bias != nil, adds: adds, isRectified: isRectified || rectifies, result: result)
    let prepared = filters.prepared(.there(ending), count, grid)
    guard let bias else { return prepared.run(x, nil, into: y) }
    bias.withUnsafeBufferPointer { prepared.run(x, $0.baseAddress, into: y) }
  }

  public func traced(_ x: Matrix) -> Traced {
    // y = max(0, x * W + b), and the slope of max is 0 where y is 0
    let y = self(x)
    return Traced(y) { d in back(isRectified ? d.merged(y) { $1 > 0 ? $0 : 0 } : d) }
  }

  /// Returns the gradient at the input: each pixel sums over the windows that it lies in.
  private func back(_ d: Matrix) -> Matrix {
    let count = result.pictures(in: d.rows)
    return d.elements.withUnsafeBufferPointer { d in
      Matrix(rows: count * grid.pixels, columns: window.inputs) { dx in
        guard count > 0, let from = d.baseAddress, let to = dx.baseAddress else { return }
        filters.prepared(.back, count, grid).run(from, nil, into: to)
      }
    }
  }
}

/// Sets negative values to 0. (Nair, Hinton 2010.)
public struct Rectifier: Layer {
  public init() {}

  public func callAsFunction(_ x: Matrix) -> Matrix { x.mapped { max(0, $0) } }

  public func traced(_ x: Matrix) -> Traced {
    // y = max(0, x)
    Traced(self(x)) { d in d.merged(x) { $1 > 0 ? $0 : 0 } }
  }
}
