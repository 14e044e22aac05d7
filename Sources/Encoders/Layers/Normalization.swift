import CFieldmark

/// Each row with mean 0 and variance 1 over its columns, then times `weight` plus `bias`.
public struct Normalization: Layer {
  public let weight: [Float]
  public let bias: [Float]
  public let epsilon: Float

  public init(weight: [Float], bias: [Float], epsilon: Float) {
    precondition(weight.count == bias.count, "A norm has as many weights as biases.")
    self.weight = weight
    self.bias = bias
    self.epsilon = epsilon
  }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(x.columns == weight.count, "A norm of \(weight.count) columns got \(x).")
    return x.elements.withUnsafeBufferPointer { elements in
      Matrix(rows: x.rows, columns: x.columns) { y in
        guard let from = elements.baseAddress, let to = y.baseAddress else { return }
        run(from, rows: x.rows, into: to)
      }
    }
  }

  /// The same between places in memory, rounded to a precision.
  func run(
    _ x: UnsafePointer<Float>, rows: Int, into y: UnsafeMutableRawPointer,
    result: Precision = .fp32
  ) {
    fm_normalize(
      x, Int64(rows), Int64(weight.count), weight, bias, epsilon, result.number, y, fm_threads())
  }

  public func traced(_ x: Matrix) -> Traced {
    Traced(self(x)) { d in
      // With n = (x - mean x) s, s = 1 / sqrt(var x + epsilon) and y = n w + b:
      //   g = d w,  dx = s (g - mean g - n mean(g n))
      var dx = Matrix(rows: x.rows, columns: x.columns)
      let count = Float(x.columns)
      dx.withElements { dx in
        for row in 0..<x.rows {
          let (x, d) = (x[row: row], d[row: row])
          let mean = x.reduce(0, +) / count
          let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
          let s = 1 / (variance + epsilon).squareRoot()
          let n = x.map { ($0 - mean) * s }
          let g = zip(d, weight).map { $0 * $1 }
          let meanG = g.reduce(0, +) / count
          let meanGN = zip(g, n).reduce(0) { $0 + $1.0 * $1.1 } / count
          for column in n.indices {
            dx[row * n.count + column] = s * (g[column] - meanG - n[column] * meanGN)
          }
        }
      }
      return dx
    }
  }
}
