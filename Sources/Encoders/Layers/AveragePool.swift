import CFieldmark
import Pictures

/// Takes the mean of each square of pixels, channel by channel. The squares cover the picture.
public struct AveragePool: Layer {
  public let side: Int
  /// The size of the pictures that come in.
  public let grid: Grid

  public init(side: Int, on grid: Grid) {
    precondition(
      grid.width.isMultiple(of: side) && grid.height.isMultiple(of: side),
      "Squares of \(side) do not cover \(grid.width) x \(grid.height) pixels.")
    self.side = side
    self.grid = grid
  }

  public var result: Grid { grid.divided(by: side) }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    let count = grid.pictures(in: x.rows)
    return x.elements.withUnsafeBufferPointer { elements in
      Matrix(rows: count * result.pixels, columns: x.columns) { y in
        guard let from = elements.baseAddress, let to = y.baseAddress else { return }
        run(from, count, channels: x.columns, into: to, precision: .fp32)
      }
    }
  }

  /// Does the same between places in memory, both of one precision.
  func run(
    _ x: UnsafeRawPointer, _ count: Int, channels: Int, into y: UnsafeMutableRawPointer,
    precision: Precision
  ) {
    fm_average_pool(
      x, grid.pictures(count), Int64(channels), Int64(side), precision.number, y, fm_threads())
  }

  public func traced(_ x: Matrix) -> Traced {
    // y = sum of x[pixels of the square] / their number
    Traced(self(x)) { d in
      let (columns, share) = (x.columns, 1 / Float(side * side))
      return d.elements.withUnsafeBufferPointer { d in
        Matrix(rows: x.rows, columns: columns) { dx in
          // The squares cover the pictures, so all pictures together are like one tall picture.
          for pixel in 0..<x.rows {
            let (row, column) = (pixel / grid.width / side, pixel % grid.width / side)
            let square = row * result.width + column
            for channel in 0..<columns {
              dx.initializeElement(
                at: pixel * columns + channel, to: share * d[square * columns + channel])
            }
          }
        }
      }
    }
  }
}
