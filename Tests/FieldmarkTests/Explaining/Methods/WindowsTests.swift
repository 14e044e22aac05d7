import Fieldmark
import Testing

@Test func theLastWindowEndsAtTheEdge() {
  let windows = Windows(over: Grid(width: 5, height: 2), side: 2, step: 2)
  #expect(windows.corners.map { [$0.x, $0.y] } == [[0, 0], [2, 0], [3, 0]])
}

@Test(arguments: [1, 2, 3, 7, 100], [1, 2, 5, 100])
func everyPixelIsInAWindow(_ side: Int, _ step: Int) throws {
  let windows = Windows(over: Grid(width: 9, height: 4), side: side, step: min(side, step))
  let map = try windows.losses(Matrix(rows: 3, columns: 36, repeating: 1), Score { _ in 0 })
  #expect(map == Matrix(rows: 4, columns: 9))
}

@Test func aPixelHasTheMeanOfTheLossesAroundIt() throws {
  // Four pixels in a row, windows of two: hiding 0 1, 1 2, 2 3 of them loses 3, 6, 12.
  let planes = Matrix([[1, 2, 4, 8], [0, 0, 0, 0], [0, 0, 0, 0]])
  let windows = Windows(over: Grid(width: 4, height: 1), side: 2, step: 1)
  let map = try windows.losses(planes, Score { $0[row: 0].reduce(100, +) })
  #expect(map == Matrix([[3, 4.5, 9, 12]]))
}
