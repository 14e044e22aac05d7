import Fieldmark
import Testing

@Test func anAveragePoolByHand() {
  let pool = AveragePool(side: 2, on: Grid(width: 4, height: 2))
  #expect(pool.result == Grid(width: 2, height: 1))
  let x = Matrix([[1, 10], [2, 20], [5, 0], [6, 0], [3, 30], [4, 40], [7, 0], [8, 0]])
  let traced = pool.traced(x)
  #expect(traced.value == Matrix([[2.5, 25], [6.5, 0]]))
  #expect(
    traced.pullback(Matrix([[4, 8], [40, 80]]))
      == Matrix([[1, 2], [1, 2], [10, 20], [10, 20], [1, 2], [1, 2], [10, 20], [10, 20]]))
}

@Test func aPoolOfOnePixelChangesNothing() {
  let x = matrix(24, 33, seed: 1)
  let traced = AveragePool(side: 1, on: Grid(width: 3, height: 4)).traced(x)
  #expect(traced.value == x)
  #expect(traced.pullback(x) == x)
}
