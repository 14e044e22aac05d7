import Dispatch
import Encoders
import Testing

@Test func aProductByHand() {
  let product = Product(rows: 2, weights: [1, 0, 0, 1, 1, 1], inputs: 2, bias: [0, 0, 10])
  #expect(product([1, 2, 3, 4]) == [1, 2, 13, 3, 4, 17])
}

/// The plain version of what oneDNN does.
private func plainProduct(_ x: [Float], _ w: [Float], _ b: [Float]?, inputs: Int) -> [Float] {
  let outputs = w.count / inputs
  return (0..<x.count / inputs * outputs).map { place in
    let (row, output) = (place / outputs, place % outputs)
    let sum = (0..<inputs).reduce(Double(b?[output] ?? 0)) { sum, i in
      sum + Double(x[row * inputs + i]) * Double(w[output * inputs + i])
    }
    return Float(sum)
  }
}

private func numbers(_ count: Int, seed: UInt64) -> [Float] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
  }
}

@Test(arguments: [(1, 1, 1), (3, 5, 7), (197, 64, 96), (50, 768, 33)])
func aProductEqualsThePlainLoop(rows: Int, inputs: Int, outputs: Int) {
  let x = numbers(rows * inputs, seed: 1)
  let w = numbers(inputs * outputs, seed: 2)
  for b in [nil, numbers(outputs, seed: 3)] {
    for threads in [1, 2] {
      let product = Product(rows: rows, weights: w, inputs: inputs, bias: b, threads: threads)
      let deviation =
        zip(product(x), plainProduct(x, w, b, inputs: inputs))
        .map { abs($0 - $1) }.max() ?? .infinity
      #expect(deviation < 1e-6 * Float(inputs) + 1e-6)
    }
  }
}

/// With oneDNN's own scratch buffer, most of such runs are wrong without any error.
@Test func oneProductOnManyThreadsAtOnceIsRight() {
  let w = numbers(256 * 512, seed: 4)
  let product = Product(rows: 64, weights: w, inputs: 256)
  let inputs = (0..<8).map { numbers(64 * 256, seed: UInt64(10 + $0)) }
  let alone = inputs.map { product($0) }
  let wrong = Tally()
  DispatchQueue.concurrentPerform(iterations: 240) { turn in
    if product(inputs[turn % 8]) != alone[turn % 8] { wrong.add() }
  }
  #expect(wrong.count == 0)
}

private final class Tally: @unchecked Sendable {
  private let queue = DispatchQueue(label: "tally")
  private var value = 0
  func add() { queue.sync { value += 1 } }
  var count: Int { queue.sync { value } }
}
