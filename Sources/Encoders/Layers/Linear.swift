import CFieldmark
import Models

/// `y = x W' + b`.
///
/// ```swift
/// let layer = Linear([1, 0, 0, 1, 1, 1], inputs: 2, bias: [0, 0, 10])
/// layer(Matrix([[1, 2]]))      // [1, 2, 13]
/// ```
public struct Linear: Layer {
  let weights: PackedWeights
  let bias: [Float]?

  public var inputs: Int { weights.inputs }
  public var outputs: Int { weights.outputs }

  /// `weights` are outputs x inputs, row by row, as PyTorch keeps them.
  public init(
    _ weights: [Float], inputs: Int, bias: [Float]? = nil, precision: Precision = .fp32
  ) {
    let packed = weights.withUnsafeBufferPointer {
      PackedWeights($0, inputs: inputs, precision: precision)
    }
    self.init(packed, bias: bias)
  }

  init(_ weights: PackedWeights, bias: [Float]?) {
    precondition(bias?.count ?? weights.outputs == weights.outputs, "Each output has its bias.")
    self.weights = weights
    self.bias = bias
  }

  public func traced(_ x: Matrix) -> Traced {
    // y = x W' + b
    Traced(self(x)) { d in Linear(weights.turned, bias: nil)(d) }
  }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(x.columns == inputs, "A layer for \(inputs) columns got \(x).")
    guard x.rows > 0 else { return Matrix(rows: 0, columns: outputs) }
    return x.elements.withUnsafeBufferPointer { x in
      Matrix(rows: x.count / inputs, columns: outputs) { y in
        guard weights.precision == .bf16 else {
          run(x.baseAddress!, rows: x.count / inputs, into: y.baseAddress!)
          return
        }
        withUnsafeTemporaryAllocation(byteCount: 2 * x.count, alignment: 64) { rounded in
          fm_round_to_bfloats(x.baseAddress!, Int64(x.count), rounded.baseAddress!)
          run(rounded.baseAddress!, rows: x.count / inputs, into: y.baseAddress!)
        }
      }
    }
  }

  /// Does the same between places in memory, with any ending; x has the precision of the weights.
  func run(
    _ x: UnsafeRawPointer, rows: Int, into y: UnsafeMutableRawPointer,
    activation: Activation? = nil, adds: Bool = false, result: Precision = .fp32
  ) {
    let ending = Product.Ending(
      hasBias: bias != nil, activation: activation, adds: adds, result: result)
    let product = weights.product(rows: rows, ending)
    guard let bias else { return product.run(x, nil, into: y) }
    bias.withUnsafeBufferPointer { product.run(x, $0.baseAddress, into: y) }
  }
}

/// Linear layers with the same input, whose outputs are put side by side.
public struct Projection: Layer {
  public let parts: [Linear]

  public init(_ parts: [Linear]) { self.parts = parts }

  public func traced(_ x: Matrix) -> Traced {
    let parts = parts.map { $0.traced(x) }
    return Traced(.beside(parts.map(\.value))) { d in
      // y = [x W1', x W2', ...]
      var start = 0
      let backs = parts.map { part in
        defer { start += part.value.columns }
        return part.pullback(d.columns(start..<start + part.value.columns))
      }
      return backs.dropFirst().reduce(backs[0], +)
    }
  }

  public func callAsFunction(_ x: Matrix) -> Matrix { .beside(parts.map { $0(x) }) }
}
