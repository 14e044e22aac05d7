import Fieldmark
import Testing

private let grid = Grid(width: 40, height: 24)
/// A picture that is bright in one place of one color, and nothing elsewhere.
private let spot: Matrix = {
  var planes = Matrix(rows: 3, columns: grid.pixels)
  for row in 12..<16 {
    for column in 28..<32 { planes[1, row * grid.width + column] = 4 }
  }
  return planes
}()

/// The brightest of the spot is what counts: its sum, squared.
private func scored(_ planes: Matrix) -> (score: Float, gradient: Matrix) {
  var gradient = Matrix(rows: 3, columns: grid.pixels)
  var sum: Float = 0
  for row in 12..<16 {
    for column in 28..<32 { sum += planes[1, row * grid.width + column] }
  }
  for row in 12..<16 {
    for column in 28..<32 { gradient[1, row * grid.width + column] = sum / 32 }
  }
  return (sum * sum / 64, gradient)
}

@Test func theMasksSlopeEqualsSmallSteps() {
  let search = DeletionMask(spot, grid)
  var mask = Matrix(rows: 3, columns: 5, repeating: 0.5)
  for cell in 0..<15 { mask[cell / 5, cell % 5] = Float(cell * 7 % 11) / 12 }
  let slope = search.slope(mask, (x: 1, y: 2), scored).gradient
  for cell in 0..<15 {
    let step: Float = 1e-2
    var (more, less) = (mask, mask)
    more[cell / 5, cell % 5] += step
    less[cell / 5, cell % 5] -= step
    let rise =
      search.slope(more, (x: 1, y: 2), scored).value
      - search.slope(less, (x: 1, y: 2), scored).value
    #expect(abs(slope.elements[cell] - rise / (2 * step)) < 2e-3, "cell \(cell)")
  }
}

@Test func whatCountsIsBlurredAndTheRestIsKept() throws {
  let grid = Grid(width: 160, height: 96)
  let (places, spot) = (48..<56, 112..<120)
  var planes = Matrix(rows: 3, columns: grid.pixels)
  var counts = planes
  for row in places {
    for column in spot {
      planes[1, row * grid.width + column] = 4
      counts[1, row * grid.width + column] = 1
    }
  }
  let map = try DeletionMask(planes, grid).map(steps: 150, seed: 1) { [counts] planes in
    (planes.merged(counts, *).elements.reduce(0, +), counts)
  }
  let best = map.elements.indices.max { map.elements[$0] < map.elements[$1] } ?? 0
  #expect(abs(best % 160 - 116) < 16 && abs(best / 160 - 52) < 16, "\(best % 160), \(best / 160)")
  #expect(map.elements[best] > 0.5, "\(map)")
  #expect(map[10, 10] < 0.3 * map.elements[best], "\(map)")
}

@Test func whereBlurringLosesNothingNothingIsFound() throws {
  let map = try DeletionMask(spot, grid).map(steps: 5, seed: 1) { planes in
    let (score, gradient) = scored(planes)
    return (-score, -1 * gradient)
  }
  #expect(map == Matrix(rows: grid.height, columns: grid.width))
}
