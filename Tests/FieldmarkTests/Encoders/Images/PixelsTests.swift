import Fieldmark
import Testing

@Test func planesBecomePixelsByHand() {
  let planes = Matrix([[1, 2], [10, 20], [100, 200], [3, 4], [30, 40], [300, 400]])
  let traced = Pixels().traced(planes)
  #expect(traced.value == Matrix([[1, 10, 100], [2, 20, 200], [3, 30, 300], [4, 40, 400]]))
  #expect(traced.pullback(traced.value) == planes)
}
