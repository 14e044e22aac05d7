import Fieldmark
import Testing

/// Beside the plain way: one after the other.
@Test(arguments: [0, 1, 7, 8, 9, 784, 1001])
func eightSumsAreOneSum(_ count: Int) {
  var random = SplitMix(seed: 3)
  let (a, b) = ((0..<count).map { _ in random.normal() }, (0..<count).map { _ in random.normal() })
  let plain = zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  #expect(isClose(a.sum(with: b) { $0 * $1 }, plain, within: 1e-4))
  let lit = a.reduce(0) { $0 + Double(max(0, $1)) }
  #expect(isClose(a.sum(with: b) { number, _ in number.clipped }, lit, within: 1e-4))
}
