import Dispatch
import Fieldmark
import Synchronization
import Testing

@Test func aConvolutionByHand() {
  // 1 2 3     the sum of a 2 x 2 window at
  // 4 5 6     its two places
  let layer = Convolution(
    [1, 1, 1, 1], Window(inputs: 1, outputs: 1, side: 2), bias: [-15],
    on: Grid(width: 3, height: 2))
  let x = Matrix([[1], [2], [3], [4], [5], [6]])
  #expect(layer(x) == Matrix([[-3], [1]]))
  #expect(
    layer.traced(x).pullback(Matrix([[1], [10]])) == Matrix([[1], [11], [10], [1], [11], [10]]))
  var rectified = layer
  rectified.isRectified = true
  #expect(rectified(x) == Matrix([[0], [1]]))
  #expect(
    rectified.traced(x).pullback(Matrix([[1], [10]])) == Matrix([[0], [10], [10], [0], [10], [10]]))
}

@Test func aRectifierByHand() {
  let traced = Rectifier().traced(Matrix([[-2, 0, 3]]))
  #expect(traced.value == Matrix([[0, 0, 3]]))
  #expect(traced.pullback(Matrix([[1, 1, 1]])) == Matrix([[0, 0, 1]]))
}

struct ConvolutionCase: Sendable {
  let window: Window
  let grid: Grid
  let pictures: Int

  static let all = [
    ConvolutionCase(Window(inputs: 1, outputs: 1, side: 3, padding: 1), 5, 7, 2),
    ConvolutionCase(Window(inputs: 3, outputs: 32, side: 3, stride: 2, padding: 1), 32, 64, 1),
    ConvolutionCase(Window(inputs: 3, outputs: 2, side: 3, stride: 2, padding: 1), 8, 6, 2),
    ConvolutionCase(Window(inputs: 40, outputs: 24, side: 3, padding: 1), 9, 4, 3),
    ConvolutionCase(Window(inputs: 64, outputs: 64, side: 3, padding: 1), 14, 7, 1),
    ConvolutionCase(Window(inputs: 16, outputs: 64, side: 1), 5, 3, 2),
    ConvolutionCase(Window(inputs: 2, outputs: 8, side: 1), 1, 1, 1),
    ConvolutionCase(Window(inputs: 12, outputs: 20, side: 2, stride: 2), 6, 8, 2),
    ConvolutionCase(Window(inputs: 12, outputs: 5, side: 3, padding: 1), 6, 4, 2),
    ConvolutionCase(Window(inputs: 12, outputs: 6, side: 3, stride: 2, padding: 1), 6, 4, 2),
  ]

  /// Sizes of RN50, and a first layer of patches that leaves some rows out.
  static let ofAResNet = [
    ConvolutionCase(Window(inputs: 3, outputs: 32, side: 3, stride: 2, padding: 1), 224, 224, 1),
    ConvolutionCase(Window(inputs: 64, outputs: 64, side: 3, padding: 1), 56, 56, 1),
    ConvolutionCase(Window(inputs: 256, outputs: 512, side: 1), 28, 28, 2),
    ConvolutionCase(Window(inputs: 512, outputs: 512, side: 3, padding: 1), 7, 7, 1),
    ConvolutionCase(Window(inputs: 3, outputs: 64, side: 16, stride: 16), 70, 77, 1),
  ]

  init(_ window: Window, _ width: Int, _ height: Int, _ pictures: Int) {
    self.window = window
    grid = Grid(width: width, height: height)
    self.pictures = pictures
  }
}

/// The plain version of what oneDNN does: y = x * W + b.
private func plainConvolution(_ test: ConvolutionCase, _ x: Matrix, _ w: [Float], _ b: [Float])
  -> Matrix
{
  let (window, grid) = (test.window, test.grid)
  let result = window.result(of: grid)
  var y = Matrix(rows: test.pictures * result.pixels, columns: window.outputs)
  for row in 0..<y.rows {
    let (picture, place) = (row / result.pixels, row % result.pixels)
    for output in 0..<window.outputs {
      var sum = Double(b[output])
      for up in 0..<window.side {
        for left in 0..<window.side {
          let from = place / result.width * window.stride + up - window.padding
          let column = place % result.width * window.stride + left - window.padding
          guard (0..<grid.height).contains(from), (0..<grid.width).contains(column) else {
            continue
          }
          for input in 0..<window.inputs {
            let weight = ((output * window.inputs + input) * window.side + up) * window.side + left
            sum +=
              Double(w[weight])
              * Double(x[picture * grid.pixels + from * grid.width + column, input])
          }
        }
      }
      y[row, output] = Float(sum)
    }
  }
  return y
}

@Test(arguments: ConvolutionCase.all)
func aConvolutionEqualsThePlainLoop(_ test: ConvolutionCase) {
  let window = test.window
  let x = matrix(test.pictures * test.grid.pixels, window.inputs, seed: 1)
  let w = numbers(window.outputs * window.inputs * window.side * window.side, seed: 2)
  let b = numbers(window.outputs, seed: 3)
  let layer = Convolution(w, window, bias: b, on: test.grid)
  expectClose(layer(x), plainConvolution(test, x, w, b), within: 2e-6, "\(window)")
  // Weights that were packed for one size serve others.
  let other = Convolution(w, window, bias: b, on: Grid(width: 16, height: 16)).on(test.grid)
  expectClose(other(x), layer(x), within: 2e-6, "\(window) made for another size")
}

