import Fieldmark

/// Layers whose rows are pixels.
extension LayerCase {
  static let ofPixels: [LayerCase] = {
    let grid = Grid(width: 6, height: 4)
    // Two pictures.
    let x = matrix(48, 12, seed: 101)
    let bottleneck = { (stride: Int, seed: UInt64) in
      Bottleneck.example(inputs: 12, inner: 4, outputs: 12, stride: stride, on: grid, seed: seed)
    }
    return [
      LayerCase(
        name: "convolution", layer: Convolution.example(12, 5, side: 3, on: grid, seed: 102),
        input: x, tolerance: 6e-3),
      LayerCase(
        name: "convolution with a stride",
        layer: Convolution.example(12, 5, side: 3, stride: 2, on: grid, seed: 104), input: x,
        tolerance: 6e-3),
      LayerCase(
        name: "rectified convolution",
        layer: Convolution.example(12, 6, side: 3, isRectified: true, on: grid, seed: 106),
        input: x, tolerance: 6e-3),
      LayerCase(
        name: "rectifier", layer: Rectifier(),
        // As far from 0, where the slope jumps, as no step goes.
        input: x.mapped { $0 < 0 ? $0 - 0.1 : $0 + 0.1 }),
      LayerCase(name: "average pool", layer: AveragePool(side: 2, on: grid), input: x),
      LayerCase(name: "pixels", layer: Pixels(), input: matrix(6, 24, seed: 108)),
      LayerCase(
        name: "mean first", layer: MeanFirst(positions: matrix(25, 12, seed: 109)), input: x),
      LayerCase(name: "attention pool", layer: AttentionPool.example(seed: 110), input: x),
      LayerCase(name: "bottleneck", layer: bottleneck(1, 120), input: x),
      LayerCase(name: "bottleneck that shrinks", layer: bottleneck(2, 130), input: x),
      LayerCase(
        name: "bottlenecks",
        layer: Bottlenecks([
          bottleneck(2, 140),
          Bottleneck.example(
            inputs: 12, inner: 4, outputs: 12, stride: 1, on: Grid(width: 3, height: 2), seed: 150),
        ]), input: x),
    ]
  }()
}

extension Convolution {
  /// Weights so small, and biases so large, above 0 and below it in turn, that no sum comes near
  /// the kink of a rectifier: small steps would see a bit of both of its slopes there.
  static func example(
    _ inputs: Int, _ outputs: Int, side: Int, stride: Int = 1, isRectified: Bool = false,
    on grid: Grid, seed: UInt64, precision: Precision = .fp32
  ) -> Convolution {
    let window = Window(
      inputs: inputs, outputs: outputs, side: side, stride: stride, padding: side / 2)
    let size = 0.3 / Float(side * side * inputs).squareRoot()
    return Convolution(
      numbers(outputs * inputs * side * side, seed: seed).map { size * $0 }, window,
      bias: numbers(outputs, seed: seed + 1).enumerated().map { $0 % 2 == 0 ? 5 + $1 : $1 - 5 },
      isRectified: isRectified, on: grid, precision: precision)
  }
}

extension Bottleneck {
  static func example(
    inputs: Int, inner: Int, outputs: Int, stride: Int, on grid: Grid, seed: UInt64,
    precision: Precision = .fp32
  ) -> Bottleneck {
    let make = { (inputs: Int, outputs: Int, side: Int, isRectified: Bool, turn: UInt64) in
      Convolution.example(
        inputs, outputs, side: side, isRectified: isRectified, on: grid, seed: seed + 2 * turn,
        precision: precision)
    }
    return Bottleneck(
      narrowing: make(inputs, inner, 1, true, 0), looking: make(inner, inner, 3, true, 1),
      widening: make(inner, outputs, 1, false, 2),
      shortcut: stride > 1 || inputs != outputs ? make(inputs, outputs, 1, false, 3) : nil,
      stride: stride)
  }
}

extension AttentionPool {
  /// For pictures of 24 pixels in 12 channels.
  static func example(seed: UInt64) -> AttentionPool {
    let linear = { (outputs: Int, turn: UInt64) in
      Linear(
        numbers(12 * outputs, seed: seed + 2 * turn), inputs: 12,
        bias: numbers(outputs, seed: seed + 2 * turn + 1))
    }
    return AttentionPool(
      tokens: MeanFirst(positions: matrix(25, 12, seed: seed + 9)),
      projection: Projection([linear(12, 0), linear(24, 1)]), heads: 3, output: linear(7, 2))
  }
}
