import Fieldmark
import Testing

/// A layer, and an input that it takes.
struct LayerCase: CustomTestStringConvertible, Sendable {
  let name: String
  let layer: any Layer
  let input: Matrix
  /// How far small steps may be off: what is left of many sums is the noise of their last digits.
  var tolerance = 2e-3
  var testDescription: String { name }

  static let all: [LayerCase] = {
    let sequences = Sequences(lengths: [3, 5, 1])
    let x = matrix(9, 12, seed: 1)
    let linear = { (inputs: Int, outputs: Int, seed: UInt64) in
      Linear(
        numbers(inputs * outputs, seed: seed), inputs: inputs,
        bias: numbers(outputs, seed: seed + 1))
    }
    let norm = Normalization(
      weight: numbers(12, seed: 2), bias: numbers(12, seed: 3), epsilon: 1e-5)
    let heads = Heads(2, sequences)
    let block = { (activation: any Layer, projection: Projection, inner: Int) in
      Block(
        normalization1: norm, projection: projection, heads: heads, output: linear(12, 12, 20),
        normalization2: norm, expansion: linear(12, 20, 22), activation: activation,
        contraction: linear(inner, 12, 24))
    }
    let whole = Projection([linear(12, 36, 30)])
    let apart = Projection([linear(12, 12, 31), linear(12, 24, 32)])
    return [
      LayerCase(name: "linear", layer: linear(12, 7, 4), input: x),
      LayerCase(name: "projection", layer: apart, input: x),
      LayerCase(name: "normalization", layer: norm, input: x),
      LayerCase(name: "quick GELU", layer: Activation.quickGELU, input: x),
      LayerCase(name: "GELU", layer: Activation.gelu, input: x),
      LayerCase(name: "tanh GELU", layer: Activation.geluTanh, input: x),
      LayerCase(name: "SiLU", layer: Activation.silu, input: x),
      LayerCase(name: "gate", layer: Gate(), input: x),
      LayerCase(name: "heads", layer: heads, input: x),
      LayerCase(name: "causal heads", layer: Heads(2, sequences, isCausal: true), input: x),
      LayerCase(name: "residual", layer: Residual(linear(12, 12, 5)), input: x),
      LayerCase(
        name: "residual with a shortcut",
        layer: Residual(linear(12, 7, 6), shortcut: linear(12, 7, 8)), input: x),
      LayerCase(
        name: "added", layer: Added(to: matrix(9, 7, seed: 9), linear(12, 7, 10)), input: x),
      LayerCase(name: "pick", layer: Pick([0, 4, 4, 8]), input: x),
      LayerCase(name: "mean", layer: Mean(Sequences(lengths: [4, 5]), skipping: 2), input: x),
      LayerCase(name: "unit", layer: Unit(), input: x),
      LayerCase(
        name: "patches", layer: Patches(width: 4, height: 6, side: 2),
        input: matrix(6, 24, seed: 11)),
      LayerCase(
        name: "tokens",
        layer: Tokens(first: matrix(2, 12, seed: 12), positions: matrix(3, 12, seed: 13)),
        input: x),
      LayerCase(name: "block", layer: block(Activation.gelu, whole, 20), input: x),
      LayerCase(name: "block with a gate", layer: block(Gate(), whole, 10), input: x),
      LayerCase(
        name: "transformer",
        layer: Transformer(
          [block(Activation.quickGELU, whole, 20), block(Activation.quickGELU, apart, 20)],
          on: sequences, leaving: .firsts), input: x),
    ] + ofPixels
  }()
}

/// The derivative of <d, layer(x)> along any direction is the pullback's product with it.
@Test(arguments: LayerCase.all)
func pullbackEqualsSmallSteps(_ test: LayerCase) {
  let traced = test.layer.traced(test.input)
  let d = matrix(traced.value.rows, traced.value.columns, seed: 50)
  let gradient = traced.pullback(d)
  #expect(gradient.rows == test.input.rows && gradient.columns == test.input.columns)
  let score = { (x: Matrix) in
    zip(test.layer(x).elements, d.elements).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  }
  for seed in UInt64(60)..<64 {
    let direction = matrix(test.input.rows, test.input.columns, seed: seed)
    let step: Float = 2e-3
    let difference =
      (score(test.input + step * direction) - score(test.input - step * direction))
      / (2 * Double(step))
    let product = zip(gradient.elements, direction.elements)
      .reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let length = gradient.elements.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(
      abs(difference - product) < test.tolerance * max(length, 1),
      "\(test.name): small steps give \(difference), the pullback \(product)")
  }
}

@Test(arguments: LayerCase.all)
func theValueAloneIsTheTracedValue(_ test: LayerCase) {
  expectClose(
    test.layer(test.input), test.layer.traced(test.input).value, within: 2e-6, test.name)
}
