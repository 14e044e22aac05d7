import Fieldmark
import Testing

/// The C++ standard's check of `std::mt19937`: its ten-thousandth number.
@Test func theTenThousandthNumberIsTheStandards() {
  var draws = MersenneTwister(seed: 5489)
  for _ in 0..<9999 { _ = draws.next() }
  #expect(draws.next() == 4_123_659_995)
}

/// (`torch.manual_seed(seed); torch.empty(count).uniform_(lower, upper)` of PyTorch 2.15, printed.)
@Test func uniformNumbersArePyTorchsToTheLastBit() {
  func last(_ seed: UInt64, _ count: Int, _ lower: Float, _ upper: Float) -> [Float] {
    var draws = MersenneTwister(seed: seed)
    return (0..<count).map { _ in draws.uniform(lower, upper) }.suffix(3)
  }
  #expect(
    last(0, 4, -1, 1) == [0.5364435911178589, -0.8230451345443726, -0.7359390258789062])
  // Only 32 bits of a seed count; the state is mixed anew after 624 numbers.
  #expect(
    last(1 << 40 + 5, 700, 0.5, 3)
      == [0.9054831266403198, 0.6303184032440186, 0.5157088041305542])
}
