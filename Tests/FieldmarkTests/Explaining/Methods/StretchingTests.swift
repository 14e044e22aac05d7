import Fieldmark
import Testing

@Test func cellsLieOverThePartThatTheyCameFrom() {
  let row = Matrix([[0, 1]])
  #expect(row.stretched(width: 4, height: 1) == Matrix([[0, 0.25, 0.75, 1]]))
  #expect(
    Matrix([[0], [4]]).stretched(width: 2, height: 4)
      == Matrix([[0, 0], [1, 1], [3, 3], [4, 4]]))
  #expect(row.stretched(width: 2, height: 1) == row)
}

@Test func aWindowOfAStretchedGridIsThatPartOfTheWhole() {
  let grid = Matrix([[3, -1, 4], [1, 5, -9]])
  let whole = grid.stretched(width: 20, height: 13)
  let part = grid.stretched(width: 20, height: 13, columns: 4..<17, rows: 2..<9)
  #expect(part == whole.rows(2..<9).columns(4..<17))
}

@Test func aFlatGridScaledToUnitIsAllZero() {
  #expect(Matrix([[2, 2]]).scaledToUnit() == Matrix([[0, 0]]))
  #expect(Matrix([[-1, 3, 1]]).scaledToUnit() == Matrix([[0, 1, 0.5]]))
}
