import CFieldmark
import Dispatch
import Fieldmark
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

/// Shapes of usual models; inputs that fill no tile of a processor, and few rows, among them.
@Test(
  arguments: [(197, 768, 2304), (197, 3072, 768), (77, 1024, 512), (5, 768, 96), (50, 588, 1280)],
  Precision.allCases.filter(\.isSupported))
func aProductHasTheSameBytesWhateverTheThreads(
  _ shape: (rows: Int, inputs: Int, outputs: Int), precision: Precision
) {
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let layer = Linear(
    numbers(shape.inputs * shape.outputs, seed: 13), inputs: shape.inputs,
    bias: numbers(shape.outputs, seed: 14), precision: precision)
  let x = matrix(shape.rows, shape.inputs, seed: 15)
  Cores.allowed = 1
  let one = layer(x)
  for count in [1, 2, 15, 16, 17, 33, shape.rows] where count <= shape.rows {
    #expect(layer(x.rows(0..<count)) == one.rows(0..<count), "\(count) rows")
  }
  for threads in [2, 3, 4, 7] {
    Cores.allowed = threads
    #expect(layer(x) == one, "\(threads) threads")
  }
}

/// What is rounded beforehand is multiplied exactly, but for the order of the sums.
@Test(
  .enabled(if: Precision.bf16.isSupported, "needs a processor with bfloat16"),
  arguments: [(1, 1, 1), (3, 5, 7), (16, 32, 32), (33, 65, 50), (97, 300, 130)])
func roundedProductsEqualThePlainLoopOverRoundedNumbers(rows: Int, inputs: Int, outputs: Int) {
  func rounded(_ numbers: [Float]) -> [Float] {
    numbers.map { x in
      let bits = x.bitPattern
      return Float(bitPattern: (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000)
    }
  }
  let x = matrix(rows, inputs, seed: 16)
  let w = numbers(inputs * outputs, seed: 17)
  let b = numbers(outputs, seed: 18)
  let layer = Linear(w, inputs: inputs, bias: b, precision: .bf16)
  let expected = plainProduct(
    Matrix(rows: rows, columns: inputs, rounded(x.elements)), rounded(w), b)
  expectClose(layer(x), expected, within: 3e-6)
}

/// What stands in for oneDNN where its sums depend on the shape: on every processor, turned views and
/// edges of blocks included.
@Test(arguments: [(1, 1, 1), (5, 3, 17), (7, 256, 16), (97, 300, 33), (200, 513, 130)])
func ownProductsEqualThePlainLoop(rows: Int, inner: Int, columns: Int) {
  let a = matrix(rows, inner, seed: 11)
  let w = numbers(inner * columns, seed: 12)
  let expected = plainProduct(a, w, nil)
  func product(_ rows: Int, turned: Bool, threads: Int32) -> Matrix {
    let sideways = (0..<a.elements.count).map { a[$0 % a.rows, $0 / a.rows] }
    let (one, whole) = (Int64(1), Int64(turned ? a.rows : inner))
    var out = [Float](repeating: .nan, count: rows * columns)
    let status = (turned ? sideways : a.elements).withUnsafeBufferPointer { from in
      w.withUnsafeBufferPointer { w in
        fm_multiply_in_panels(
          Int64(rows), Int64(inner), Int64(columns),
          fm_view(
            start: from.baseAddress!, row: turned ? one : whole, column: turned ? whole : one),
          fm_view(start: w.baseAddress!, row: 1, column: Int64(inner)), &out, Int64(columns),
          threads)
      }
    }
    #expect(status == 0)
    return Matrix(rows: rows, columns: columns, out)
  }
  let all = product(rows, turned: false, threads: 1)
  expectClose(all, expected, within: 2e-6)
  #expect(product(rows, turned: true, threads: 1) == all)
  for (count, threads) in [(rows, Int32(3)), (1, 1), ((rows + 1) / 2, 2)] {
    #expect(product(count, turned: false, threads: threads) == all.rows(0..<count))
  }
}
