import Fieldmark
import Testing

@Test func matricesAreAddedMultipliedAndDescribed() {
  let a = Matrix([[1, 2], [3, 4]])
  let b = Matrix([[0, 1], [1, 0]])
  #expect(a + b == Matrix([[1, 3], [4, 4]]))
  #expect(a - b == Matrix([[1, 1], [2, 4]]))
  #expect(2 * a == Matrix([[2, 4], [6, 8]]))
  #expect(a * b == Matrix([[2, 1], [4, 3]]))
  #expect(a.timesTurned(b) == Matrix([[2, 1], [4, 3]]))
  #expect(a.turned == Matrix([[1, 3], [2, 4]]))
  #expect(a.turnedTimes(b) == Matrix([[3, 1], [4, 2]]))
  #expect(a.description == "2 x 2 in 1.0...4.0")
  #expect(Matrix([[1, .nan]]).description.hasSuffix(", some not finite"))
  #expect(Matrix(rows: 0, columns: 3).description == "0 x 3")
}

@Test func rowsAndColumnsAreTakenAndPutTogether() {
  let a = Matrix([[1, 2, 3], [4, 5, 6]])
  #expect(a.picking([1, 1]) == Matrix([[4, 5, 6], [4, 5, 6]]))
  #expect(a.rows(1..<2) == Matrix([[4, 5, 6]]))
  #expect(a.columns(1..<3) == Matrix([[2, 3], [5, 6]]))
  #expect(Matrix.stacked([a.rows(0..<1), a.rows(1..<2)]) == a)
  #expect(Matrix.beside([a.columns(0..<1), a.columns(1..<3)]) == a)
  #expect(a.meanRow() == Matrix([[2.5, 3.5, 4.5]]))
  #expect(Matrix([[3, 4], [0, 0]]).scaledToUnitRows() == Matrix([[0.6, 0.8], [0, 0]]))
  #expect(Matrix([[0, 0], [1000, 0]]).softmax() == Matrix([[0.5, 0.5], [1, 0]]))
}

@Test(arguments: [(1, 1, 1), (7, 5, 3), (64, 33, 17)])
func productsEqualThePlainSum(_ rows: Int, _ inner: Int, _ columns: Int) {
  let a = matrix(rows, inner, seed: 1)
  let b = matrix(inner, columns, seed: 2)
  var plain = Matrix(rows: rows, columns: columns)
  for row in 0..<rows {
    for column in 0..<columns {
      plain[row, column] = Float(
        (0..<inner).reduce(0.0) { $0 + Double(a[row, $1]) * Double(b[$1, column]) })
    }
  }
  expectClose(a * b, plain, within: 1e-6)
}

@Test func productsOfNothingAreZero() {
  #expect(Matrix(rows: 2, columns: 0) * Matrix(rows: 0, columns: 2) == Matrix(rows: 2, columns: 2))
  #expect((Matrix(rows: 0, columns: 3) * Matrix(rows: 3, columns: 2)).rows == 0)
}
