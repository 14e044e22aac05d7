import Fieldmark

func differs(_ a: Sighting, _ b: Sighting, _ pixel: Int) -> Bool {
  (3 * pixel..<3 * pixel + 3).contains { a.pixels[$0] != b.pixels[$0] }
}

/// Whether a pixel is at most so many rows and columns from one of the places, in a square picture.
func isNear(_ pixel: Int, _ places: [Bool], within reach: Int, of side: Int) -> Bool {
  let (row, column) = pixel.quotientAndRemainder(dividingBy: side)
  for y in max(0, row - reach)...min(side - 1, row + reach) {
    for x in max(0, column - reach)...min(side - 1, column + reach) where places[y * side + x] {
      return true
    }
  }
  return false
}
