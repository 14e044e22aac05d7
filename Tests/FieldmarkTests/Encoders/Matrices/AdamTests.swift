import Fieldmark
import Foundation
import Testing

/// Kingma and Ba's algorithm 1, written down again in doubles, one number at a time.
private func plainly(
  _ start: [Float], _ slopes: [[Float]], rate: Double, decay: Double
) -> [Double] {
  start.indices.map { index in
    var (weight, mean, square) = (Double(start[index]), 0.0, 0.0)
    for (step, slopes) in slopes.enumerated() {
      let slope = Double(slopes[index]) + decay * weight
      mean = 0.9 * mean + 0.1 * slope
      square = 0.999 * square + 0.001 * slope * slope
      let away = mean / (1 - pow(0.9, Double(step + 1)))
      let size = (square / (1 - pow(0.999, Double(step + 1)))).squareRoot()
      weight -= rate * away / (size + 1e-8)
    }
    return weight
  }
}

/// Fewer numbers than lie side by side in the processor, as many, and some more; enough for threads.
@Test(arguments: [1, 15, 16, 17, 1003, 100_003])
func stepsOfAdamEqualThePlainFormula(_ count: Int) {
  func drawn(_ step: Int) -> [Float] {
    (0..<count).map { index in
      let number = (index * 104_729 + step * 3001) % 997
      return Float(number) / 400 - 1.2
    }
  }
  let (start, slopes) = (drawn(0), (1...5).map(drawn))
  for decay in [0, 0.1] as [Float] {
    let theirs = plainly(start, slopes, rate: 0.01, decay: Double(decay))
    var found: [[Float]] = []
    for threads in [1, 3] {
      let allowed = Cores.allowed
      defer { Cores.allowed = allowed }
      Cores.allowed = threads
      var (adam, weights) = (Adam(count, rate: 0.01, decay: decay), start)
      for slopes in slopes {
        weights.withUnsafeMutableBufferPointer { adam.step($0, slopes) }
      }
      found.append(weights)
    }
    let apart = zip(found[0], theirs).map { abs(Double($0) - $1) }.max() ?? .infinity
    #expect(apart < 1e-5)
    #expect(found[0] == found[1])
  }
}
