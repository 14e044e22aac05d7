import Dispatch
import Encoders
import Synchronization
import Testing

@Test func aLinearLayerByHand() {
  let layer = Linear([1, 0, 0, 1, 1, 1], inputs: 2, bias: [0, 0, 10])
  #expect(layer(Matrix([[1, 2], [3, 4]])) == Matrix([[1, 2, 13], [3, 4, 17]]))
}

/// The plain version of what oneDNN does.
private func plainProduct(_ x: Matrix, _ w: [Float], _ b: [Float]?) -> Matrix {
  let outputs = w.count / x.columns
  let elements = (0..<x.rows * outputs).map { place in
    let (row, output) = (place / outputs, place % outputs)
    let sum = (0..<x.columns).reduce(Double(b?[output] ?? 0)) { sum, i in
      sum + Double(x[row, i]) * Double(w[output * x.columns + i])
    }
    return Float(sum)
  }
  return Matrix(rows: x.rows, columns: outputs, elements)
}

@Test(arguments: [(1, 1, 1), (3, 5, 7), (197, 64, 96), (50, 768, 33)])
func aLinearLayerEqualsThePlainLoop(rows: Int, inputs: Int, outputs: Int) {
  let x = matrix(rows, inputs, seed: 1)
  let w = numbers(inputs * outputs, seed: 2)
  for b in [nil, numbers(outputs, seed: 3)] {
    expectClose(Linear(w, inputs: inputs, bias: b)(x), plainProduct(x, w, b), within: 2e-6)
  }
}

/// With oneDNN's own scratch buffer, most of such runs are wrong without any error.
@Test func oneLayerOnManyThreadsAtOnceIsRight() {
  let layer = Linear(numbers(256 * 512, seed: 4), inputs: 256)
  let inputs = (0..<8).map { matrix(64, 256, seed: UInt64(10 + $0)) }
  let alone = inputs.map { layer($0) }
  let wrong = Atomic(0)
  DispatchQueue.concurrentPerform(iterations: 240) { turn in
    if layer(inputs[turn % 8]) != alone[turn % 8] { wrong.add(1, ordering: .relaxed) }
  }
  #expect(wrong.load(ordering: .relaxed) == 0)
}

/// The same bytes whatever else is in the batch.
@Test func aRowOfAProductDoesNotDependOnTheOthers() {
  let layer = Linear(numbers(96 * 192, seed: 5), inputs: 96, bias: numbers(192, seed: 6))
  let x = matrix(200, 96, seed: 7)
  let all = layer(x)
  for count in [1, 2, 3, 7, 16, 31, 64, 199] {
    #expect(layer(x.rows(0..<count)) == all.rows(0..<count), "\(count) rows")
  }
}
