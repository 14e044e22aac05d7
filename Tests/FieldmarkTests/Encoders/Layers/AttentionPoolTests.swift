import Fieldmark
import Testing

@Test func theMeanComesFirstByHand() {
  let layer = MeanFirst(positions: Matrix([[100, 0], [10, 0], [20, 0]]))
  let traced = layer.traced(Matrix([[1, 2], [3, 6], [5, 5], [5, 5]]))
  #expect(
    traced.value
      == Matrix([[102, 4], [11, 2], [23, 6], [105, 5], [15, 5], [25, 5]]))
  #expect(
    traced.pullback(Matrix([[2, 4], [10, 0], [20, 0], [0, 0], [1, 1], [2, 2]]))
      == Matrix([[11, 2], [21, 2], [1, 1], [2, 2]]))
}

@Test(arguments: [1, 3])
func onlyTheMeansAreAsked(pictures: Int) {
  let pool = AttentionPool.example(seed: 1)
  let x = matrix(pictures * 24, 12, seed: 2)
  let y = pool(x)
  #expect(y.rows == pictures)
  expectClose(y, pool.plain(x.rows)(x), within: 2e-6)
}
