import Ground

/// Smooth spots at random, a number from 0 to 1 for each pixel: values on a lattice, between which they
/// are interpolated, and half as much of a lattice three times as fine.
struct Spots {
  let values: [Float]

  init(width: Int, height: Int, cell: Int, _ random: inout SplitMix) {
    let coarse = Lattice(width: width, height: height, cell: max(1, cell), &random)
    let fine = Lattice(width: width, height: height, cell: max(1, cell / 3), &random)
    values = (0..<width * height).map { pixel in
      let (x, y) = (pixel % width, pixel / width)
      return (2 * coarse[x, y] + fine[x, y]) / 3
    }
  }
}

private struct Lattice {
  private let cell: Int
  private let columns: Int
  private let values: [Float]

  init(width: Int, height: Int, cell: Int, _ random: inout SplitMix) {
    self.cell = cell
    columns = width / cell + 2
    values = (0..<columns * (height / cell + 2)).map { _ in random.unit() }
  }

  subscript(x: Int, y: Int) -> Float {
    let (column, row) = (x / cell, y / cell)
    func smooth(_ place: Int) -> Float {
      let t = Float(place % cell) / Float(cell)
      return t * t * (3 - 2 * t)
    }
    func at(_ column: Int, _ row: Int) -> Float { values[row * columns + column] }
    let (across, down) = (smooth(x), smooth(y))
    let upper = at(column, row) * (1 - across) + at(column + 1, row) * across
    let lower = at(column, row + 1) * (1 - across) + at(column + 1, row + 1) * across
    return upper * (1 - down) + lower * down
  }
}
