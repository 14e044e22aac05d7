import Fieldmark
import Glibc
import Testing

/// Each function by its formula, in double.
private func plain(_ activation: Activation, _ x: Double) -> Double {
  switch activation {
  case .quickGELU: x / (1 + exp(-1.702 * x))
  case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
  case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  case .silu: x / (1 + exp(-x))
  }
}

/// From where all is 0 to where all is x, in rows that are no multiple of a processor's lanes.
private let numbers = Matrix(
  rows: 13, columns: 37, (0..<481).map { Float($0 - 240) * 0.05 })

@Test(arguments: [Activation.quickGELU, .gelu, .geluTanh, .silu])
func activationsEqualTheirFormulas(_ activation: Activation) {
  let traced = activation.traced(numbers)
  let slopes = traced.pullback(Matrix(rows: 13, columns: 37, repeating: 1))
  for (index, x) in numbers.elements.enumerated() {
    let x = Double(x)
    let value = plain(activation, x)
    let slope = (plain(activation, x + 1e-6) - plain(activation, x - 1e-6)) / 2e-6
    #expect(abs(Double(traced.value.elements[index]) - value) < 1e-6 * max(1, abs(x)), "at \(x)")
    #expect(abs(Double(slopes.elements[index]) - slope) < 2e-6, "at \(x)")
  }
}

@Test(arguments: [Activation.quickGELU, .gelu, .geluTanh, .silu])
func activationsOfFarNumbersStayWhatTheyAre(_ activation: Activation) {
  let far = activation.traced(Matrix([[-1e4, 1e4, .nan]]))
  #expect(abs(far.value[0, 0]) < 1e-30 && far.value[0, 1] == 1e4 && far.value[0, 2].isNaN)
  let slopes = far.pullback(Matrix([[1, 1, 1]]))
  #expect(abs(slopes[0, 0]) < 1e-30 && slopes[0, 1] == 1 && slopes[0, 2].isNaN)
}
