import Fieldmark
import Testing

/// The eight neighbors one by one: what the equations say, without any product of rows.
private func neighbors(of pixel: Int, _ pixels: Grid) -> [(pixel: Int, weight: Double)] {
  let (x, y) = (pixel % pixels.width, pixel / pixels.width)
  return [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)].compactMap {
    let (u, v) = (x + $0.0, y + $0.1)
    guard (0..<pixels.width).contains(u), (0..<pixels.height).contains(v) else { return nil }
    return (v * pixels.width + u, $0.0 == 0 || $0.1 == 0 ? 1.0 / 6 : 1.0 / 12)
  }
}

/// All equations in one table, solved by elimination.
private func filledPlainly(_ plane: [Float], _ missing: [Int], _ pixels: Grid) -> [Double] {
  let row = Dictionary(uniqueKeysWithValues: missing.enumerated().map { ($1, $0) })
  var table = missing.map { _ in [Double](repeating: 0, count: missing.count + 1) }
  for (index, pixel) in missing.enumerated() {
    for (other, weight) in neighbors(of: pixel, pixels) {
      table[index][index] += weight
      if let column = row[other] {
        table[index][column] -= weight
      } else {
        table[index][missing.count] += weight * Double(plane[other])
      }
    }
  }
  // The matrix is positive, so no rows need to change places.
  for pivot in table.indices {
    for below in pivot + 1..<max(pivot + 1, table.count) {
      let factor = table[below][pivot] / table[pivot][pivot]
      guard factor != 0 else { continue }
      for column in pivot...missing.count { table[below][column] -= factor * table[pivot][column] }
    }
  }
  var x = [Double](repeating: 0, count: missing.count)
  for pivot in table.indices.reversed() {
    let known = (pivot + 1..<max(pivot + 1, x.count)).reduce(0) { $0 + table[pivot][$1] * x[$1] }
    x[pivot] = (table[pivot][missing.count] - known) / table[pivot][pivot]
  }
  return x
}

@Test func onePixelIsTheWeightedMeanOfItsNeighbors() throws {
  let pixels = Grid(width: 3, height: 3)
  let planes = Matrix([[1, 2, 3, 4, 99, 6, 7, 8, 9]])
  let middle = try LinearImputation(pixels, missing: [4]).filled(planes)
  // (2 + 4 + 6 + 8) / 6 + (1 + 3 + 7 + 9) / 12 = 5
  #expect(abs(middle[0, 4] - 5) < 1e-6)
  // In a corner (2 + 4) / 6 + 99 / 12 over 5 / 12.
  let corner = try LinearImputation(pixels, missing: [0]).filled(planes)
  #expect(abs(corner[0, 0] - (1 + 8.25) / (5.0 / 12)) < 1e-5)
  #expect(corner.elements.dropFirst() == planes.elements.dropFirst())
}

@Test func aSlopeIsFilledInAsItWas() throws {
  let planes = Matrix([(0..<384).map { Float($0 % 24) }, (0..<384).map { Float($0 / 24) }])
  let inside = (0..<384).filter { (3..<20).contains($0 % 24) && (2..<13).contains($0 / 24) }
  let filled = try LinearImputation(Toy.pixels, missing: inside).filled(planes)
  let worst = zip(filled.elements, planes.elements).map { abs($0 - $1) }.max() ?? 1
  #expect(worst < 1e-5, "\(worst)")
}

@Test func sumsOfRowsAndColumnsAreThoseOfTheNeighbors() {
  let stencil = Stencil(Toy.pixels)
  let values = Toy.scattered.map { Double($0) }
  let sums = stencil.sums(stencil.framed { values[$0] })
  let expected = values.indices.map { pixel in
    neighbors(of: pixel, Toy.pixels).reduce(0) { $0 + $1.weight * values[$1.pixel] }
  }
  expectNear(values.indices.map { sums[stencil.place($0)] }, expected, within: 1e-12)
}

@Test(arguments: [1, 40, 200, 345, 383])
func theSolutionIsThatOfElimination(_ count: Int) throws {
  let planes = Toy.picture()
  for map in [Toy.scattered, Toy.hill] {
    let missing = Array(PixelOrder.firstOfEquals(map).prefix(count))
    let filled = try LinearImputation(Toy.pixels, missing: missing).filled(planes)
    for plane in 0..<3 {
      let expected = filledPlainly(Array(planes[row: plane]), missing, Toy.pixels)
      expectNear(missing.map { Double(filled[plane, $0]) }, expected, within: 2e-6)
    }
  }
}

/// Discs of which little is known around, single pixels, and nearly everything; sides that halve and
/// that do not; one plane, and more than go through the equations at once.
@Test(arguments: [(64, 48, 3), (61, 45, 5), (7, 90, 1), (1, 30, 2), (33, 2, 4)])
func gridsFindWhatPlainStepsFind(_ width: Int, _ height: Int, _ planes: Int) throws {
  let pixels = Grid(width: width, height: height)
  let picture = Matrix(
    (0..<planes).map { plane in
      (0..<pixels.pixels).map { Float(($0 * 7919 + plane * 31) % 101) / 50 - 1 }
    })
  let disc = (0..<pixels.pixels).filter { pixel in
    let (x, y) = (3 * (pixel % width) - width, 2 * (pixel / width) - height)
    return x * x + y * y < width * height
  }
  let scattered = (0..<pixels.pixels).filter { $0 * 197 % 11 < 8 }
  let nearlyAll = Array(1..<pixels.pixels)
  for missing in [disc, scattered, nearlyAll, [pixels.pixels / 2], []] {
    let plain = try PlainImputation(pixels, missing: missing).filled(picture)
    let found = try LinearImputation(pixels, missing: missing).filled(picture)
    expectNear(
      found.elements.map { Double($0) }, plain.elements.map { Double($0) }, within: 1e-6,
      "\(missing.count) missing")
  }
}

@Test func imputationKeepsOneColor() throws {
  let planes = Matrix(rows: 3, columns: 384, repeating: 0)
  let missing = Array(PixelOrder.firstOfEquals(Toy.hill).prefix(300))
  #expect(try LinearImputation(Toy.pixels, missing: missing).filled(planes) == planes)
}

/// Narrow pictures and holes of every width, those that fill a coarser grid among them; the sides odd.
@Test(arguments: [(1, 40), (40, 1), (2, 9), (31, 3), (17, 19)])
func theSolutionIsThatOfEliminationOnNarrowPictures(_ width: Int, _ height: Int) throws {
  let pixels = Grid(width: width, height: height)
  var random = SplitMix(seed: 12)
  let values = (0..<pixels.pixels).map { _ in random.normal() }
  for missing in [
    Array(1..<pixels.pixels), Array(0..<pixels.pixels - 1),
    (0..<pixels.pixels).filter { $0 % 3 > 0 }, (0..<pixels.pixels).filter { $0 / 7 % 2 > 0 },
  ] {
    let filled = try LinearImputation(pixels, missing: missing).filled(Matrix([values]))
    let expected = filledPlainly(values, missing, pixels)
    expectNear(missing.map { Double(filled[0, $0]) }, expected, within: 1e-5)
  }
}

/// By themselves conjugate gradients took more than a second for it.
@Test func aLineOfThousandsOfPixelsIsFilledIn() throws {
  let pixels = Grid(width: 5000, height: 1)
  let values = (0..<5000).map { Float($0) / 5000 }
  let filled = try LinearImputation(pixels, missing: 1..<4999).filled(Matrix([values]))
  let worst = zip(filled.elements, values).map { abs($0 - $1) }.max() ?? 1
  #expect(worst < 1e-4, "\(worst)")
}