/// Sums on both sides of the kink, which small steps cannot be asked about.
/// <d, x * W> = <way back of d, x>, for any d and x.
@Test(arguments: ConvolutionCase.all)
func theWayBackIsTheConvolutionTurnedRound(_ test: ConvolutionCase) {
  let window = test.window
  let x = matrix(test.pictures * test.grid.pixels, window.inputs, seed: 1)
  let w = numbers(window.outputs * window.inputs * window.side * window.side, seed: 2)
  let traced = Convolution(w, window, on: test.grid).traced(x)
  let d = matrix(traced.value.rows, window.outputs, seed: 4)
  func product(_ a: Matrix, _ b: Matrix) -> (sum: Double, size: Double) {
    let terms = zip(a.elements, b.elements).map { Double($0) * Double($1) }
    return (terms.reduce(0, +), terms.reduce(0) { $0 + abs($1) })
  }
  let (there, back) = (product(d, traced.value), product(traced.pullback(d), x))
  #expect(abs(there.sum - back.sum) < 1e-6 * there.size)
}

@Test(arguments: ConvolutionCase.all)
func aRectifiedConvolutionIsOneWithARectifierBehindIt(_ test: ConvolutionCase) {
  let window = test.window
  let x = matrix(test.pictures * test.grid.pixels, window.inputs, seed: 4)
  let w = numbers(window.outputs * window.inputs * window.side * window.side, seed: 5)
  let plain = Chain(Convolution(w, window, on: test.grid), Rectifier()).traced(x)
  let fused = Convolution(w, window, isRectified: true, on: test.grid).traced(x)
  #expect(fused.value == plain.value)
  let d = matrix(plain.value.rows, plain.value.columns, seed: 6)
  #expect(fused.pullback(d) == plain.pullback(d))
}

@Test func aPictureDoesNotDependOnTheOthers() {
  let layer = Convolution.example(24, 40, side: 3, on: Grid(width: 9, height: 7), seed: 7)
  let x = matrix(5 * 63, 24, seed: 9)
  let all = layer(x)
  for picture in 0..<5 {
    let rows = picture * 63..<(picture + 1) * 63
    #expect(layer(x.rows(rows)) == all.rows(rows), "picture \(picture)")
  }
}

/// With several threads a picture is cut into bands, there and on the way back.
@Test(arguments: ConvolutionCase.all + ConvolutionCase.ofAResNet)
func aConvolutionHasTheSameBytesWhateverTheThreads(_ test: ConvolutionCase) {
  let before = Cores.allowed
  defer { Cores.allowed = before }
  let window = test.window
  let x = matrix(test.pictures * test.grid.pixels, window.inputs, seed: 12)
  let w = numbers(window.outputs * window.inputs * window.side * window.side, seed: 13)
  let b = numbers(window.outputs, seed: 14)
  for precision in Precision.allCases where precision.isSupported {
    let layer = Convolution(w, window, bias: b, on: test.grid, precision: precision)
    func found(_ threads: Int) -> [Matrix] {
      Cores.allowed = threads
      let traced = layer.traced(x)
      return [layer(x), traced.pullback(matrix(traced.value.rows, window.outputs, seed: 15))]
    }
    let one = found(1)
    for threads in [2, 3, 4, 7] {
      #expect(found(threads) == one, "\(threads) threads, \(precision)")
    }
  }
}

@Test func oneConvolutionOnManyThreadsAtOnceIsRight() {
  let layer = Convolution.example(32, 32, side: 3, on: Grid(width: 8, height: 8), seed: 11)
  let inputs = (0..<8).map { matrix(64, 32, seed: UInt64(20 + $0)) }
  let alone = inputs.map { layer.traced($0) }
  let backs = alone.map { $0.pullback($0.value) }
  let wrong = Atomic(0)
  // Another layer of the same weights, whose way back is yet to be packed.
  let fresh = Convolution.example(32, 32, side: 3, on: Grid(width: 8, height: 8), seed: 11)
  DispatchQueue.concurrentPerform(iterations: 240) { turn in
    let traced = fresh.traced(inputs[turn % 8])
    if traced.value != alone[turn % 8].value || traced.pullback(traced.value) != backs[turn % 8] {
      wrong.add(1, ordering: .relaxed)
    }
  }
  #expect(wrong.load(ordering: .relaxed) == 0)
}

@Test(.enabled(if: Precision.bf16.isSupported, "needs a processor with bfloat16"))
func aRoundedConvolutionStaysNearTheReference() {
  let grid = Grid(width: 9, height: 7)
  let x = matrix(126, 24, seed: 12)
  let reference = Convolution.example(24, 40, side: 3, on: grid, seed: 13).traced(x)
  let rounded = Convolution.example(24, 40, side: 3, on: grid, seed: 13, precision: .bf16)
    .traced(x)
  expectClose(rounded.value, reference.value, within: 4e-3)
  let d = matrix(126, 40, seed: 15)
  expectClose(rounded.pullback(d), reference.pullback(d), within: 4e-3)
}
