import Fieldmark
import Testing

/// The textbook's, number by number: the reference of the one in blocks.
private func plainCholesky(_ matrix: [Double], size: Int) -> [Double] {
  var l = [Double](repeating: 0, count: size * size)
  for i in 0..<size {
    for j in 0...i {
      var sum = matrix[i * size + j]
      for k in 0..<j { sum -= l[i * size + k] * l[j * size + k] }
      l[i * size + j] = i == j ? sum.squareRoot() : sum / l[j * size + j]
    }
  }
  return l
}

private func numbers(_ count: Int) -> [Double] {
  (0..<count).map { place in
    let number = (place * 7919 + place / 13) % 1009
    return Double(number) / 504 - 1
  }
}

@Test func aTriangleByHand() {
  // [4 2; 2 5] = [2 0; 1 2] [2 1; 0 2]
  let factor = Cholesky([4, 0, 2, 5], size: 2)
  #expect(factor.packed == [2, 1, 2])
  #expect(factor.solve([2, 5]) == [0, 1])
  #expect(Cholesky(packed: [2, 1, 2], size: 2).solve([2, 5]) == [0, 1])
}

@Test(arguments: [1, 2, 31, 32, 33, 64, 97])
func blocksGiveThePlainTriangle(size: Int) throws {
  let rows = numbers(size * (size + 3))
  var matrix = try rowProducts(rows, rows: size)
  for i in 0..<size { matrix[i * size + i] += 0.1 }
  let plain = plainCholesky(matrix, size: size)
  let factor = Cholesky(matrix, size: size)
  var next = 0
  for i in 0..<size {
    for j in 0...i {
      let difference = abs(factor.packed[next] - plain[i * size + j])
      #expect(difference < 1e-10 * Double(size))
      next += 1
    }
  }
  let right = numbers(size)
  let x = factor.solve(right)
  for i in 0..<size {
    let product = (0..<size).reduce(0.0) { sum, j in
      sum + matrix[max(i, j) * size + min(i, j)] * x[j]
    }
    #expect(abs(product - right[i]) < 1e-8)
  }
}

@Test func productsOfRowsByHand() throws {
  #expect(try rowProducts([1, 2, 3, 4], rows: 2) == [5, 0, 11, 25])
  #expect(try rowProducts([], rows: 0) == [])
}

@Test(arguments: [(1, 1), (3, 5), (33, 300), (70, 257)])
func productsOfRowsArePlainSums(rows: Int, columns: Int) throws {
  let a = numbers(rows * columns)
  let products = try rowProducts(a, rows: rows)
  for i in 0..<rows {
    for j in 0..<rows {
      let sum = (0..<columns).reduce(0.0) { $0 + a[i * columns + $1] * a[j * columns + $1] }
      #expect(abs(products[i * rows + j] - (j <= i ? sum : 0)) < 1e-10)
    }
  }
}

/// The same by the small matrix of few rows (Woodbury) and by the large one: adding rows of zeros,
/// which change no scatter, turns one into the other.
@Test func fewRowsGiveTheSameInverse() throws {
  let (rows, columns) = (5, 9)
  let centered = numbers(rows * columns)
  let right = numbers(columns)
  let few = try Ridge(centered, rows: rows, share: 0.01).times(right)
  let padded = centered + [Double](repeating: 0, count: 6 * columns)
  let many = try Ridge(padded, rows: rows + 6, share: 0.01).times(right)
  for (a, b) in zip(few, many) { #expect(abs(a - b) < 1e-9 * max(1, abs(b))) }
  // And it is an inverse: (C'C + lambda 1) x = right.
  let lambda = 0.01 * centered.reduce(0) { $0 + $1 * $1 } / Double(columns)
  for i in 0..<columns {
    var product = lambda * few[i]
    for row in 0..<rows {
      let along = (0..<columns).reduce(0.0) { $0 + centered[row * columns + $1] * few[$1] }
      product += centered[row * columns + i] * along
    }
    #expect(abs(product - right[i]) < 1e-9)
  }
}
