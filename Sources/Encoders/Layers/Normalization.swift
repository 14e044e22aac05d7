import CFieldmark

/// Scales each row to mean 0 and variance 1 over its columns, then multiplies by `weight` and adds
/// `bias`.
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

  /// Does the same between places in memory, with the result rounded to a precision.
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
      var dx = d.scaled(byRows: Matrix([weight]))
      let count = Float(x.columns)
      var n = [Float](repeating: 0, count: x.columns)
      var s: Float = 0
      dx.withElements { dx in
        for row in 0..<d.rows {
          if row < x.rows { s = normalize(x[row: row], into: &n) }
          let start = row * n.count
          var (sum, product): (Float, Float) = (0, 0)
          for column in n.indices {
            sum += dx[start + column]
            product += dx[start + column] * n[column]
          }
          let (meanG, meanGN) = (sum / count, product / count)
          for column in n.indices {
            dx[start + column] = s * (dx[start + column] - meanG - n[column] * meanGN)
          }
        }
      }
      return dx
    }
  }

  /// Writes n of one row and returns s.
  private func normalize(_ x: ArraySlice<Float>, into n: inout [Float]) -> Float {
    let count = Float(x.count)
    let mean = x.reduce(0, +) / count
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let s = 1 / (variance + epsilon).squareRoot()
    for (column, value) in x.enumerated() { n[column] = (value - mean) * s }
    return s
  }
}
